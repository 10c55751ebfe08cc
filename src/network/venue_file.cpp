#include "network/venue_file.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/problem.hpp"
#include "network/rooms.hpp"
#include "network/timetable.hpp"
#include "network/tree.hpp"

namespace doorstep::network {

namespace {

struct KnownRow {
  VenueId id;
  std::string key;
  VenueKind kind{};
  std::string name_zh, name_en, address_zh, address_en;
  std::optional<OrganisationId> organisation;
  std::optional<std::string> community;
  std::optional<std::int64_t> latitude, longitude;
  StepFree step_free{};
  std::optional<std::string> step_free_note_zh, step_free_note_en;
  std::optional<Instant> ended_at, edited_at, hours_edited_at, functions_edited_at;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (),
                      (id, key, kind, name_zh, name_en, address_zh, address_en, organisation, community,
                       latitude, longitude, step_free, step_free_note_zh, step_free_note_en, ended_at,
                       edited_at, hours_edited_at, functions_edited_at))

struct KnownName {
  VenueId venue;
  std::optional<Day> from_day;
  std::string name_zh, name_en;

  bool operator==(const KnownName&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownName, (), (venue, from_day, name_zh, name_en))

struct KnownHours {
  VenueId venue;
  std::int32_t weekday = 0;
  LocalTime opens, closes;

  auto operator<=>(const KnownHours&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownHours, (), (venue, weekday, opens, closes))

struct KnownException {
  VenueId venue;
  Day day;
  bool closed = false;
  std::string note_zh, note_en;
  std::optional<Instant> edited_at;
  std::optional<LocalTime> opens, closes;
};
BOOST_DESCRIBE_STRUCT(KnownException, (), (venue, day, closed, note_zh, note_en, edited_at, opens, closes))

struct KnownFunction {
  VenueId venue;
  VenueFunction function{};

  auto operator<=>(const KnownFunction&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownFunction, (), (venue, function))

struct KnownRoom {
  RoomId id;
  VenueId venue;
  std::string key, name_zh, name_en;
  std::optional<std::int32_t> seats;
  StepFree step_free{};
  std::optional<Instant> edited_at;
};
BOOST_DESCRIBE_STRUCT(KnownRoom, (), (id, venue, key, name_zh, name_en, seats, step_free, edited_at))

struct CodeRow {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code))

// All that the town has, read before anything is written.
struct Known {
  std::map<std::string, KnownRow> venues;
  std::map<VenueId, std::vector<KnownName>> names;
  std::set<KnownHours> hours;
  std::map<std::pair<VenueId, Day>, std::pair<ExceptionView, bool>> exceptions;  // and whether it was edited
  std::set<KnownFunction> functions;
  std::set<std::string> communities;
  std::map<std::pair<VenueId, std::string>, KnownRoom> rooms;
};

Known read_known(Snapshot& snapshot) {
  Known known;
  for (
      const auto& row : snapshot.all<KnownRow>(
          "select id, key, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude, longitude,"
          " step_free, step_free_note_zh, step_free_note_en, ended_at, edited_at, hours_edited_at, functions_edited_at"
          " from venues"))
    known.venues.emplace(row.key, row);
  for (const auto& row : snapshot.all<KnownName>("select venue, from_day, name_zh, name_en from venue_names"
                                                 " order by venue, from_day nulls first"))
    known.names[row.venue].push_back(row);
  for (const auto& row : snapshot.all<KnownHours>("select venue, weekday, opens, closes from venue_hours"))
    known.hours.insert(row);
  for (
      const auto& row : snapshot.all<KnownException>(
          "select e.venue, e.day, e.closed, e.note_zh, e.note_en, e.edited_at, h.opens, h.closes from venue_exceptions e"
          " left join venue_exception_hours h on h.venue = e.venue and h.day = e.day"
          " order by e.venue, e.day, h.opens nulls first")) {
    auto& [exception, edited] = known.exceptions[{row.venue, row.day}];
    exception.day = row.day;
    exception.closed = row.closed;
    exception.note = {row.note_zh, row.note_en};
    edited = row.edited_at.has_value();
    if (row.opens && row.closes) exception.openings.push_back({*row.opens, *row.closes});
  }
  for (const auto& row : snapshot.all<KnownFunction>("select venue, function from venue_functions"))
    known.functions.insert(row);
  for (const auto& row :
       snapshot.all<KnownRoom>("select id, venue, key, name_zh, name_en, seats, step_free, edited_at"
                               " from venue_rooms where key is not null"))
    known.rooms.emplace(std::pair{row.venue, row.key}, row);
  for (const auto& row : snapshot.all<CodeRow>("select code from communities"))
    known.communities.insert(row.code);
  return known;
}

[[noreturn]] void fault(const VenueFile& file, const std::string& member, const std::string& what) {
  throw TownFileFault(FileFault{"venue", file.key, member, what});
}

std::optional<std::string> zh_of(const std::optional<Text>& text) {
  return text ? std::optional{text->zh} : std::nullopt;
}

std::optional<std::string> en_of(const std::optional<Text>& text) {
  return text ? std::optional{text->en} : std::nullopt;
}

// The row as the file would have it, over what is there; where the file is silent, what is there stays.
KnownRow wanted(KnownRow row, const VenueToPut& venue) {
  const auto& file = venue.file;
  row.key = file.key;
  row.kind = file.kind;
  row.name_zh = file.name.zh;
  row.name_en = file.name.en;
  row.address_zh = file.address.zh;
  row.address_en = file.address.en;
  if (venue.run_by) row.organisation = venue.run_by;
  if (file.community) row.community = file.community;
  if (file.place) {
    const auto at = microdegrees(*file.place);
    row.latitude = at.latitude;
    row.longitude = at.longitude;
  }
  if (file.step_free) row.step_free = *file.step_free;
  if (file.step_free_note) {
    row.step_free_note_zh = zh_of(file.step_free_note);
    row.step_free_note_en = en_of(file.step_free_note);
  }
  return row;
}

bool same_facts(const KnownRow& one, const KnownRow& other) {
  const auto facts = [](const KnownRow& row) {
    return std::tie(row.kind, row.name_zh, row.name_en, row.address_zh, row.address_en, row.organisation,
                    row.community, row.latitude, row.longitude, row.step_free, row.step_free_note_zh,
                    row.step_free_note_en);
  };
  return facts(one) == facts(other);
}

void write_row(Transaction& tx, const KnownRow& row) {
  tx.run(
      "insert into venues (id, key, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude,"
      " longitude, step_free, step_free_note_zh, step_free_note_en, version)"
      " values (:id, :key, :kind, :name_zh, :name_en, :address_zh, :address_en, :organisation, :community, :latitude,"
      " :longitude, :step_free, :note_zh, :note_en, 1)"
      " on conflict (id) do update set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,"
      " address_zh = excluded.address_zh, address_en = excluded.address_en, organisation = excluded.organisation,"
      " community = excluded.community, latitude = excluded.latitude, longitude = excluded.longitude,"
      " step_free = excluded.step_free, step_free_note_zh = excluded.step_free_note_zh,"
      " step_free_note_en = excluded.step_free_note_en, version = venues.version + 1",
      {{"id", row.id},
       {"key", row.key},
       {"kind", row.kind},
       {"name_zh", row.name_zh},
       {"name_en", row.name_en},
       {"address_zh", row.address_zh},
       {"address_en", row.address_en},
       {"organisation", row.organisation},
       {"community", row.community},
       {"latitude", row.latitude},
       {"longitude", row.longitude},
       {"step_free", row.step_free},
       {"note_zh", row.step_free_note_zh},
       {"note_en", row.step_free_note_en}});
}

// The names that the file gives, with their days; of a name without a day the last one there is corrected.
void put_names(Transaction& tx, VenueId venue, const VenueFile& file, const std::vector<KnownName>& names) {
  std::vector<std::pair<std::optional<Day>, Text>> all;
  for (const auto& former : file.former_names.value_or(std::vector<FormerNameFile>{})) {
    if (!file.named_since || former.from >= *file.named_since)
      fault(file, "former_names", "a former name is from before named_since");
    all.emplace_back(former.from, former.name);
  }
  auto since = file.named_since;
  if (!since && !names.empty()) since = names.back().from_day;
  all.emplace_back(since, file.name);
  for (const auto& [from, name] : all) {
    if (std::ranges::find(names, KnownName{venue, from, name.zh, name.en}) == names.end())
      put_name(tx, venue, from, name);
  }
}

// Whether it changed hands.
bool put_facts(Transaction& tx, const Known& known, const VenueToPut& venue, const KnownRow& now,
               bool is_new) {
  if (now.edited_at) return false;
  const auto row = wanted(now, venue);
  if (is_new || !same_facts(now, row)) write_row(tx, row);
  const auto names = known.names.find(row.id);
  put_names(tx, row.id, venue.file, names == known.names.end() ? std::vector<KnownName>{} : names->second);
  return now.organisation != row.organisation;
}

void put_week(Transaction& tx, const Known& known, VenueId venue, const VenueFile& file, bool is_new) {
  std::vector<WeekdayView> week;
  try {
    week = week_of(file.hours);
  } catch (const Problem& problem) {
    fault(file, "hours", problem.code + " (" + problem.arguments.at(0) + ')');
  }
  std::set<KnownHours> fresh;
  for (const auto& day : week) {
    for (const auto& span : day.openings) fresh.insert({venue, day.weekday, span.opens, span.closes});
  }
  const auto from = known.hours.lower_bound(KnownHours{venue, 0, {}, {}});
  const auto until = known.hours.lower_bound(KnownHours{VenueId{venue.value + 1}, 0, {}, {}});
  if (std::ranges::equal(fresh, std::ranges::subrange(from, until))) return;
  write_week(tx, venue, week);
  if (!is_new) tx.run("update venues set version = version + 1 where id = :id", {{"id", venue}});
}

bool same(const ExceptionView& one, const ExceptionView& other) {
  const auto same_span = [](const Opening& a, const Opening& b) {
    return a.opens == b.opens && a.closes == b.closes;
  };
  return one.closed == other.closed && one.note == other.note &&
         std::ranges::equal(one.openings, other.openings, same_span);
}

void put_exceptions(Transaction& tx, const Known& known, VenueId venue, const VenueFile& file) {
  for (const auto& day : file.exceptions) {
    ExceptionView exception{.day = day.day,
                            .closed = day.closed,
                            .openings = day.openings.value_or(std::vector<Opening>{}),
                            .note = day.note};
    std::ranges::sort(exception.openings, {}, &Opening::opens);
    const auto on = "on " + to_string(day.day) + " ";
    if (day.closed && !exception.openings.empty())
      fault(file, "exceptions", on + "it is closed and has openings");
    try {
      require_sound(exception.openings, "openings");
    } catch (const Problem& problem) {
      fault(file, "exceptions", on + problem.code + " (" + problem.arguments.at(0) + ')');
    }
    const auto there = known.exceptions.find({venue, day.day});
    if (there != known.exceptions.end() && (there->second.second || same(there->second.first, exception)))
      continue;
    write_exception(tx, venue, exception, std::nullopt);
  }
}

void put_functions(Transaction& tx, const Known& known, VenueId venue, const VenueFile& file) {
  auto functions = file.functions.value_or(std::vector<VenueFunction>{});
  std::ranges::sort(functions);
  const auto repeated = std::ranges::unique(functions);
  functions.erase(repeated.begin(), repeated.end());
  for (const auto function : functions) {
    if (known.functions.contains({venue, function})) continue;
    tx.run("insert into venue_functions (venue, function) values (:venue, :function)",
           {{"venue", venue}, {"function", function}});
  }
}

void put_rooms(Transaction& tx, const Known& known, VenueId venue, const VenueFile& file) {
  for (const auto& room : file.rooms.value_or(std::vector<RoomFile>{})) {
    const auto there = known.rooms.find({venue, room.key});
    const bool is_new = there == known.rooms.end();
    const auto step_free = room.step_free.value_or(StepFree::unknown);
    if (!is_new) {
      const auto& now = there->second;
      if (now.edited_at || std::tie(now.name_zh, now.name_en, now.seats, now.step_free) ==
                               std::tie(room.name.zh, room.name.en, room.seats, step_free))
        continue;
    }
    tx.run(
        "insert into venue_rooms (id, venue, key, name_zh, name_en, seats, step_free, version)"
        " values (:id, :venue, :key, :name_zh, :name_en, :seats, :step_free, 1)"
        " on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, seats = excluded.seats,"
        " step_free = excluded.step_free, version = venue_rooms.version + 1",
        {{"id", is_new ? tx.new_id<RoomId>() : there->second.id},
         {"venue", venue},
         {"key", room.key},
         {"name_zh", room.name.zh},
         {"name_en", room.name.en},
         {"seats", room.seats},
         {"step_free", step_free}});
  }
}

// Whether it changed hands.
bool put_venue_of(Transaction& tx, const Known& known, const VenueToPut& venue, const KnownRow& now,
                  bool is_new) {
  const auto& file = venue.file;
  if (now.ended_at) fault(file, "key", std::string{has_ended});
  if (file.community && !known.communities.contains(*file.community))
    fault(file, "community", "there is no community " + *file.community);
  const bool changed_hands = put_facts(tx, known, venue, now, is_new);
  if (!now.hours_edited_at) put_week(tx, known, now.id, file, is_new);
  put_exceptions(tx, known, now.id, file);
  if (!now.functions_edited_at) put_functions(tx, known, now.id, file);
  put_rooms(tx, known, now.id, file);
  return changed_hands;
}

}  // namespace

std::map<std::string, VenueId> put_venues(Transaction& tx, const std::vector<VenueToPut>& venues) {
  const auto known = read_known(tx);
  std::map<std::string, VenueId> ids;
  bool changed_hands = false;
  FileFaults faults;
  for (const auto& venue : venues) {
    if (venue.file.ended.value_or(false)) continue;
    const auto there = known.venues.find(venue.file.key);
    const bool is_new = there == known.venues.end();
    KnownRow now;
    if (!is_new) now = there->second;
    if (is_new) now.id = tx.new_id<VenueId>();
    if (is_new) now.step_free = StepFree::unknown;
    const bool is_first = ids.emplace(venue.file.key, now.id).second;
    faults.keep([&] {
      if (!is_first) fault(venue.file, "key", "it is there twice");
      changed_hands = put_venue_of(tx, known, venue, now, is_new) || changed_hands;
    });
  }
  faults.throw_any();
  if (changed_hands) tree_changed(tx);
  return ids;
}

VenueId put_venue(Transaction& tx, const VenueFile& venue, const std::optional<OrganisationId>& run_by) {
  return put_venues(tx, {{.file = venue, .run_by = run_by}}).at(venue.key);
}

}  // namespace doorstep::network
