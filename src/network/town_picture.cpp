#include "network/town_picture.hpp"

#include <fmt/format.h>

#include "network/address_range.hpp"
#include "network/organisation.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

struct TownRow {
  std::string name_zh, name_en, zone, initials;
  bool demo = false;
};
BOOST_DESCRIBE_STRUCT(TownRow, (), (name_zh, name_en, zone, initials, demo))

struct OrganisationRow {
  std::string key;
  OrganisationKind kind{};
  std::optional<std::string> parent;
  std::string name_zh, name_en;
  std::optional<std::string> official_name;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (), (key, kind, parent, name_zh, name_en, official_name, ended_at))

struct VenueFactsRow {
  std::string key;
  VenueKind kind{};
  std::string name_zh, name_en, address_zh, address_en;
  std::optional<std::string> organisation, community;
  std::optional<std::int64_t> latitude, longitude;  // millionths of a degree
  StepFree step_free{};
  std::optional<std::string> step_free_note_zh, step_free_note_en;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(VenueFactsRow, (),
                      (key, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude,
                       longitude, step_free, step_free_note_zh, step_free_note_en, ended_at))

struct NameRow {
  std::string venue;
  std::optional<Day> from_day;
  std::string name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (venue, from_day, name_zh, name_en))

struct HoursRow {
  std::string venue;
  std::int32_t weekday = 0;
  LocalTime opens, closes;
};
BOOST_DESCRIBE_STRUCT(HoursRow, (), (venue, weekday, opens, closes))

struct ExceptionRow {
  std::string venue;
  Day day;
  bool closed = false;
  std::string note_zh, note_en;
  std::optional<LocalTime> opens, closes;
};
BOOST_DESCRIBE_STRUCT(ExceptionRow, (), (venue, day, closed, note_zh, note_en, opens, closes))

struct FunctionRow {
  std::string venue;
  VenueFunction function{};
};
BOOST_DESCRIBE_STRUCT(FunctionRow, (), (venue, function))

struct RoomRow {
  std::string venue, key, name_zh, name_en;
  std::optional<std::int32_t> seats;
  StepFree step_free{};
};
BOOST_DESCRIBE_STRUCT(RoomRow, (), (venue, key, name_zh, name_en, seats, step_free))

struct CommunityRow {
  std::string code, name_zh;
  std::optional<std::string> branch;
};
BOOST_DESCRIBE_STRUCT(CommunityRow, (), (code, name_zh, branch))

struct RangeRow {
  std::string community, street;
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from_number = 0, to_number = 0;
};
BOOST_DESCRIBE_STRUCT(RangeRow, (), (community, street, lane, side, from_number, to_number))

struct GridRow {
  std::string key, name_zh, name_en;
  std::optional<std::string> organisation, community;
  std::string ring;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(GridRow, (), (key, name_zh, name_en, organisation, community, ring, ended_at))

struct DayRow {
  Day day;
  bool workday = false;
  std::string name_zh;
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day, workday, name_zh))

constexpr const char* weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};

std::string words(const std::string& zh, const std::string& en) { return write_json(zh + " / " + en); }

// One more span of a day.
void add_span(std::string& spans, LocalTime opens, LocalTime closes) {
  if (!spans.empty()) spans += ", ";
  spans += to_string(opens) + '-' + to_string(closes);
}

void draw_organisations(Snapshot& snapshot, Picture& picture) {
  for (
      const auto& row : snapshot.all<OrganisationRow>(
          "select o.key, o.kind, coalesce(p.key, p.name_zh) as parent, o.name_zh, o.name_en, o.official_name,"
          " o.ended_at from organisations o left join organisations p on p.id = o.parent"
          " where o.key is not null"))
    picture[{"organisation", row.key}] = facts_of(row);
}

void draw_venue_times(Snapshot& snapshot, Picture& picture) {
  for (
      const auto& row : snapshot.all<HoursRow>(
          "select v.key as venue, h.weekday, h.opens, h.closes from venue_hours h join venues v on v.id = h.venue"
          " order by v.key, h.weekday, h.opens"))
    add_span(picture[{"venue", row.venue}][fmt::format("hours {}", weekdays[row.weekday - 1])], row.opens,
             row.closes);
  for (
      const auto& row : snapshot.all<ExceptionRow>(
          "select v.key as venue, e.day, e.closed, e.note_zh, e.note_en, h.opens, h.closes from venue_exceptions e"
          " join venues v on v.id = e.venue left join venue_exception_hours h on h.venue = e.venue and h.day = e.day"
          " where e.removed = 0 order by v.key, e.day, h.opens nulls first")) {
    auto& facts = picture[{"venue", row.venue}];
    const auto on = "exception " + to_string(row.day);
    facts[on] = words(row.note_zh, row.note_en);
    if (row.closed) facts[on + " closed"] = "true";
    if (row.opens && row.closes) add_span(facts[on + " hours"], *row.opens, *row.closes);
  }
}

void draw_venues(Snapshot& snapshot, Picture& picture) {
  for (const auto& row : snapshot.all<VenueFactsRow>(
           "select v.key, v.kind, v.name_zh, v.name_en, v.address_zh, v.address_en,"
           " coalesce(o.key, o.name_zh) as organisation, v.community, v.latitude, v.longitude, v.step_free,"
           " v.step_free_note_zh, v.step_free_note_en, v.ended_at"
           " from venues v left join organisations o on o.id = v.organisation"))
    picture[{"venue", row.key}] = facts_of(row);
  for (
      const auto& row : snapshot.all<NameRow>(
          "select v.key as venue, n.from_day, n.name_zh, n.name_en from venue_names n join venues v on v.id = n.venue"))
    picture[{"venue", row.venue}]
           ["named from " + (row.from_day ? to_string(*row.from_day) : "the beginning")] =
               words(row.name_zh, row.name_en);
  draw_venue_times(snapshot, picture);
  for (const auto& row : snapshot.all<FunctionRow>(
           "select v.key as venue, f.function from venue_functions f join venues v on v.id = f.venue"))
    picture[{"venue", row.venue}][fmt::format("function {}", name_of(row.function))] = "true";
  for (const auto& row : snapshot.all<RoomRow>(
           "select v.key as venue, r.key, r.name_zh, r.name_en, r.seats, r.step_free from venue_rooms r"
           " join venues v on v.id = r.venue where r.key is not null")) {
    auto& facts = picture[{"venue", row.venue}];
    for (const auto& [name, value] : facts_of(row)) {
      if (name != "venue") facts["room " + row.key + ' ' + name] = value;
    }
  }
}

void draw_communities(Snapshot& snapshot, Picture& picture) {
  for (const auto& row : snapshot.all<CommunityRow>(
           "select c.code, c.name_zh, coalesce(o.key, o.name_zh) as branch from communities c"
           " left join organisations o on o.id = c.branch")) {
    auto& facts = picture[{"community", row.code}];
    facts = facts_of(row);
    facts.erase("code");
  }
  for (
      const auto& row : snapshot.all<RangeRow>(
          "select community, street, lane, side, from_number, to_number from address_ranges where ended_at is null")) {
    const AddressRange range{row.street, row.lane, row.side, row.from_number, row.to_number};
    auto& facts = picture[{"community", row.community}];
    facts[fmt::format("houses {}, {}", to_string(range), name_of(row.side))] = "true";
  }
}

}  // namespace

void draw_network(Snapshot& snapshot, Picture& picture) {
  for (const auto& row : snapshot.all<TownRow>("select name_zh, name_en, zone, initials, demo from town"))
    picture[{"town", ""}] = facts_of(row);
  draw_organisations(snapshot, picture);
  draw_venues(snapshot, picture);
  draw_communities(snapshot, picture);
  for (
      const auto& row : snapshot.all<GridRow>(
          "select g.key, g.name_zh, g.name_en, coalesce(o.key, o.name_zh) as organisation, g.community, g.ring,"
          " g.ended_at from grids g join organisations o on o.id = g.organisation"
          " where g.key is not null"))
    picture[{"grid", row.key}] = facts_of(row);
  for (const auto& row : snapshot.all<DayRow>("select day, workday, name_zh from calendar_days")) {
    auto& facts = picture[{"calendar day", to_string(row.day)}];
    facts = facts_of(row);
    facts.erase("day");
  }
}

}  // namespace doorstep::network
