-- What was held: how much, where, by whom. Nobody is named in it; what is still to come belongs to a capability of its own.
create table past_activities (
  id            ID primary key,
  title         TEXT not null,
  day           DAY not null,
  kind          TEXT not null check (kind in ('volunteering', 'lesson', 'walking_lesson', 'immersive_lesson', 'training', 'delivery',
                                              'council', 'jobs_and_policy', 'joint_event', 'club', 'other')),
  organisation  ID not null references organisations (id),  -- who held it
  venue         ID references venues (id),                  -- none: elsewhere
  attended      INT,      -- how many came; none: nobody counted
  minutes       INT,      -- how long it was
  note          TEXT,
  recorded_at   INSTANT not null,
  recorded_by   ID not null references staff (id),
  ended_at      INSTANT,  -- it was a mistake
  version       INT not null
);
create index past_activities_by_day on past_activities (day, id);
create index past_activities_by_organisation on past_activities (organisation, day);
