-- A device of the town's own (a display, a kiosk) that was paired. It is nobody's, and reaches nothing that is held of
-- anybody. Where it stands is known above.
create table device_sessions (
  device        ID primary key,
  token_hash    TEXT not null unique,  -- keyed hash: what is stored does not sign in
  csrf          TEXT not null,
  begun_at      INSTANT not null,
  last_seen_at  INSTANT,               -- coarse; null: it has not fetched its session yet
  ended_at      INSTANT
);

-- A browser that shows a code and waits for somebody to type it.
create table pairings (
  id           ID primary key,
  browser      TEXT not null unique,  -- keyed hash: one code at a time
  code_hash    TEXT unique,           -- keyed hash; null once it was used
  secret_hash  TEXT not null unique,  -- keyed hash of what the session is fetched with
  device       ID unique references device_sessions (device),
  expires_at   INSTANT not null
);
create index pairings_by_age on pairings (expires_at);
