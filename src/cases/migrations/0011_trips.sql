-- How often somebody had to come for a case: at most one trip is the promise, and why there was another.
create table case_trips (
  id           ID primary key,
  case_id      ID not null references cases (id),
  number       INT not null,         -- 1: the first one
  venue        ID not null references venues (id),
  matter       TEXT not null,
  day          DAY not null,
  at           INSTANT not null,
  recorded_by  ID not null references staff (id),
  ready        BOOL not null,        -- of the first: all that was needed was there that day
  reason       TEXT check (reason in ('not_said', 'not_brought', 'nobody_there', 'to_sign', 'to_collect', 'own_wish', 'other')),
  words        BYTES,                -- sealed: what the pre-check did not say
  correction   ID references cases (id),
  ended_at     INSTANT,              -- taken back: it was a mistake
  check (number = 1 or reason is not null)
);
create unique index trips_of_case on case_trips (case_id, number) where ended_at is null;
create unique index trips_by_day_of_case on case_trips (case_id, day) where ended_at is null;
create index case_trips_by_day on case_trips (venue, day) where ended_at is null;
create index case_trips_corrected on case_trips (matter, correction) where correction is not null;
