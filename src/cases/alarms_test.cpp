// Alarms: who sees them, how they are answered, and what happens when nobody does.
#include "cases/alarms.hpp"

#include <gmock/gmock.h>

#include "cases/deadline_board.hpp"
#include "testing/deadline_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/unit_matter.hpp"

namespace doorstep::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CaseAlarms : public testing::DeadlineTest {
 protected:
  // officer1 took it in and officer2 handles it; the promise has passed on the night to 2 December.
  void SetUp() override {
    id = open("officer1");
    EXPECT_EQ(accept(id, "officer2", 1).status, 200);
    wake_on("2026-11-30");  // the reminder
    wake_on("2026-12-02");
  }

  CaseId id;
};

TEST_P(CaseAlarms, AreSeenByThoseWhoAnswerForTheCase) {
  const auto one = ElementsAre("SL-2026-000001 promised, level 1");
  for (const std::string who : {"officer1", "officer2", "manager", "director"})
    EXPECT_THAT(alarms(who, here()), one) << who;
  EXPECT_THAT(alarms("officer3", here()), IsEmpty()) << "it is not theirs";
  EXPECT_EQ(get("elsewhere", "/api/desk/alarms" + here()).problem(), "not_allowed");
  for (const std::string who : {"officer1", "manager", "director"})
    EXPECT_THAT(alarms(who), IsEmpty()) << "those above wait until nobody has answered";
}

TEST_P(CaseAlarms, NameTheUnitThatIsWaitedFor) {
  town.write([](Transaction& tx, Instant at) { put_matter(tx, testing::relay_matter(), at); });
  const auto waiting = open("officer1", {.matter = "relay",
                                         .venue = venue(),
                                         .materials_received = {},
                                         .applicant = std::nullopt,
                                         .note = std::nullopt});
  town.call(as("officer1"), "PUT", path(waiting, "/units/district"), R"({"name":"示例区组织部"})",
            testing::if_match(1));
  EXPECT_EQ(act(waiting, "officer1", "/advance", R"({"to":"with_district"})").problem(), "");
  wake_on("2026-12-08");
  wake_on("2026-12-10");
  const auto names = [&](const std::string& list) {
    std::vector<std::string> who;
    const auto answer = get("officer1", list + here());
    for (const auto& each : answer.at("items").as_array()) {
      if (each.at("case_id").as_string() == to_string(waiting))
        who.emplace_back(each.at("who").at("zh").as_string());
    }
    return who;
  };
  EXPECT_THAT(names("/api/desk/deadlines"), Contains(HasSubstr("示例区组织部")));
  EXPECT_THAT(names("/api/desk/alarms"), Contains(HasSubstr("示例区组织部")));
}

TEST_P(CaseAlarms, EndWithASentenceOfWhatIsDoneNow) {
  const auto version = read(id, "officer1").number("version");
  EXPECT_EQ(acknowledge("officer1", alarm("officer1"), "明天去委员会取").status, 204);
  for (const std::string who : {"officer1", "officer2", "manager"})
    EXPECT_THAT(alarms(who, here()), IsEmpty());
  const auto shown = read(id, "officer2");
  EXPECT_EQ(shown.number("version"), version + 1);
  const auto& last = shown.at("history").as_array().back();
  EXPECT_EQ(last.at("text").at("en"), "Somebody has seen to what is late, and said what is done now");
  EXPECT_EQ(last.at("by"), "示例 officer1");
  EXPECT_EQ(last.at("note"), "明天去委员会取");
  EXPECT_EQ(timers(), 0) << "nothing is left to be watched";
  wake_on("2026-12-20");
  EXPECT_THAT(history(id), SizeIs(4U)) << "accepted, reminded, passed, answered";
}

TEST_P(CaseAlarms, AreAnsweredOnceAndByThoseWhoAnswerForTheCase) {
  const auto it = alarm("manager");
  EXPECT_EQ(acknowledge("officer3", it).problem(), "not_your_case");
  EXPECT_EQ(acknowledge("elsewhere", it).problem(), "not_allowed");
  EXPECT_EQ(acknowledge("nobody", it).problem(), "not_signed_in");
  EXPECT_EQ(acknowledge("officer1", "al_1").problem(), "no_such_alarm");
  EXPECT_EQ(acknowledge("officer2", it, "").problem(), "too_short");
  EXPECT_EQ(acknowledge("manager", it).status, 204);
  EXPECT_EQ(acknowledge("officer2", it).problem(), "alarm_over");
}

TEST_P(CaseAlarms, GoUpWhenNobodyAnswersForTwoWorkingDays) {
  wake_on("2026-12-03");
  EXPECT_THAT(alarms("director"), IsEmpty());
  wake_on("2026-12-04");
  const auto one = ElementsAre("SL-2026-000001 promised, level 2");
  EXPECT_THAT(alarms("director"), one) << "above the venue, without naming one";
  EXPECT_THAT(alarms("manager"), one);
  EXPECT_THAT(alarms("officer1", here()), one);
  EXPECT_THAT(alarms("officer1"), IsEmpty());
  EXPECT_THAT(alarms("director_elsewhere"), IsEmpty());
  EXPECT_EQ(timers(), 0);
  wake_on("2026-12-30");
  EXPECT_THAT(history(id), SizeIs(4U)) << "accepted, reminded, passed, escalated; once each";
  EXPECT_EQ(acknowledge("director", alarm("director")).status, 204);
  EXPECT_THAT(alarms("director"), IsEmpty());
}

TEST_P(CaseAlarms, StandOnTheBoardAmongWhatIsDue) {
  const auto later = open("officer2");
  const auto board = [&](const std::string& who) {
    std::vector<std::string> said;
    const auto list = get(who, "/api/desk/deadlines" + here());
    for (const auto& row : list.at("items").as_array())
      said.push_back(std::string{row.at("due").as_string()} + ' ' +
                     std::string{row.at("reference").as_string()} + ' ' +
                     std::string{row.at("state").as_string()} + (row.at("alarm").is_null() ? "" : "!"));
    return said;
  };
  EXPECT_THAT(board("officer3"),
              ElementsAre("2026-12-01 SL-2026-000001 missed!", "2026-12-09 SL-2026-000002 running"))
      << "all of the venue, the overdue first";
  acknowledge("manager", alarm("manager"));
  EXPECT_THAT(board("manager").front(), "2026-12-01 SL-2026-000001 missed") << "it is late all the same";
  go(later, "review", "officer2");
  go(later, "done", "officer2");
  EXPECT_THAT(board("manager"), SizeIs(1U));
  EXPECT_EQ(get("elsewhere", "/api/desk/deadlines" + here()).problem(), "not_allowed");
}

TEST_P(CaseAlarms, AreFoundByIndex) {
  auto& manager = caller_of("manager");
  manager.at = town.instant();
  const auto it = *parse_id<AlarmTag>(alarm("manager"));
  town.write([&](Transaction& tx, Instant) { tx.run("update case_alarms set level = 2"); });
  testing::read_plans(town, [&](Transaction& tx) {
    list_case_alarms(tx, manager, {.venue = venue(), .cursor = {}, .limit = {}});
    list_case_alarms(tx, manager, {.venue = {}, .cursor = {}, .limit = {}});
    list_deadlines(tx, manager, {.venue = venue(), .cursor = {}, .limit = {}});
    acknowledge_alarm(tx, manager, {it, "note"});
  });
}

DOORSTEP_ON_ALL_ENGINES(CaseAlarms);

}  // namespace
}  // namespace doorstep::cases
