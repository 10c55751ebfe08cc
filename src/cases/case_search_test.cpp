// Finding cases: what is in hand, by number, by the applicant.
#include "cases/case_search.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CaseSearch : public testing::CaseTest {
 protected:
  CaseId open_for(const std::string& name, const std::string& phone) {
    return open("officer1", {.matter = "transfer",
                             .venue = venue(),
                             .materials_received = {},
                             .applicant = Applicant{name, phone},
                             .note = std::nullopt});
  }
  std::vector<std::string> work(const std::string& who, const std::string& as = "handler") {
    const auto listed = get(who, "/api/desk/work?as=" + as);
    return testing::texts_in(listed.at("items"), "reference");
  }
  testing::Answer find(const std::string& what, const std::string& who = "officer2",
                       const std::string& purpose = "来电询问") {
    return post(who, "/api/desk/cases/find",
                R"({"venue":")" + town.venue + R"(","purpose":")" + purpose + "\"," + what + "}");
  }
  std::vector<std::string> found(const std::string& what) {
    return testing::texts_in(find(what).at("items"), "reference");
  }
};

TEST_P(CaseSearch, ShowsWhatSomebodyHasInHand) {
  const auto first = open("officer1");
  const auto second = open("officer1");
  EXPECT_THAT(work("officer1"), ElementsAre("SL-2026-000002", "SL-2026-000001"))
      << "nobody accepted them yet";
  accept(first, "officer2", 1);
  EXPECT_THAT(work("officer1"), ElementsAre("SL-2026-000002"));
  EXPECT_THAT(work("officer2"), ElementsAre("SL-2026-000001"));
  EXPECT_THAT(work("officer1", "first_contact"), ElementsAre("SL-2026-000002", "SL-2026-000001"));
  EXPECT_THAT(work("officer2", "first_contact"), IsEmpty());
  advance(second, "officer1", 1, "refused");
  EXPECT_THAT(work("officer1"), IsEmpty());
  EXPECT_THAT(work("officer1", "first_contact"), ElementsAre("SL-2026-000001"));
  EXPECT_EQ(get("nobody", "/api/desk/work").problem(), "not_signed_in");
}

TEST_P(CaseSearch, ComesInPages) {
  for (int i = 0; i < 5; ++i) open("officer1");
  const auto first = get("officer1", "/api/desk/work?limit=2");
  EXPECT_EQ(first.at("items").as_array().size(), 2U);
  const auto next = get("officer1", "/api/desk/work?limit=2&cursor=" + first.text("next"));
  EXPECT_THAT(testing::texts_in(next.at("items"), "reference"),
              ElementsAre("SL-2026-000003", "SL-2026-000002"));
}

TEST_P(CaseSearch, FindsOneByItsNumberHoweverItIsTyped) {
  open("officer1");
  const auto id = open("officer1");
  for (const auto* typed : {"SL-2026-000002", "sl-2026-000002", "2", "000002"}) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(get("officer2", std::string{"/api/desk/case-numbers/"} + typed).text("id"), to_string(id));
  }
  for (const auto* typed : {"3", "SL-2025-000002", "nonsense", "999999999999"}) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(get("officer2", std::string{"/api/desk/case-numbers/"} + typed).problem(), "no_such_case");
  }
  EXPECT_EQ(get("elsewhere", "/api/desk/case-numbers/2").problem(), "not_allowed");
}

TEST_P(CaseSearch, FindsThoseOfAnApplicantByNameOrPhone) {
  open_for("示例 王秀英", "13900000001");
  open_for("示例 王秀兰", "139 0000 0002");
  open("officer1");
  EXPECT_THAT(found(R"("name":"王秀英")"), ElementsAre("SL-2026-000001"));
  EXPECT_THAT(found(R"("name":"王秀")"), ElementsAre("SL-2026-000002", "SL-2026-000001"));
  EXPECT_THAT(found(R"("name":"李四")"), IsEmpty());
  EXPECT_THAT(found(R"("phone":"13900000002")"), ElementsAre("SL-2026-000002")) << "without its spaces";
  EXPECT_THAT(found(R"("phone":"0002")"), IsEmpty()) << "a whole number only";
}

// A case from before there were marks: its timer stands in the migration.
TEST_P(CaseSearch, FindsEarlierCasesOnceTheirMarksAreMade) {
  open_for("示例 王秀英", "13900000001");
  town.write([](Transaction& tx, Instant) { tx.run("delete from case_marks"); });
  EXPECT_THAT(found(R"("name":"王秀英")"), IsEmpty());
  town.write([](Transaction& tx, Instant at) { tx.set_timer(marks_timer, "0", at); });
  town.fire_timers();
  EXPECT_THAT(found(R"("name":"王秀英")"), ElementsAre("SL-2026-000001"));
}

TEST_P(CaseSearch, ByAnApplicantIsALook) {
  open_for("示例 王秀英", "13900000001");
  EXPECT_EQ(find(R"("name":"王秀英")", "officer2", " ").problem(), "purpose_missing");
  EXPECT_EQ(find(R"("name":"王")").problem(), "too_short");
  EXPECT_EQ(find(R"("name":"王秀英","phone":"13900000001")").problem(), "search_unclear");
  EXPECT_EQ(post("officer2", "/api/desk/cases/find", R"({"venue":")" + town.venue + R"(","purpose":"来电"})")
                .problem(),
            "search_unclear");
  EXPECT_EQ(find(R"("name":"王秀英")", "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(find(R"("name":"王秀英")").problem(), "");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'find_cases' and allowed = 1"), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'find_cases' and allowed = 0"), 1);
}

TEST_P(CaseSearch, NeedsNoScan) {
  CaseId id;
  for (int i = 0; i < 10; ++i) id = open_for("示例 王秀英", "13900000001");
  accept(id, "officer2", 1);
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  const auto reads = [&](auto&& work) { testing::read_plans(town, work); };
  reads([&](Transaction& tx) { list_work(tx, caller, {}); });
  reads([&](Transaction& tx) {
    list_work(tx, caller, {.as = WorkAs::first_contact, .cursor = {}, .limit = {}});
  });
  reads([&](Transaction& tx) { find_case_by_number(tx, caller, {"1"}); });
  reads([&](Transaction& tx) {
    EXPECT_TRUE(find_cases_of_applicant(
        tx, caller,
        {.venue = venue(), .name = "王秀英", .phone = {}, .purpose = "来电", .cursor = {}, .limit = {}}));
  });
}

DOORSTEP_ON_ALL_ENGINES(CaseSearch);

}  // namespace
}  // namespace doorstep::cases
