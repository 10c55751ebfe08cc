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
