-- What a resident's session is called by, so that they can end it. Those from before have no name and end by themselves.
alter table resident_sessions add column id ID;
create unique index resident_sessions_by_id on resident_sessions (id);
