-- A secret shared with an app on somebody's phone. Only a confirmed one is asked for.
create table second_factors (
  staff         ID primary key references staff (id),
  secret        BYTES not null,  -- sealed
  begun_at      INSTANT not null,
  confirmed_at  INSTANT,
  last_step     INT not null     -- of the last code that was taken: each counts once
);

create table recovery_codes (
  staff      ID not null references staff (id),
  code_hash  TEXT not null,      -- keyed hash
  used_at    INSTANT,
  primary key (staff, code_hash)
);

create table passkeys (
  id            ID primary key,
  staff         ID not null references staff (id),
  credential    TEXT not null unique,  -- base64url: what the authenticator calls it
  host          TEXT not null,         -- it is good for this one alone
  algorithm     TEXT not null,
  public_key    BYTES not null,
  sign_count    INT not null,          -- the last that was seen; one that goes back was copied
  name          TEXT not null,
  created_at    INSTANT not null,
  last_used_at  INSTANT,
  ended_at      INSTANT
);
create index passkeys_of_staff on passkeys (staff, id);

-- What an authenticator has to sign, once.
create table passkey_challenges (
  challenge_hash  TEXT primary key,  -- keyed hash
  staff           ID,                -- who adds a passkey; null: somebody who signs in
  expires_at      INSTANT not null
);
create index passkey_challenges_by_age on passkey_challenges (expires_at);
