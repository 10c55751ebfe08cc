-- Displays, kiosks, ticket machines, tablets. What has ended stays as history.
create table devices (
  id            ID primary key references device_sessions (device),
  venue         ID not null references venues (id),
  hall          ID,              -- whose lines it shows, where the venue has one
  kind          TEXT not null check (kind in ('display', 'kiosk', 'ticket_machine', 'guide_tablet')),
  name          TEXT not null,   -- as colleagues call it
  locked_at     INSTANT,
  lock_reason   TEXT,            -- for colleagues; the device does not show it
  closed_until  INSTANT,         -- closed early; over by itself at that instant
  closed_zh     TEXT,
  closed_en     TEXT,
  paired_at     INSTANT not null,
  ended_at      INSTANT,
  version       INT not null
);
create index devices_by_venue on devices (venue, id) where ended_at is null;

-- Its own week, spans of local time. Without any it goes by no clock.
create table device_hours (
  device   ID not null references devices (id),
  weekday  INT not null check (weekday between 1 and 7),  -- 1 Monday
  opens    TEXT not null,
  closes   TEXT not null,
  primary key (device, weekday, opens)
);

-- Who did what to it, for good.
create table device_history (
  id      ID primary key,
  device  ID not null references devices (id),
  what    TEXT not null check (what in
          ('paired', 'edited', 'hours_put', 'locked', 'unlocked', 'closed_early', 'reopened', 'ended')),
  staff   ID not null references staff (id),
  at      INSTANT not null,
  note    TEXT   -- the reason of a lock, the text of an early closing
);
create index history_of_device on device_history (device, id);
