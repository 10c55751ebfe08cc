-- Matters as they stand in a list, and what they are found by: made anew whenever a definition is put, so those of before have
-- none until the town's files are imported again.
create table matter_listings (
  key         TEXT primary key references matters (key),
  name_zh     TEXT not null,
  name_en     TEXT not null,
  summary_zh  TEXT not null,
  summary_en  TEXT not null,
  audience    TEXT check (audience in ('members', 'residents', 'firms')),
  life_event  TEXT check (life_event in
              ('moving', 'growing_old', 'in_need', 'lost', 'neighbours', 'taking_part', 'work', 'firm')),
  by_name     TEXT not null,     -- search texts (base/search_text.hpp): of the name, the words, the summary
  by_words    TEXT not null,
  by_summary  TEXT not null
);
