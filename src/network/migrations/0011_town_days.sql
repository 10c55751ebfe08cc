-- Days that the town itself makes a working day or a day off: they go before those of calendar_days, which stay.
create table town_days (
  day      DAY primary key,
  workday  BOOL not null,
  name_zh  TEXT not null,
  name_en  TEXT not null,
  put_by   ID not null references staff (id),
  put_at   INSTANT not null
);
