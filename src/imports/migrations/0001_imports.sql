-- Uploads of spreadsheets, and how far each has come.
create table imports (
  id          ID primary key,
  kind        TEXT not null,     -- of sheet, as its room registers it
  state       TEXT not null check (state in ('draft', 'importing', 'done', 'undoing', 'undone', 'dropped')),
  version     INT not null,
  started_by  ID not null,       -- a member of staff
  created_at  INSTANT not null,
  file        TEXT,              -- address of the upload; none when it has been forgotten
  labels      BYTES not null,    -- sealed: what the file and the sheet are called, and the headings, for they may name people
  columns     JSON not null,     -- of the kind, by the place of the sheet's column
  total       INT not null,      -- rows to import
  faulty      INT not null,      -- of them, by what can be told from the sheet alone
  last_row    INT not null,      -- the number of the last row that was imported or refused; none before: 0
  recorded    INT not null,
  refused     INT not null,
  ended       INT not null,      -- undone again
  kept        INT not null       -- could not be undone
);
create index imports_by_staff on imports (started_by, id);
create index imports_by_file on imports (file, id);

-- What became of each row.
create table import_rows (
  import   ID not null references imports (id),
  number   INT not null,  -- as the sheet numbers it
  outcome  TEXT not null check (outcome in ('recorded', 'refused', 'ended', 'kept')),
  thing    TEXT,          -- what was recorded, by its id
  version  INT not null,  -- that it had then
  faults   JSON not null,
  primary key (import, number)
);
create index import_rows_by_outcome on import_rows (import, outcome, number);
