-- Residents' other way in: an account of the city, which its provider of OpenID Connect vouches for. Of a subject there
-- it holds a keyed hash alone. A provider never gives it to anybody else, so it does not end by lying unused.
alter table residents add column city_mark TEXT;  -- null: a phone's, or once it has ended
create unique index residents_by_city on residents (city_mark) where city_mark is not null;
drop index residents_by_age;
create index phones_by_age on residents (last_used_at) where phone_mark is not null;

-- Those who are on their way there and back.
create table city_sign_ins (
  state_hash  TEXT primary key,  -- keyed hash; what goes along is made from the state itself
  device      TEXT not null,     -- keyed hash of the browser's cookie: whoever else brings the state is refused
  anew        BOOL not null,     -- they show password or card once more, signed in there or not
  begun_at    INSTANT not null,
  expires_at  INSTANT not null
);
create index city_sign_ins_by_age on city_sign_ins (expires_at);
