create table town (
  one      ID primary key check (one = 1),
  name_zh  TEXT not null,
  name_en  TEXT not null,
  zone     TEXT not null,  -- IANA
  initials TEXT not null,  -- stand before a case's number: "NX"
  demo     BOOL not null
);

create table communities (
  code     TEXT primary key,  -- the official division code
  name_zh  TEXT not null
);

create table venues (
  id          ID primary key,
  key         TEXT not null unique,  -- as the town's files name it
  kind        TEXT not null,
  name_zh     TEXT not null,
  name_en     TEXT not null,
  address_zh  TEXT not null,
  address_en  TEXT not null
);

create table venue_hours (
  id       ID primary key,
  venue    ID not null references venues (id),
  weekday  INT not null check (weekday between 1 and 7),  -- 1 Monday; on a make-up workday the venue's Monday counts
  opens    TEXT not null,
  closes   TEXT not null
);
create index hours_of_venue on venue_hours (venue, weekday);

-- Days on which a venue does not keep its week: closed, or a note only.
create table venue_exceptions (
  venue    ID not null references venues (id),
  day      DAY not null,
  closed   BOOL not null,
  note_zh  TEXT not null,
  note_en  TEXT not null,
  primary key (venue, day)
);

-- Public holidays and make-up workdays, as the State Council announced them; other days go by the week.
create table calendar_days (
  day      DAY primary key,
  workday  BOOL not null,
  name_zh  TEXT not null
);
