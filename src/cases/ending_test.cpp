#include "cases/ending.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using testing::Answer;
using ::testing::HasSubstr;
using ::testing::Not;

class Endings : public testing::CaseTest {
 protected:
  Answer refuse(CaseId id, const std::string& refusal) {
    return act(id, "officer1", "/advance", R"({"to":"refused")" + refusal + "}");
  }
  Answer withdraw_own(CaseId id) {
    const auto token = read(id, "officer1").text("token");
    return town.call("POST", "/api/cases/" + token + "/withdraw");
  }
  Answer reopen(CaseId id, const std::string& who) {
    return act(id, who, "/reopen", R"({"reason":"申请人补来了证明"})");
  }
  Answer progress(CaseId id) { return town.call("GET", "/api/cases/" + read(id, "officer1").text("token")); }
};

TEST_P(Endings, AreRefusalsWithAReasonAndWhatHelpsNow) {
  const struct {
    const char* refusal;
    const char* problem;
  } table[] = {
      {"", "refusal_needs_reason"},
      {R"(,"refusal":{})", "refusal_needs_reason"},
      {R"(,"refusal":{"refusal":"moon"})", "refusal_needs_reason"},
      {R"(,"refusal":{"reason":"不符合"})", "refusal_needs_reason"},
      {R"(,"refusal":{"remedy":"请找居委会"})", "refusal_needs_reason"},
      {R"(,"refusal":{"refusal":"not_here","reason":"不符合"})", "refusal_needs_reason"},
      {R"(,"refusal":{"refusal":"not_here"})", ""},
      {R"(,"refusal":{"refusal":"not_here","remedy":"请找居委会"})", ""},
      {R"(,"refusal":{"reason":"不符合","remedy":"请找居委会"})", ""},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.refusal);
    const auto id = open_relief("officer1");
    EXPECT_EQ(refuse(id, row.refusal).problem(), row.problem);
    EXPECT_EQ(read(id, "officer1").text("phase"), *row.problem == '\0' ? "refused" : "submitted");
  }
  EXPECT_EQ(act(open_relief("officer1"), "officer1", "/advance",
                R"({"to":"check","refusal":{"refusal":"not_here"}})")
                .problem(),
            "refusal_not_asked");
}

TEST_P(Endings, TellTheResidentWhyAndWhatHelpsNow) {
  const auto standard = open_relief("officer1");
  EXPECT_TRUE(progress(standard).at("refusal").is_null());
  refuse(standard, R"(,"refusal":{"refusal":"not_here"})");
  EXPECT_EQ(progress(standard).text("refusal.reason.en"), "Not of this town");
  EXPECT_EQ(progress(standard).text("refusal.remedy.zh"), "请到户籍所在地去办");
  const auto own = open_relief("officer1");
  const auto shown = refuse(own, R"(,"refusal":{"reason":"不符合","remedy":"请找居委会"})");
  EXPECT_EQ(shown.text("refusal.reason.zh"), "不符合");
  EXPECT_EQ(progress(own).at("refusal"), shown.at("refusal"));
  town.read([](Snapshot& snapshot, Instant) {
    for (const auto* column : {"sealed_reason", "sealed_remedy"}) {
      const auto kept = snapshot.value<storage::Bytes>(
          std::string{"select "} + column + " from case_refusals where " + column + " is not null");
      EXPECT_THAT(std::string(kept.begin(), kept.end()), Not(HasSubstr("符合")));
    }
  });
}

TEST_P(Endings, AreTheApplicantsWishAtAnyTime) {
  const auto id = open_relief("officer1");
  advance(id, "officer1", 1, "check");
  EXPECT_EQ(withdraw_own(id).status, 204);
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.text("phase"), "withdrawn");
  EXPECT_EQ(shown.text("step.key"), "withdrawn") << "from a step that knows nothing of it";
  EXPECT_EQ(shown.number("version"), 3);
  EXPECT_TRUE(shown.at("history").at(2).at("by").is_null());
  EXPECT_EQ(withdraw_own(id).problem(), "case_over") << "of two clicks the second one changes nothing";
  EXPECT_EQ(town.call("POST", "/api/cases/SL-2026-000001/withdraw").problem(), "no_such_case");
  EXPECT_EQ(value<std::int64_t>("select count(*) from timers where kind = 'case_deadlines'"), 0);
}

TEST_P(Endings, AreRecordedAtTheWindowToo) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(post("officer2", path(id, "/withdraw"), "", testing::if_match(2)).problem(), "version_differs");
  EXPECT_EQ(act(id, "elsewhere", "/withdraw").problem(), "not_allowed");
  const auto shown = act(id, "officer2", "/withdraw");
  EXPECT_EQ(shown.text("phase"), "withdrawn");
  EXPECT_EQ(shown.at("history").at(1).at("by"), "示例 officer2");
  EXPECT_EQ(act(id, "officer2", "/withdraw").problem(), "case_over");
}

TEST_P(Endings, NeedNoStepOfTheirOwnToWithdraw) {
  const auto id = open("officer1");
  const auto shown = act(id, "officer1", "/withdraw");
  EXPECT_EQ(shown.text("phase"), "withdrawn");
  EXPECT_EQ(shown.text("step.key"), "taken_in");
  EXPECT_TRUE(shown.at("next_steps").as_array().empty());
  EXPECT_EQ(advance(id, "officer1", 2, "review").problem(), "case_over");
  const auto again = reopen(id, "officer1");
  EXPECT_EQ(again.text("phase"), "submitted");
  EXPECT_EQ(again.text("step.key"), "taken_in");
}

TEST_P(Endings, AreTakenBackWhereTheCaseWas) {
  const struct {
    std::vector<const char*> steps;
    const char* ends_by;
    const char* back_at;
    const char* phase;
  } table[] = {
      {{}, "refused", "taken_in", "submitted"},
      {{"check"}, "done", "check", "in_work"},
      {{"check", "decided"}, "done", "decided", "in_work"},
      {{"papers"}, "refused", "papers", "waiting_for_resident"},
      {{"papers", "check", "papers"}, "withdrawn", "papers", "waiting_for_resident"},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(std::string{row.back_at} + " to " + row.ends_by);
    const auto id = open_relief("officer1");
    std::int64_t version = 1;
    for (const auto* step : row.steps) advance(id, "officer1", version++, step);
    const auto ended = std::string_view{row.ends_by} == "withdrawn"
                           ? act(id, "officer1", "/withdraw")
                           : advance(id, "officer1", version, row.ends_by);
    ASSERT_EQ(ended.text("phase"), row.ends_by);
    const auto again = reopen(id, "officer1");
    EXPECT_EQ(again.text("step.key"), row.back_at);
    EXPECT_EQ(again.text("phase"), row.phase);
    EXPECT_TRUE(again.at("refusal").is_null());
    EXPECT_EQ(again.at("history").as_array().back().at("note"), "申请人补来了证明");
    EXPECT_EQ(
        value<std::int64_t>("select count(*) from cases where id = :id and ended_at is null", {{"id", id}}),
        1);
    EXPECT_EQ(reopen(id, "officer1").problem(), "case_running");
    EXPECT_EQ(act(id, "officer1", "/withdraw").problem(), "") << "and may end again";
    EXPECT_EQ(reopen(id, "officer1").text("step.key"), row.back_at);
  }
}

TEST_P(Endings, AreTakenBackByTheOneWhoHandlesItForThirtyDays) {
  const auto id = open_relief("officer1");
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(reopen(id, "officer2").problem(), "not_your_case");
  EXPECT_EQ(reopen(id, "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(post("officer1", path(id, "/reopen"), R"({"reason":"示例"})", testing::if_match(1)).problem(),
            "version_differs");
  EXPECT_EQ(act(id, "officer1", "/reopen", R"({"reason":"  "})").problem(), "too_short");
  EXPECT_EQ(reopen(id, "manager").problem(), "");
  act(id, "officer1", "/withdraw");
  pass(hours{24 * 30});
  EXPECT_EQ(reopen(id, "officer1").problem(), "") << "the thirtieth day";
  act(id, "officer1", "/withdraw");
  pass(hours{24 * 31});
  EXPECT_EQ(reopen(id, "officer1").problem(), "too_late_to_reopen");
}

TEST_P(Endings, ThatAreTakenBackAreOwedAnew) {
  const auto id = open_relief("officer1");
  const auto timers = [&] {
    return value<std::int64_t>("select count(*) from timers where kind = 'case_deadlines'");
  };
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(timers(), 0);
  EXPECT_EQ(reopen(id, "officer1").text("promised_by"), "2026-12-01") << "on the same day it is the same";
  EXPECT_EQ(timers(), 1);
  act(id, "officer1", "/withdraw");
  pass(hours{24});
  EXPECT_EQ(reopen(id, "officer1").text("promised_by"), "2026-12-02");
}

DOORSTEP_ON_ALL_ENGINES(Endings);

}  // namespace
}  // namespace doorstep::cases
