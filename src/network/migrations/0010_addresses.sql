-- The branch of those who live in a community: its exact official name is what they copy onto their letter.
alter table communities add column branch ID references organisations (id);
alter table communities add column branch_edited_at INSTANT;  -- on a page; what was edited there an import leaves alone
alter table communities add column version INT not null default 1;

-- Which houses belong to a community. No house belongs to two: ranges that have not ended never overlap.
create table address_ranges (
  id           ID primary key,
  community    TEXT not null references communities (code),
  street       TEXT not null,  -- as normal_street gives it
  lane         INT,            -- null: numbers of the street itself, where a lane counts by its own number
  side         TEXT not null check (side in ('all', 'odd', 'even')),
  from_number  INT not null,
  to_number    INT not null,   -- included
  edited_at    INSTANT,        -- on a page; one that an import made has none
  ended_at     INSTANT,
  check (from_number <= to_number)
);
create index address_ranges_by_street on address_ranges (street, from_number) where ended_at is null;
create index address_ranges_of_community on address_ranges (community, id);
