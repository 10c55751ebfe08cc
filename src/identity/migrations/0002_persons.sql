-- Somebody whom the town serves. Accounts, phones and cases may point to a person; none of them has to be there.
create table persons (
  id          ID primary key,
  created_at  INSTANT not null,
  created_by  ID references staff (id),
  erased_at   INSTANT,
  version     INT not null
);

-- Each person's own key, sealed under the ring's. Whoever destroys it has erased the person.
create table person_keys (
  person        ID primary key references persons (id),
  sealed_under  TEXT not null,  -- the ring's key, to find those that a new one must be put in the place of
  sealed        BYTES not null
);
create index person_keys_by_lock on person_keys (sealed_under, person);

create table person_facts (
  person       ID not null references persons (id),
  kind         TEXT not null check (kind in ('name', 'phone', 'identity_number', 'birth_date', 'address')),
  sealed       BYTES not null,  -- under the person's own key
  recorded_at  INSTANT not null,
  recorded_by  ID references staff (id),
  primary key (person, kind)
);

-- What a person is found by: keyed hashes of whole values, of their last four characters, and of the pairs of letters in a name.
create table person_marks (
  kind    TEXT not null check (kind in ('phone', 'identity_number', 'last_four', 'name')),
  hash    TEXT not null,
  person  ID not null references persons (id),
  primary key (kind, hash, person)
);
create index person_marks_of_person on person_marks (person);

-- Each row of the audit is chained to the one before it: a keyed hash over both.
alter table audit add column chain TEXT;
