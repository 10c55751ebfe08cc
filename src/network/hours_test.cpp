#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "network/calendar.hpp"
#include "network/town_file.hpp"
#include "testing/plans.hpp"
#include "testing/small_town.hpp"

namespace doorstep::network {
namespace {

Day day(const char* text) { return *parse_day(text); }
LocalTime at(const char* text) { return *parse_local_time(text); }

// Open on weekdays with a lunch break, and on Sunday mornings.
VenueFile library() {
  return {.key = "library",
          .kind = VenueKind::station,
          .name = {"示例书屋", "Sample library"},
          .address = {"示例路 2 号", "2 Sample Road"},
          .hours = {{{1, 2, 3, 4, 5}, at("13:00"), at("17:30")},
                    {{1, 2, 3, 4, 5}, at("08:30"), at("11:30")},
                    {{1}, at("19:00"), at("24:00")},
                    {{7}, at("09:00"), at("12:00")}},
          .exceptions = {{day("2026-11-25"), true, {"盘点", "Stocktaking"}},
                         {day("2026-11-26"), false, {"读书会", "Reading circle"}}}};
}

class Hours : public testing::SmallTownTest {
 protected:
  void SetUp() override {
    town.write([&](Transaction& tx, Instant) {
      put_calendar(tx, {{day("2026-10-02"), false, "国庆节"},
                        {day("2026-10-10"), true, "调休"},
                        {day("2026-11-25"), true, "示例"}});
      venue = put_venue(tx, library());
    });
  }

  // "08:30-11:30 13:00-17:30", and the note in brackets.
  std::string on(const char* text) {
    std::string found;
    town.read([&](Snapshot& snapshot, Instant) {
      const auto hours = hours_on(snapshot, venue, day(text));
      for (const auto& each : hours.openings) {
        if (!found.empty()) found += ' ';
        found += to_string(each.opens) + '-' + to_string(each.closes);
      }
      if (hours.note) found += '(' + hours.note->en + ')';
    });
    return found;
  }

  VenueId venue;
};

TEST_P(Hours, OfADayAreThoseOfTheWeekUnlessTheDayIsNamed) {
  const struct {
    const char* what;
    const char* day;
    const char* hours;
  } table[] = {
      {"a Tuesday, with lunch", "2026-11-24", "08:30-11:30 13:00-17:30"},
      {"a Monday, open late", "2026-11-23", "08:30-11:30 13:00-17:30 19:00-24:00"},
      {"a Saturday", "2026-11-28", ""},
      {"a Sunday", "2026-11-29", "09:00-12:00"},
      {"a holiday on a Friday keeps the Sunday's", "2026-10-02", "09:00-12:00"},
      {"a Saturday that is worked keeps the Monday's", "2026-10-10", "08:30-11:30 13:00-17:30 19:00-24:00"},
      {"an exception goes before all", "2026-11-25", "(Stocktaking)"},
      {"an exception may be but a note", "2026-11-26", "08:30-11:30 13:00-17:30(Reading circle)"},
  };
  for (const auto& row : table) EXPECT_EQ(on(row.day), row.hours) << row.what;
}

TEST_P(Hours, BeginWithTheMinuteOfOpeningAndEndBeforeThatOfClosing) {
  DayHours hours;
  town.read([&](Snapshot& snapshot, Instant) { hours = hours_on(snapshot, venue, day("2026-11-23")); });
  const std::pair<const char*, bool> table[] = {{"00:00", false}, {"08:29", false}, {"08:30", true},
                                                {"11:29", true},  {"11:30", false}, {"12:59", false},
                                                {"13:00", true},  {"17:29", true},  {"17:30", false},
                                                {"19:00", true},  {"23:59", true}};
  for (const auto& [time, open] : table) EXPECT_EQ(is_open_at(hours, at(time)), open) << time;
  EXPECT_FALSE(is_open_at({}, at("12:00")));
}

TEST_P(Hours, AreReplacedAsAWholeByTheNextImport) {
  auto file = library();
  file.name.en = "Reading room";
  file.hours = {{{6}, at("10:00"), at("11:00")}};
  file.exceptions = {{day("2026-11-28"), true, {"活动", "Event"}}};
  town.write([&](Transaction& tx, Instant) { EXPECT_EQ(put_venue(tx, file), venue) << "the same place"; });
  EXPECT_EQ(on("2026-11-24"), "");
  EXPECT_EQ(on("2026-12-05"), "10:00-11:00");
  EXPECT_EQ(on("2026-11-28"), "(Event)");
  EXPECT_EQ(on("2026-11-25"), "(Stocktaking)") << "an exception is not dropped";
  town.read([&](Snapshot& snapshot, Instant) {
    EXPECT_EQ(network::venue(snapshot, venue)->name.en, "Reading room");
    EXPECT_FALSE(network::venue(snapshot, VenueId{999'999}));
  });
}

TEST_P(Hours, AreOfATownThatCanBeImportedAgain) {
  town.read([](Snapshot& snapshot, Instant) {
    EXPECT_TRUE(has_town(snapshot));
    EXPECT_EQ(network::town(snapshot).initials, "SL");
  });
  town.write([](Transaction& tx, Instant) {
    put_town(tx, {{"示例镇", "Sample Town"}, "Asia/Urumqi", "SX", false});
    put_communities(tx, {{"320000000001", "示例社区"}});
    put_communities(tx, {{"320000000001", "示例新社区"}});
    EXPECT_EQ(network::town(tx).zone, "Asia/Urumqi");
    EXPECT_FALSE(network::town(tx).demo);
    EXPECT_EQ(tx.value<std::string>("select name_zh from communities"), "示例新社区");
    tx.run("delete from town");
    EXPECT_FALSE(has_town(tx));
    EXPECT_THROW(network::town(tx), Problem);
  });
}

TEST_P(Hours, AreFoundWithoutAScan) {
  testing::read_plans(town, [&](Transaction& tx) { hours_on(tx, venue, day("2026-11-24")); });
  testing::read_plans(town, [&](Transaction& tx) { calendar_from(tx, day("2026-11-24")); });
}

DOORSTEP_ON_ALL_ENGINES(Hours);

}  // namespace
}  // namespace doorstep::network
