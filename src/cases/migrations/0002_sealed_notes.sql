-- What an officer notes about a case may tell of people. Notes from before stay where they were.
alter table cases add column sealed_note BYTES;
alter table case_history add column sealed_note BYTES;
