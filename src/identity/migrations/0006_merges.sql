-- One human being may be on record twice. The record that stands for this one now; null: it stands for itself. Never a chain.
alter table persons add column merged_into ID references persons (id);
create index persons_by_root on persons (merged_into);

-- Who was merged into whom, as history. Those that stand make the tree that merged_into follows from.
create table person_merges (
  id           ID primary key,
  from_person  ID not null references persons (id),
  into_person  ID not null references persons (id),
  reason       TEXT not null check (reason in ('recorded_twice', 'said_anew', 'another_name', 'other')),
  merged_at    INSTANT not null,
  merged_by    ID not null references staff (id),
  undone_at    INSTANT,
  undone_by    ID references staff (id)
);
create unique index merges_that_stand on person_merges (from_person) where undone_at is null;
create index merges_of on person_merges (from_person, id);
create index merges_into on person_merges (into_person, id);

-- Whom a mark shows: the person it is of, or the record that theirs was merged into.
alter table person_marks add column root ID not null default 0;
update person_marks set root = person;
create index person_marks_by_root on person_marks (kind, hash, root);
