-- What a session is called by, so that whoever it belongs to can end it. Those from before have no name and end by themselves.
alter table sessions add column id ID;
create unique index sessions_by_id on sessions (id);
