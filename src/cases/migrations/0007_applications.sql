-- What comes in from a phone: what was answered (sealed), from which browser, by whose account.
alter table cases add column sealed_answers BYTES;
alter table cases add column device TEXT;
alter table cases add column resident ID references residents (id);
create index cases_of_device on cases (device, opened_at) where device is not null;
create index cases_of_resident on cases (resident, id) where resident is not null;
