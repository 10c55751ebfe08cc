-- Micro-grids 小微网格: an area, its head, and who answers for it.
create table grids (
  id            ID primary key,
  key           TEXT unique,  -- as the town's files name it; what was recorded on a page has none
  name_zh       TEXT not null,
  name_en       TEXT not null,
  organisation  ID not null references organisations (id),
  community     TEXT references communities (code),
  head          ID references staff (id),  -- shown for as long as they have the role of a grid head
  ring          JSON not null,             -- of points, the last as the first
  -- The box around it, in millionths of a degree: what a point is looked up by.
  south         INT not null,
  north         INT not null,
  west          INT not null,
  east          INT not null,
  edited_at     INSTANT,  -- on a page; what was edited there an import leaves alone
  ended_at      INSTANT,
  version       INT not null
);
create index grids_by_box on grids (south, north, west, east) where ended_at is null;
create index grids_by_organisation on grids (organisation, id);
