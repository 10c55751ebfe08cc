-- What is in hand, by whose hands.
create index cases_handled on cases (handler, id) where ended_at is null;
create index cases_first_asked on cases (first_contact, id) where ended_at is null;

-- Applicants are found by keyed hashes of each pair of neighbouring letters in their name, and of their phone.
create table case_marks (
  kind     TEXT not null check (kind in ('name', 'phone')),
  hash     TEXT not null,
  case_id  ID not null references cases (id),
  primary key (kind, hash, case_id)
);
create index case_marks_of_case on case_marks (case_id);
-- Those of cases from before are made by the program, some at a time: only it has the keys.
insert into timers (kind, key, due_at, body, attempts, dead)
  select 'case_marks', '0', 0, '{}', 0, 0 from cases where applicant is not null limit 1;
