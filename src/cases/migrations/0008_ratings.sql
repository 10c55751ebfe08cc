-- What people thought of it: of a matter, once it is over. Nobody's name is asked; what they wrote is sealed.
create table ratings (
  id                ID primary key,
  case_id           ID not null unique references cases (id),
  venue             ID not null references venues (id),
  matter            TEXT not null,
  first_contact     ID not null references staff (id),  -- those concerned, as they were then
  handler           ID references staff (id),
  grade             INT not null check (grade between 1 and 5),
  tags              TEXT not null,     -- with a space between them
  words             BYTES,             -- sealed
  phone             BYTES,             -- sealed: where to call back
  at                INSTANT not null,
  follow_up         TEXT not null check (follow_up in ('none', 'open', 'called_back', 'appealed', 'reviewed')),
  call_back_by      DAY,
  called_back_by    ID references staff (id),
  called_back_at    INSTANT,
  call_back         BYTES,             -- sealed: what came of it
  appealed_at       INSTANT,
  appeal            BYTES,             -- sealed
  reviewed_by       ID references staff (id),
  reviewed_at       INSTANT,
  review            BYTES,             -- sealed; the one who appealed reads it
  version           INT not null
);
create index ratings_of_venue on ratings (venue, id);
create index ratings_by_day on ratings (venue, at);
create index ratings_to_follow_up on ratings (venue, id) where follow_up in ('open', 'appealed');
create index ratings_to_call_back on ratings (call_back_by) where follow_up = 'open';
