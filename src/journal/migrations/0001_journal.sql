-- The one row that the writer reads when a batch opens and writes before it commits.
create table journal_head (
  one      ID primary key check (one = 1),
  seq      ID not null,       -- of the newest event; gapless
  at       INSTANT not null,  -- the newest instant given to a command; never runs backwards
  next_id  ID not null        -- the next unused id
);
insert into journal_head (one, seq, at, next_id) values (1, 0, 0, 1001);

create table events (
  seq    ID primary key,
  at     INSTANT not null,
  kind   TEXT not null,
  topic  TEXT not null,
  body   JSON not null
);
create index events_by_topic on events (topic, seq);

-- The answers given to writes, so that a repeated one is answered alike and done once.
create table answers (
  scope      TEXT not null,
  route      TEXT not null,
  key        TEXT not null,
  body_hash  TEXT not null,  -- keyed: what was asked may hold personal data
  status     INT not null,
  body       BYTES not null,  -- sealed: it may hold tokens and notes
  at         INSTANT not null,
  primary key (scope, route, key)
);
create index answers_by_age on answers (at);

create table outbox (
  id              ID primary key,
  channel         TEXT not null,
  recipient_key   TEXT not null,   -- keyed hash: order is kept per recipient without knowing who it is
  recipient       BYTES not null,  -- sealed; emptied when delivered or expired
  subject         TEXT not null,
  body            BYTES not null,  -- sealed; emptied when delivered or expired
  state           TEXT not null check (state in ('waiting', 'delivered', 'dead', 'expired')),
  attempts        INT not null,    -- begun, counting the one under way
  created_at      INSTANT not null,
  next_try_at     INSTANT,         -- null: behind another waiting message of the same recipient
  claimed_until   INSTANT,         -- a process is sending it; past this, any process may take it again
  deliver_before  INSTANT,
  ended_at        INSTANT,
  last_error      TEXT
);
create index outbox_due on outbox (channel, next_try_at, id) where state = 'waiting' and next_try_at is not null;
create unique index outbox_heads on outbox (recipient_key) where state = 'waiting' and next_try_at is not null;
create index outbox_queue on outbox (recipient_key, id) where state = 'waiting';
create index outbox_expiring on outbox (deliver_before) where state = 'waiting' and deliver_before is not null;
create index outbox_dead on outbox (id) where state = 'dead';
create index outbox_ended on outbox (ended_at) where ended_at is not null;

create table timers (
  kind        TEXT not null,
  key         TEXT not null,
  due_at      INSTANT not null,  -- moved on when a try fails
  body        JSON not null,
  attempts    INT not null,      -- that failed
  dead        BOOL not null,
  last_error  TEXT,
  primary key (kind, key)
);
create index timers_due on timers (due_at, kind, key) where dead = 0;
create index timers_dead on timers (kind, key) where dead = 1;

create table files (
  address     TEXT primary key,   -- keyed hash of the content and its media type
  size        INT not null,       -- bytes, before sealing
  media_type  TEXT not null,
  put_at      INSTANT not null,   -- the last time
  complete    BOOL not null,      -- all of its content is there; withdrawn before any of it is removed
  kept        BOOL not null       -- a command referred to it; what is not kept is collected after a day
);
create index files_orphans on files (put_at, address) where kept = 0;

create table file_chunks (
  address  TEXT not null,
  part     INT not null,
  sealed   BYTES not null,
  primary key (address, part)
);
