-- How far a role reaches: the whole town, an organisation and all below it, or one venue.
alter table grants add column reach TEXT not null default 'town' check (reach in ('town', 'organisation', 'venue'));
alter table grants add column place ID not null default 0;  -- the organisation or the venue; 0 for the town
alter table grants add column given_by ID references staff (id);
alter table grants add column ended_by ID references staff (id);
update grants set reach = 'venue', place = venue where venue is not null;
alter table grants drop column venue;
create index grants_by_place on grants (reach, place, id);
