-- Residents' way in: a phone that proves itself by a one-time code. One that was not used for long ends, for by then
-- its number may be somebody else's.
create table residents (
  id            ID primary key,
  phone_mark    TEXT unique,  -- keyed hash; null once it has ended
  phone         BYTES,        -- sealed; goes with it
  created_at    INSTANT not null,
  last_used_at  INSTANT not null,
  ended_at      INSTANT
);
create index residents_by_age on residents (last_used_at);

create table resident_sessions (
  token_hash  TEXT primary key,  -- keyed hash: what is stored does not sign in
  resident    ID not null references residents (id),
  csrf        TEXT not null,
  proven_at   INSTANT not null,  -- when the code was given
  expires_at  INSTANT not null,
  ended_at    INSTANT
);
create index resident_sessions_of_resident on resident_sessions (resident);
create index resident_sessions_by_age on resident_sessions (expires_at);

-- The code that a phone was sent last, and how many it was sent in that hour.
create table sign_in_codes (
  phone_mark  TEXT primary key,
  code_hash   TEXT,     -- null once it was used
  wrong       INT not null,  -- how often something else was given
  made_at     INSTANT not null,
  hour_from   INSTANT not null,
  in_hour     INT not null
);
create index sign_in_codes_by_age on sign_in_codes (made_at);

-- Whose phone it is: one person's, or that of several who share it.
create table resident_people (
  id         ID primary key,
  resident   ID not null references residents (id),
  person     ID not null references persons (id),
  since      INSTANT not null,
  linked_by  ID references staff (id),  -- at the window; nobody: by the resident
  ended_at   INSTANT
);
create index people_of_resident on resident_people (resident, person);
create index residents_of_person on resident_people (person, id);

-- Residents look, too, at what is held of themselves.
alter table audit add column resident ID;

-- Whom a look was at: for the person who asks who has looked.
create table audit_people (
  person  ID not null references persons (id),
  audit   ID not null,
  primary key (person, audit)
);
