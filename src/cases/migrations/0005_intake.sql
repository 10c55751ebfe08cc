-- Who took each paper; what happened to which paper; what is missing, told at once; and how a case ended.

alter table case_history add column about TEXT;  -- the key of a paper

alter table case_materials add column received_by ID references staff (id);  -- null: before this was kept

-- Papers that an officer asked for in words of their own, beside those of the matter.
create table case_own_materials (
  id           ID primary key,
  case_id      ID not null references cases (id),
  sealed_note  BYTES not null  -- what it is
);
create index own_materials_of_case on case_own_materials (case_id, id);

create table case_notices (
  id           ID primary key,
  case_id      ID not null references cases (id),
  at           INSTANT not null,
  staff        ID not null references staff (id),
  step         TEXT not null,  -- where the case waits
  came_from    TEXT not null,  -- where it goes on when all has come
  sealed_note  BYTES           -- what came up since the first one; null: this is the first one
);
create index notices_of_case on case_notices (case_id, id);

create table case_notice_materials (
  notice  ID not null references case_notices (id),
  key     TEXT not null,
  primary key (notice, key)
);

create table case_refusals (
  id             ID primary key,
  case_id        ID not null references cases (id),
  refusal        TEXT,   -- one of the matter's reasons
  sealed_reason  BYTES,  -- or words of the officer's own
  sealed_remedy  BYTES   -- and theirs of what helps now, where they gave any
);
create index refusals_of_case on case_refusals (case_id, id);

-- A secondary paper that was promised for later. What has come stands in case_materials all the same.
create table case_follows (
  id             ID primary key,
  case_id        ID not null references cases (id),
  key            TEXT not null,
  by_day         DAY not null,
  provisional    BOOL not null,
  sealed_signer  BYTES not null,  -- who signed the promise
  passed         BOOL not null,   -- the day has passed, and that was noted
  unique (case_id, key)
);

-- Signed in place of a proof.
create table case_declarations (
  id             ID primary key,
  case_id        ID not null references cases (id),
  at             INSTANT not null,
  staff          ID not null references staff (id),
  text_hash      TEXT not null,   -- of what was signed
  sealed_signer  BYTES not null,
  unique (case_id)
);

-- A case that belongs to another one, and has people of its own.
alter table cases add column parent ID references cases (id);
create index cases_of_parent on cases (parent, id);

-- How the result reaches whoever asked for it, and that it did.
create table case_results (
  id            ID primary key,
  case_id       ID not null unique references cases (id),
  way           TEXT not null check (way in ('counter', 'post', 'station')),
  venue         ID references venues (id),  -- the station
  by_resident   BOOL not null,              -- they chose it themselves
  handed_at     INSTANT,
  handed_by     ID references staff (id),
  taken_by      TEXT check (taken_by in ('applicant', 'mandate')),
  sealed_taker  BYTES
);
