-- Open cases of a matter, to be moved to its current definition.
create index cases_under_way on cases (matter, id) where ended_at is null;
