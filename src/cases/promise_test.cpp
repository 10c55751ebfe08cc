// What a case promises: a day, a number, and that somebody notices when the day has passed.
#include <gmock/gmock.h>

#include "cases/deadlines.hpp"
#include "network/town_file.hpp"
#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Promises : public testing::CaseTest {
 protected:
  void name_day(const char* day, bool workday) {
    town.write(
        [&](Transaction& tx, Instant) { network::put_calendar(tx, {{*parse_day(day), workday, "示例"}}); });
  }
  // "2026-12-01", or "2027-01-04?" while it is provisional.
  std::string promised_to_a_new_case() {
    const auto shown = read(open("officer1"), "officer1");
    return shown.text("promised_by") + (shown.at("provisional").as_bool() ? "?" : "");
  }
  std::int64_t timers() {
    return value<std::int64_t>("select count(*) from timers where kind = 'case_deadlines'");
  }
  std::int64_t overdue_entries() {
    return value<std::int64_t>(
        "select count(*) from case_history where kind = 'overdue' and news = 'passed'");
  }
};

TEST_P(Promises, CountWorkingDaysFromTheDayAfter) {
  EXPECT_EQ(promised_to_a_new_case(), "2026-12-01") << "a Tuesday, and five working days";
  name_day("2026-11-26", false);
  EXPECT_EQ(promised_to_a_new_case(), "2026-12-02") << "a holiday on Thursday puts it off";
  name_day("2026-11-28", true);
  EXPECT_EQ(promised_to_a_new_case(), "2026-12-01") << "a Saturday is worked to make up for it";
}

TEST_P(Promises, AreProvisionalWhileTheHolidaysOfAYearAreNotKnown) {
  pass(hours{24 * 34});  // Monday 28 December
  EXPECT_EQ(promised_to_a_new_case(), "2027-01-04?");
  name_day("2027-01-01", false);
  EXPECT_EQ(promised_to_a_new_case(), "2027-01-05") << "the notice has come";
}

TEST_P(Promises, AreNotMadeWhereTheMatterMakesNone) {
  command("admin", [&](Transaction& tx, const Caller& caller) {
    auto matter = current_matter(tx, "transfer").matter;
    matter.promised_working_days = std::nullopt;
    put_matter(tx, matter, caller.at);
  });
  EXPECT_TRUE(read(open("officer1"), "officer1").at("promised_by").is_null());
  EXPECT_EQ(timers(), 0);
}

TEST_P(Promises, ThatPassedAreNotedOnce) {
  const auto id = open("officer1");
  pass(hours{24 * 6});
  EXPECT_EQ(town.fire_timers(), 1) << "a reminder, the day before";
  pass(hours{24 + 12} - minutes{1});  // 2 December, 07:59
  EXPECT_EQ(town.fire_timers(), 0);
  pass(minutes{1});
  EXPECT_THAT(told_by([&] { EXPECT_EQ(town.fire_timers(), 1); }),
              ElementsAre("case_changed case:" + to_string(id) + R"( {"version":3})",
                          "case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})"))
      << "both the one who waits and the officers hear of it";
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.number("version"), 3);
  const auto& history = shown.at("history").as_array();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[2].at("text").at("en"), "The promised day has passed and work goes on");
  EXPECT_TRUE(history[2].at("by").is_null()) << "the town itself noticed";

  pass(hours{24 * 10});
  EXPECT_EQ(town.fire_timers(), 1) << "nobody has answered";
  EXPECT_EQ(advance(id, "officer1", 4, "review").status, 200) << "and work does go on";
  EXPECT_EQ(overdue_entries(), 1);
}

TEST_P(Promises, AreForgottenWhenTheCaseEnds) {
  const auto done = open("officer1");
  const auto running = open("officer1");
  EXPECT_EQ(timers(), 2);
  advance(done, "officer1", 1, "review");
  EXPECT_EQ(timers(), 2);
  advance(done, "officer1", 2, "done");
  EXPECT_EQ(timers(), 1);
  pass(hours{24 * 20});
  EXPECT_EQ(town.fire_timers(), 1);
  EXPECT_EQ(overdue_entries(), 1);
  EXPECT_EQ(read(running, "officer1").at("history").as_array().size(), 2U);
}

TEST_P(Promises, OfACaseThatEndedMeanwhileAreNotHeldAgainstIt) {
  const auto id = open("officer1");
  advance(id, "officer1", 1, "refused");
  EXPECT_THAT(told_by([&] {
                town.write([&](Transaction& tx, Instant at) {
                  Caller the_town;
                  the_town.at = at;
                  for (const auto& key : {to_string(id), std::string{"cs_9999"}, std::string{"nonsense"}}) {
                    watch_deadlines(tx, the_town, key, "{}");
                  }
                });
              }),
              IsEmpty());
  EXPECT_EQ(overdue_entries(), 0);
}

TEST_P(Promises, ComeWithAReferenceThatCountsAnewEachLocalYear) {
  const auto reference = [&] { return read(open("officer1"), "officer1").text("reference"); };
  EXPECT_EQ(reference(), "SL-2026-000001");
  EXPECT_EQ(reference(), "SL-2026-000002");
  pass(hours{24 * 37 + 4} - minutes{1});  // 31 December, 23:59 at the town
  EXPECT_EQ(reference(), "SL-2026-000003");
  pass(minutes{1});
  EXPECT_EQ(reference(), "SL-2027-000001");
  EXPECT_EQ(reference(), "SL-2027-000002");
}

TEST_P(Promises, LeaveNoGapWhenACaseIsRefused) {
  EXPECT_THROW(open("officer1", {.matter = "transfer",
                                 .venue = venue(),
                                 .materials_received = {"photo"},
                                 .applicant = std::nullopt,
                                 .note = std::nullopt}),
               Problem);
  EXPECT_EQ(read(open("officer1"), "officer1").text("reference"), "SL-2026-000001");
}

DOORSTEP_ON_ALL_ENGINES(Promises);

}  // namespace
}  // namespace doorstep::cases
