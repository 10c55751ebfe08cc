-- Who is asked to take a case over; the note and the reason stand in its history. One offer at a time.

-- What may happen is the program's to say: a list of it here would have to be made anew for each.
alter table case_history add column happened TEXT not null default '';
update case_history set happened = kind;
alter table case_history drop column kind;
alter table case_history rename column happened to kind;

create table case_offers (
  id           ID primary key,
  case_id      ID not null references cases (id),
  to_staff     ID not null references staff (id),
  offered_by   ID not null references staff (id),
  state        TEXT not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
  offered_at   INSTANT not null,
  answered_at  INSTANT
);
create index offers_of_case on case_offers (case_id, id);
create unique index open_offers on case_offers (case_id) where state = 'offered';
