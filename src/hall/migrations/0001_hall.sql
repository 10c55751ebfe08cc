create table halls (
  id     ID primary key,
  key    TEXT not null unique,  -- as the town's files name it
  venue  ID not null references venues (id)
);

-- Services that share one line and one letter on the ticket.
create table service_groups (
  hall     ID not null references halls (id),
  prefix   TEXT not null,
  name_zh  TEXT not null,
  name_en  TEXT not null,
  primary key (hall, prefix)
);

create table services (
  hall        ID not null references halls (id),
  key         TEXT not null,
  position    INT not null,
  prefix      TEXT not null,
  matter      TEXT,          -- the matter that it takes in, where there is one
  name_zh     TEXT not null,
  name_en     TEXT not null,
  summary_zh  TEXT not null,
  summary_en  TEXT not null,
  minutes     INT,           -- usual length at the window
  ended       BOOL not null,
  primary key (hall, key),
  foreign key (hall, prefix) references service_groups (hall, prefix)
);

create table windows (
  id       ID primary key,
  hall     ID not null references halls (id),
  number   INT not null,
  name_zh  TEXT not null,
  name_en  TEXT not null,
  state    TEXT not null check (state in ('closed', 'open', 'paused')),
  officer  ID references staff (id),
  note_zh  TEXT,             -- stands at the window while it is paused
  note_en  TEXT,
  edited_at INSTANT,         -- by a manager; an import leaves such a window alone
  version  INT not null,
  unique (hall, number)
);
create index windows_of_officer on windows (officer);

create table window_groups (
  window_id  ID not null references windows (id),
  prefix     TEXT not null,
  primary key (window_id, prefix)
);

create table tickets (
  id            ID primary key,
  hall          ID not null references halls (id),
  day           DAY not null,    -- local; numbers restart each day
  prefix        TEXT not null,
  ordinal       INT not null,
  token_hash    TEXT not null unique,
  service       TEXT not null,
  device        TEXT not null,   -- keyed hash of the browser that took it, or empty
  state         TEXT not null check (state in
                ('waiting', 'called', 'serving', 'finished', 'missed', 'cancelled', 'expired')),
  window_id     ID references windows (id),
  taken_at      INSTANT not null,
  called_at     INSTANT,
  times_called  INT not null,
  started_at    INSTANT,
  ended_at      INSTANT,
  case_id       ID,
  version       INT not null,
  unique (hall, day, prefix, ordinal)
);
create index tickets_waiting on tickets (hall, prefix, id) where state = 'waiting';
create index tickets_called on tickets (hall, called_at) where called_at is not null;
create index tickets_in_hand on tickets (window_id) where state in ('called', 'serving');
create index tickets_of_device on tickets (device, prefix) where state in ('waiting', 'called', 'serving');
create index tickets_live on tickets (hall, day) where state in ('waiting', 'called', 'serving');
