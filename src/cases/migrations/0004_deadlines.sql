-- The days by which something has to have happened in a case: a row each time one begins, kept for good.
create table case_deadlines (
  id            ID primary key,
  case_id       ID not null references cases (id),
  venue         ID not null references venues (id),  -- the case's: a venue's board asks by it
  kind          TEXT not null check (kind in ('legal', 'promised', 'step', 'supplement')),
  step          TEXT,          -- of a step's: which one
  state         TEXT not null check (state in ('running', 'paused', 'met', 'missed', 'dropped')),
  counted_from  DAY,           -- null: from before this table, and still to be counted
  working_days  INT,           -- so many after that day; while it is paused, those that are left
  months        INT,           -- or so many months after it
  due           DAY not null,  -- while it is paused: the day that it was
  provisional   BOOL not null,
  next_on       DAY,           -- in whose morning something is to be done: a reminder, its passing, an escalation
  ended_at      INSTANT        -- it is of no account any more; a missed one is until its case or step ends
);
create index case_deadlines_of_case on case_deadlines (case_id, id);
create index case_deadlines_of_venue on case_deadlines (venue, due, id) where ended_at is null and state <> 'paused';
create index case_deadlines_provisional on case_deadlines (id) where provisional = 1 and ended_at is null;

-- A deadline was missed: seen by those who answer for the case until one of them says what is done now, which
-- then stands in its history.
create table case_alarms (
  id           ID primary key,
  case_id      ID not null references cases (id),
  deadline     ID not null unique references case_deadlines (id),
  venue        ID not null references venues (id),
  level        INT not null check (level in (1, 2)),  -- 2: nobody has said anything, those above see it, too
  raised_at    INSTANT not null,
  acknowledged_by  ID references staff (id),
  ended_at     INSTANT         -- answered, or the case went on
);
create index case_alarms_open on case_alarms (venue, id) where ended_at is null;
create index case_alarms_above on case_alarms (venue, id) where ended_at is null and level = 2;

-- What of a deadline: 'overdue' stands for whatever happens to one, and without these for a promise that passed.
alter table case_history add column deadline TEXT
  check (deadline in ('legal', 'promised', 'step', 'supplement'));
alter table case_history add column news TEXT
  check (news in ('reminded', 'passed', 'escalated', 'acknowledged', 'moved'));

-- What was promised before is watched over, too: their timers count it.
insert into case_deadlines (id, case_id, venue, kind, state, due, provisional)
  select id, id, venue, 'promised', 'running', promised_by, provisional from cases
  where ended_at is null and promised_by is not null;
delete from timers where kind = 'case_promise';
insert into timers (kind, key, due_at, body, attempts, dead)
  select 'case_deadlines', cast(id as TEXT), 0, '{}', 0, 0 from cases
  where ended_at is null and promised_by is not null;
