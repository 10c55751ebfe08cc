-- What somebody answers for on every day that a venue is open: a window, the guide desk, the telephone.
create table posts (
  id          ID primary key,
  venue       ID not null references venues (id),
  name_zh     TEXT not null,
  name_en     TEXT not null,
  created_at  INSTANT not null,
  ended_at    INSTANT,
  version     INT not null
);
create index posts_by_venue on posts (venue, id);

-- Who has the A role and who the B role 岗位AB角; both days are included. What has ended stays as history.
create table post_holders (
  id          ID primary key,
  post        ID not null references posts (id),
  role        TEXT not null check (role in ('a', 'b')),
  staff       ID not null references staff (id),
  from_day    DAY not null,
  until_day   DAY,
  appointed_by ID not null references staff (id)
);
create index holders_of_post on post_holders (post, from_day);
create index posts_of_holder on post_holders (staff, from_day);

-- A day on which somebody else than the A role is on duty first.
create table roster (
  post    ID not null references posts (id),
  day     DAY not null,
  staff   ID not null references staff (id),
  put_by  ID not null references staff (id),
  primary key (post, day)
);
create index roster_of_staff on roster (staff, day);

-- Who is away; both days are included. No reason is kept: it is nobody's business here.
create table absences (
  id           ID primary key,
  staff        ID not null references staff (id),
  kind         TEXT not null check (kind in ('planned', 'sudden')),
  from_day     DAY not null,
  until_day    DAY not null,
  third        ID references staff (id),  -- stands in where both roles would be away
  recorded_by  ID not null references staff (id),
  recorded_at  INSTANT not null,
  cancelled_at INSTANT,
  version      INT not null
);
create index absences_of_staff on absences (staff, id);
create index absences_by_end on absences (until_day, from_day);
create index absences_of_third on absences (third, until_day);

-- Handing over by slip 交接单, and the report back.
create table handovers (
  id           ID primary key,
  post         ID not null references posts (id),
  from_staff   ID not null references staff (id),
  to_staff     ID not null references staff (id),
  state        TEXT not null check (state in ('written', 'taken', 'reported', 'closed', 'withdrawn')),
  note         BYTES not null,  -- sealed: what is under way names people
  report       BYTES,           -- sealed as well
  written_at   INSTANT not null,
  taken_at     INSTANT,
  reported_at  INSTANT,
  ended_at     INSTANT,
  version      INT not null
);
create index handovers_from on handovers (from_staff, id);
create index handovers_to on handovers (to_staff, id);
create index handovers_of_post on handovers (post, id);
