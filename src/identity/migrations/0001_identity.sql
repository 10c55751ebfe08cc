create table staff (
  id             ID primary key,
  username       TEXT not null unique,
  name           TEXT not null,
  post_zh        TEXT not null,
  post_en        TEXT not null,
  password_hash  TEXT not null,
  created_at     INSTANT not null,
  ended_at       INSTANT
);

-- Wrong passwords by the name that was given, whether or not somebody has it: waiting must not tell.
create table sign_in_tries (
  name_key      TEXT primary key,  -- keyed hash of the username
  failed        INT not null,
  locked_until  INSTANT,
  at            INSTANT not null
);
create index sign_in_tries_by_age on sign_in_tries (at);

create table grants (
  id        ID primary key,
  staff     ID not null references staff (id),
  role      TEXT not null,
  venue     ID,             -- null: in the whole town
  from_at   INSTANT not null,
  until_at  INSTANT
);
create index grants_of_staff on grants (staff);

create table sessions (
  token_hash  TEXT primary key,  -- keyed hash: what is stored does not sign in
  staff       ID not null references staff (id),
  csrf        TEXT not null,
  created_at  INSTANT not null,
  expires_at  INSTANT not null,
  ended_at    INSTANT
);
create index sessions_of_staff on sessions (staff);
create index sessions_by_age on sessions (expires_at);

-- Every look at personal data and every refused one, kept for good.
create table audit (
  id       ID primary key,
  at       INSTANT not null,
  staff    ID not null,
  action   TEXT not null,
  subject  TEXT not null,
  purpose  TEXT not null,
  allowed  BOOL not null
);
create index audit_of_subject on audit (subject, id);
