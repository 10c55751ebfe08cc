// The deadlines of a case from its first day to its last: begun, paused, reminded of, met, missed.
#include "cases/deadlines.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "testing/deadline_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Deadlines = testing::DeadlineTest;

TEST_P(Deadlines, BeginWithTheCase) {
  const auto id = open_permit();
  EXPECT_THAT(deadlines(id), ElementsAre("legal running 2026-12-22 (20)", "promised running 2026-12-01 (5)"));
  EXPECT_EQ(timers(), 1) << "one for the case";
  const auto without_law = open("officer1");
  EXPECT_THAT(deadlines(without_law), ElementsAre("promised running 2026-12-01 (5)"));
}

TEST_P(Deadlines, OfAStepBeginAndEndWithIt) {
  const auto id = open_permit();
  go(id, "check");
  EXPECT_THAT(deadlines(id), ElementsAre("legal running 2026-12-22 (20)", "promised running 2026-12-01 (5)",
                                         "step running 2026-11-26 (2)"));
  EXPECT_EQ(read(id, "officer1").at("deadlines").at(2).at("step").at("en"), "Check");
  go(id, "done");
  EXPECT_THAT(deadlines(id), IsEmpty());
  EXPECT_EQ(timers(), 0);
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from case_deadlines where state = 'met' and ended_at is not null"),
      3);
  EXPECT_EQ(read(id, "officer1").text("promised_by"), "2026-12-01") << "what was promised stays to be read";
}

TEST_P(Deadlines, StandStillWhileTheCaseWaitsForTheResident) {
  const auto id = open_permit();
  wake_on("2026-11-26");
  go(id, "missing");
  EXPECT_THAT(deadlines(id),
              ElementsAre("legal paused (18)", "promised paused (3)", "supplement running 2026-12-01 (3)"));
  EXPECT_TRUE(read(id, "officer1").at("promised_by").is_null()) << "lists promise nothing meanwhile";
  wake_on("2026-12-01");
  EXPECT_THAT(history(id), ElementsAre("Now at: Papers", "The time to bring what is missing is nearly over"));
  go(id, "taken_in");
  EXPECT_THAT(deadlines(id), ElementsAre("legal running 2026-12-25 (18)", "promised running 2026-12-04 (3)"))
      << "three working days later, as long as it waited";
  EXPECT_EQ(read(id, "officer1").text("promised_by"), "2026-12-04");
  EXPECT_EQ(timers(), 1);
}

TEST_P(Deadlines, AreToldInWordsToTheOneWhoAsked) {
  const auto id = open_permit();
  const auto words = [&] {
    std::vector<std::string> texts;
    const auto progress = town.call("GET", "/api/cases/" + read(id, "officer1").text("token"));
    for (const auto& each : progress.at("deadlines").as_array())
      texts.emplace_back(each.at("text").at("en").as_string());
    return texts;
  };
  go(id, "check");
  EXPECT_THAT(words(), ElementsAre("By law it is done by 22 December 2026",
                                   "We promise to be done by 1 December 2026"))
      << "a step's is a matter of the house";
  go(id, "missing");
  EXPECT_THAT(
      words(),
      ElementsAre(
          "The time the law gives stands still while we wait for your papers; 20 working days are left after that",
          "The time we promised stands still while we wait for your papers; 5 working days are left after that",
          "Please bring what is missing by 27 November 2026"));
  const auto progress = town.call("GET", "/api/cases/" + read(id, "officer1").text("token"));
  EXPECT_EQ(progress.at("deadlines").at(2).at("text").at("zh"), "请在 2026年11月27日 前补齐材料");
  EXPECT_TRUE(progress.at("deadlines").at(0).at("due").is_null());
  go(id, "taken_in");
  wake_on("2026-12-02");
  EXPECT_THAT(words()[1], HasSubstr("We promised 1 December 2026; we are late"));
}

TEST_P(Deadlines, AreRemindedOfInTheMorningOfTheWorkingDayBefore) {
  const auto id = open("officer1");
  wake_on("2026-11-29");
  EXPECT_THAT(history(id), IsEmpty());
  EXPECT_THAT(told_by([&] { wake_on("2026-11-30"); }),
              ElementsAre("case_changed case:" + to_string(id) + R"( {"version":2})",
                          "case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})"));
  EXPECT_THAT(history(id), ElementsAre("The promised day is near; your handler was reminded"));
  wake_on("2026-12-01");
  EXPECT_THAT(history(id), ::testing::SizeIs(1U)) << "once";
  EXPECT_THAT(alarms("manager", here()), IsEmpty()) << "its last day belongs to it";
}

TEST_P(Deadlines, ThatPassRaiseAnAlarmOnce) {
  const auto id = open_permit();
  go(id, "check");
  wake_on("2026-11-27");
  EXPECT_THAT(deadlines(id), ElementsAre("legal running 2026-12-22 (17)", "promised running 2026-12-01 (2)",
                                         "step missed 2026-11-26"));
  EXPECT_THAT(alarms("officer1", here()), ElementsAre("SL-2026-000001 step, level 1"));
  const auto list = get("officer1", "/api/desk/alarms" + here());
  EXPECT_EQ(list.at("items").at(0).at("who").at("en"), "Sample office") << "who must act, by name";
  EXPECT_EQ(list.at("items").at(0).at("first_contact"), "示例 officer1");
  EXPECT_EQ(timers(), 1) << "for the others, and for when nobody answers";
  go(id, "done");
  EXPECT_THAT(alarms("officer1", here()), IsEmpty()) << "the case went on";
  EXPECT_EQ(value<std::string>("select state from case_deadlines where kind = 'step'"), "missed");
  EXPECT_EQ(timers(), 0);
}

TEST_P(Deadlines, OfTheResidentNeverCloseTheCaseInSilence) {
  const auto id = open_permit("officer1", Applicant{"示例", "13800000001"});
  go(id, "missing");
  wake_on("2026-11-26");
  EXPECT_THAT(town.message_to("13800000001"), HasSubstr("请在 2026-11-27 前补齐"))
      << "the last working day before";
  wake_on("2026-11-28");
  EXPECT_THAT(town.message_to("13800000001"), HasSubstr("it stays open, please talk to your first contact"));
  EXPECT_EQ(read(id, "officer1").text("phase"), "waiting_for_resident");
  EXPECT_THAT(alarms("officer1", here()), ElementsAre("SL-2026-000001 supplement, level 1"));
  go(id, "taken_in");
  EXPECT_THAT(alarms("officer1", here()), IsEmpty()) << "they came after all";
}

TEST_P(Deadlines, OfACaseThatIsGivenUpAreDropped) {
  const auto id = open_permit();
  go(id, "missing");
  go(id, "withdrawn");
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_deadlines where state = 'dropped'"), 3);
  EXPECT_EQ(timers(), 0);
}

// The statements of the migration that carry over what was promised before.
std::vector<std::string> carrying_over() {
  const auto steps = migrations();
  const auto step = std::ranges::find(steps, "0004_deadlines", &storage::Migration::name);
  const auto sql = step->sql.substr(step->sql.find("insert into case_deadlines"));
  std::vector<std::string> statements;
  for (std::size_t at = 0, end = 0; (end = sql.find(';', at)) != std::string::npos; at = end + 1)
    statements.push_back(sql.substr(at, end - at));
  return statements;
}

TEST_P(Deadlines, FromBeforeTheyHadRowsAreCountedByTheirTimer) {
  const auto id = open("officer1"), late = open("officer2"), waiting = open_permit("officer3"),
             over = open("officer1");
  go(waiting, "missing", "officer3");
  go(over, "refused");
  town.write([&](Transaction& tx, Instant at) {
    tx.run("delete from case_deadlines");
    tx.run("delete from timers where kind = 'case_deadlines'");
    for (const auto old : {id, waiting}) tx.set_timer("case_promise", to_string(old), at);
    tx.run("update cases set promised_by = '2026-12-01'");
    tx.run("update cases set promised_by = '2026-11-20' where id = :id", {{"id", late}});
    for (const auto& statement : carrying_over()) tx.run(statement);
  });
  EXPECT_EQ(timers(), 3);
  town.fire_timers();
  EXPECT_THAT(deadlines(id), ElementsAre("promised running 2026-12-01 (5)"));
  EXPECT_THAT(deadlines(late), ElementsAre("promised missed 2026-11-20"));
  EXPECT_THAT(deadlines(waiting), ElementsAre("promised paused (5)"));
  EXPECT_THAT(deadlines(over), IsEmpty());
  EXPECT_THAT(alarms("manager", here()), ElementsAre("SL-2026-000002 promised, level 1"));
  EXPECT_EQ(timers(), 2) << "what stands still is not watched";
}

TEST_P(Deadlines, AreFoundByIndex) {
  const auto id = open_permit("officer1", Applicant{"示例", "13800000001"});
  go(id, "check");
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  const auto version = read(id, "officer1").number("version");
  testing::read_plans(town,
                      [&](Transaction& tx) { advance_case(tx, caller, {id, version, "missing", {}, {}}); });
  Caller later;
  later.at = town.instant() + hours{24 * 40};
  testing::read_plans(town, [&](Transaction& tx) {
    watch_deadlines(tx, later, to_string(id), "{}");
    later.at = later.at + hours{24 * 5};
    watch_deadlines(tx, later, to_string(id), "{}");
  });
}

DOORSTEP_ON_ALL_ENGINES(Deadlines);

}  // namespace
}  // namespace doorstep::cases
