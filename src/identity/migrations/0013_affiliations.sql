-- Volunteering and membership are facts of a person as their name is, and a volunteer is found by where they help. A check cannot be
-- changed, so both tables are made anew with what is in them.
create table person_facts_kept (
  person       ID not null,
  kind         TEXT not null,
  sealed       BYTES not null,
  recorded_at  INSTANT not null,
  recorded_by  ID
);
insert into person_facts_kept (person, kind, sealed, recorded_at, recorded_by)
  select person, kind, sealed, recorded_at, recorded_by from person_facts;
drop table person_facts;
create table person_facts (
  person       ID not null references persons (id),
  kind         TEXT not null check (kind in ('name', 'phone', 'identity_number', 'birth_date', 'address', 'volunteering', 'membership')),
  sealed       BYTES not null,  -- under the person's own key
  recorded_at  INSTANT not null,
  recorded_by  ID references staff (id),
  primary key (person, kind)
);
insert into person_facts (person, kind, sealed, recorded_at, recorded_by)
  select person, kind, sealed, recorded_at, recorded_by from person_facts_kept;
drop table person_facts_kept;

create table person_marks_kept (
  kind    TEXT not null,
  hash    TEXT not null,
  person  ID not null,
  root    ID not null
);
insert into person_marks_kept (kind, hash, person, root) select kind, hash, person, root from person_marks;
drop table person_marks;
create table person_marks (
  kind    TEXT not null check (kind in ('phone', 'identity_number', 'last_four', 'name', 'volunteer_at')),
  hash    TEXT not null,
  person  ID not null references persons (id),
  root    ID not null default 0,
  primary key (kind, hash, person)
);
insert into person_marks (kind, hash, person, root) select kind, hash, person, root from person_marks_kept;
drop table person_marks_kept;
create index person_marks_of_person on person_marks (person);
create index person_marks_by_root on person_marks (kind, hash, root);
