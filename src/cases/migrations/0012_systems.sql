-- How a case stands in the city's system that decides or registers it, and what was handed over and came back.
-- Nothing here is connected to any system: people carry files, or type a number in.
create table case_systems (
  id                ID primary key,
  case_id           ID not null unique references cases (id),
  venue             ID not null references venues (id),
  system            TEXT not null check (system in ('member_system', 'one_stop', 'hotline_12345', 'volunteer_register')),
  stage             TEXT not null check (stage in ('to_send', 'sent', 'registered', 'returned', 'settled')),
  version           INT not null,
  tries             INT not null,      -- so often it was put into a file
  changed_at        INSTANT not null,
  sealed_reference  BYTES,             -- its number there
  recorded_by       ID references staff (id),
  recorded_at       INSTANT,
  sealed_words      BYTES,             -- what was said there last
  confirmed_by      ID references staff (id),
  confirmed_at      INSTANT
);
create index case_systems_by_stage on case_systems (venue, system, stage, changed_at);

create table system_files (
  id       ID primary key,
  venue    ID not null references venues (id),
  system   TEXT not null,
  made_by  ID not null references staff (id),
  made_at  INSTANT not null,
  lines    INT not null
);
create index system_files_of_venue on system_files (venue, id);

create table system_lines (
  file     ID not null references system_files (id),
  number   INT not null,
  case_id  ID not null references cases (id),
  tried    INT not null,               -- the how many-eth time it was handed over
  primary key (file, number)
);
create index system_lines_of_case on system_lines (case_id);

-- What came back in a sheet, with how it stood before: so that a sheet is taken back.
create table system_answers (
  id       ID primary key,
  case_id  ID not null references cases (id),
  at       INSTANT not null,
  before   BYTES not null,             -- sealed
  version  INT not null                -- of case_systems, with this answer
);
create index system_answers_of_case on system_answers (case_id);
