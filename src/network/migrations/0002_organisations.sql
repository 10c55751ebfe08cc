-- Committees, branches, firms and partner units, as a tree.
create table organisations (
  id             ID primary key,
  key            TEXT unique,  -- as the town's files name it; what was recorded on a page has none
  kind           TEXT not null check (kind in ('committee', 'general_branch', 'branch', 'office', 'firm', 'two_new', 'partner_unit', 'paired_unit')),
  parent         ID references organisations (id),
  name_zh        TEXT not null,
  name_en        TEXT not null,
  official_name  TEXT,  -- to the letter, as it stands on an official letter
  created_at     INSTANT not null,
  ended_at       INSTANT,
  version        INT not null
);
create index organisations_by_parent on organisations (parent, id);

-- Who runs a venue.
alter table venues add column organisation ID references organisations (id);
create index venues_by_organisation on venues (organisation, id);

-- Another word after every change of the tree or of who runs a venue: whoever knows the tree by this word knows it as it is.
alter table town add column tree TEXT;
