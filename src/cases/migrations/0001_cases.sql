-- Definitions are kept by hash for good: a case keeps the one that it began with.
create table matter_definitions (
  hash       TEXT primary key,
  key        TEXT not null,
  body       JSON not null,
  stored_at  INSTANT not null
);

create table matters (
  key   TEXT primary key,
  hash  TEXT not null references matter_definitions (hash)
);

create table case_numbers (
  year  INT primary key,
  last  INT not null
);

create table cases (
  id             ID primary key,
  reference      TEXT not null unique,
  token_hash     TEXT not null unique,
  matter         TEXT not null,
  definition     TEXT not null references matter_definitions (hash),
  venue          ID not null references venues (id),
  phase          TEXT not null check (phase in
                 ('draft', 'submitted', 'in_work', 'waiting_for_resident', 'waiting_for_other', 'done', 'refused', 'withdrawn')),
  step           TEXT not null,
  first_contact  ID not null references staff (id),
  handler        ID references staff (id),
  opened_at      INSTANT not null,
  promised_by    DAY,
  provisional    BOOL not null,
  ended_at       INSTANT,
  note           TEXT,
  applicant      BYTES,          -- sealed: name and phone
  version        INT not null
);
create index cases_of_venue on cases (venue, id);

create table case_materials (
  case_id      ID not null references cases (id),
  key          TEXT not null,
  received_at  INSTANT not null,
  primary key (case_id, key)
);

create table case_history (
  id       ID primary key,
  case_id  ID not null references cases (id),
  at       INSTANT not null,
  staff    ID,            -- null: the town itself
  kind     TEXT not null check (kind in ('opened', 'accepted', 'advanced', 'overdue')),
  step     TEXT,
  note     TEXT
);
create index history_of_case on case_history (case_id, id);
