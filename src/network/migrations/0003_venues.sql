alter table venues add column community TEXT references communities (code);
alter table venues add column latitude INT;   -- WGS-84, in millionths of a degree; north is positive
alter table venues add column longitude INT;  -- east is positive
alter table venues add column step_free TEXT not null default 'unknown' check (step_free in ('yes', 'no', 'unknown'));
alter table venues add column step_free_note_zh TEXT;
alter table venues add column step_free_note_en TEXT;
alter table venues add column version INT not null default 1;
alter table venues add column ended_at INSTANT;
-- On a page; what was edited there an import leaves alone.
alter table venues add column edited_at INSTANT;
alter table venues add column hours_edited_at INSTANT;
alter table venues add column functions_edited_at INSTANT;
create index venues_by_place on venues (latitude, longitude) where ended_at is null;
create index venues_by_community on venues (community, id);

-- Every name that a venue has had. The one from the latest day on is the present one and stands on the venue, too.
create table venue_names (
  venue     ID not null references venues (id),
  from_day  DAY,  -- null: for longer than was recorded
  name_zh   TEXT not null,
  name_en   TEXT not null,
  unique (venue, from_day)
);
insert into venue_names (venue, name_zh, name_en) select id, name_zh, name_en from venues;

-- What a venue serves as. Of one function the times never overlap.
create table venue_functions (
  venue      ID not null references venues (id),
  function   TEXT not null check (function in ('community_station', 'tower', 'park', 'living_room', 'model_building', 'council_hall', 'warm_station', 'grid_point')),
  since_day  DAY,  -- null: for longer than was recorded
  until_day  DAY,  -- the first day on which it is so no longer
  unique (venue, function, since_day)
);

-- Other hours than the week's on a day; with none and not closed, the exception is a note only.
create table venue_exception_hours (
  venue   ID not null,
  day     DAY not null,
  opens   TEXT not null,
  closes  TEXT not null,
  primary key (venue, day, opens),
  foreign key (venue, day) references venue_exceptions (venue, day)
);
alter table venue_exceptions add column edited_at INSTANT;
alter table venue_exceptions add column removed BOOL not null default 0;  -- on a page; an import does not bring it back

create table venue_rooms (
  id         ID primary key,
  venue      ID not null references venues (id),
  key        TEXT,  -- as the town's files name it; what was recorded on a page has none
  name_zh    TEXT not null,
  name_en    TEXT not null,
  seats      INT,
  step_free  TEXT not null check (step_free in ('yes', 'no', 'unknown')),
  edited_at  INSTANT,
  ended_at   INSTANT,
  version    INT not null,
  unique (venue, key)
);
create index rooms_by_venue on venue_rooms (venue, id);
