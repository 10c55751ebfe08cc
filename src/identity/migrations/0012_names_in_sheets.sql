-- A sheet names a member of staff, and not their id.
create index staff_by_name on staff (name, id) where ended_at is null;
