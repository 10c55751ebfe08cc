-- Who is asked to take a case over; the note and the reason stand in its history. One offer at a time.

-- What may happen is the program's to say: a list of it here would have to be made anew for each.
alter table case_history add column kept TEXT not null default '';
update case_history set kept = kind;
alter table case_history drop column kind;
alter table case_history add column kind TEXT not null default '';
update case_history set kind = kept;
alter table case_history drop column kept;

create table case_offers (
  id           ID primary key,
  case_id      ID not null references cases (id),
  to_staff     ID not null references staff (id),
  offered_by   ID not null references staff (id),
  state        TEXT not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
  offered_at   INSTANT not null,
  answered_at  INSTANT
);
create index offers_of_case on case_offers (case_id, id);
create unique index open_offers on case_offers (case_id) where state = 'offered';

-- Which organisation a unit of the matter is in this case; those named before stay.
create table case_units (
  id            ID primary key,
  case_id       ID not null references cases (id),
  unit          TEXT not null,                    -- its key in the matter
  organisation  ID references organisations (id),
  name          TEXT,                             -- of one outside, to the letter
  named_by      ID not null references staff (id),
  named_at      INSTANT not null,
  ended_at      INSTANT,
  check ((organisation is null) <> (name is null))
);
create unique index units_of_case on case_units (case_id, unit) where ended_at is null;

-- In a step where a unit acts: which one, and the organisation where it is one of the town's.
alter table cases add column acting_unit TEXT;
alter table cases add column waits_for ID references organisations (id);
create index cases_waiting on cases (waits_for, id) where waits_for is not null;
alter table case_history add column recorded_for BYTES;  -- sealed: who at the unit said so, when, and how it is known

-- Questions that were answered without a case, by whom; one may become a case later.
create table inquiries (
  id        ID primary key,
  venue     ID not null references venues (id),
  day       DAY not null,    -- at the town
  at        INSTANT not null,
  staff     ID not null references staff (id),
  matter    TEXT,            -- what it was about, where that is one of the town's matters
  question  BYTES not null,  -- sealed: questions tell of people
  answer    BYTES not null,  -- sealed as well
  outcome   TEXT not null check (outcome in ('answered', 'became_case')),
  case_id   ID references cases (id),
  check ((outcome = 'became_case') = (case_id is not null))
);
create index inquiries_of_day on inquiries (venue, day, id);
