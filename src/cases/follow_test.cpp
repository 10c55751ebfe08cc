#include "cases/follow.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Follows : public testing::CaseTest {
 protected:
  Answer follow(CaseId id, const std::string& who = "officer1", const std::string& material = "bank") {
    return act(id, who, "/follow", R"({"material":")" + material + R"(","signed_by":"示例 王秀英"})");
  }
  Answer decline(CaseId id) { return act(id, "officer1", "/follow", R"({"material":"bank"})"); }
  Answer receive(CaseId id) { return act(id, "officer2", "/materials", R"({"material":"bank"})"); }
  Answer step(CaseId id, const std::string& to) {
    return act(id, "officer1", "/advance", R"({"to":")" + to + "\"}");
  }
  std::string state(CaseId id) {
    const auto shown = read(id, "officer1");
    return std::string{shown.at("materials").at(2).at("state").as_string()};
  }
  std::int64_t passed_entries() {
    return value<std::int64_t>("select count(*) from case_history where kind = 'follow_passed'");
  }
};

TEST_P(Follows, ArePromisedByASignatureForSomeWorkingDays) {
  const auto id = open_relief("officer1");
  const auto shown = follow(id);
  ASSERT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(state(id), "to_follow");
  EXPECT_EQ(shown.at("materials").at(2).at("follows_by"), "2026-11-27")
      << "a Tuesday, and three working days";
  EXPECT_EQ(shown.number("version"), 2);
  EXPECT_EQ(shown.at("history").at(1).at("text").at("en"), "Accepted, to follow: Bank card");
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_EQ(progress.at("materials").at(2).at("follows_by"), "2026-11-27");
  EXPECT_THAT(boost::json::serialize(progress.body) + boost::json::serialize(shown.body),
              Not(HasSubstr("王秀英")));
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_follows where provisional = 0 and passed = 0"), 1);
}

TEST_P(Follows, AreAnOfferThatMayBeDeclined) {
  const auto id = open_relief("officer1");
  const auto shown = decline(id);
  EXPECT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(state(id), "missing") << "and nothing is lost";
  EXPECT_EQ(shown.at("history").as_array().size(), 2U);
  EXPECT_EQ(step(id, "check").problem(), "");
  EXPECT_EQ(step(id, "done").problem(), "");
  const auto changed_mind = open_relief("officer1");
  decline(changed_mind);
  EXPECT_EQ(follow(changed_mind).problem(), "");
}

TEST_P(Follows, AreForListedSecondaryPapersOnly) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(follow(id, "officer1", "card").problem(), "never_follows");
  EXPECT_EQ(follow(id, "officer1", "letter").problem(), "never_follows") << "it proves membership";
  EXPECT_EQ(follow(id, "officer1", "moon").problem(), "unknown_material");
  const auto transfer = open("officer1");
  EXPECT_EQ(follow(transfer, "officer1", "card").problem(), "never_follows")
      << "a secondary paper of a matter that does not offer it";
  EXPECT_EQ(follow(id, "officer2").problem(), "not_your_case");
  EXPECT_EQ(follow(id, "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(follow(id).problem(), "");
  EXPECT_EQ(follow(id).problem(), "follows_already") << "of two clicks the second one changes nothing";
  receive(id);
  EXPECT_EQ(follow(id).problem(), "material_received");
}

TEST_P(Follows, AreWaitedForBeforeTheCaseIsDone) {
  const auto id = open_relief("officer1");
  follow(id);
  EXPECT_EQ(step(id, "check").problem(), "") << "work goes on meanwhile";
  EXPECT_EQ(step(id, "done").problem(), "papers_to_follow");
  EXPECT_EQ(read(id, "officer1").text("phase"), "in_work");
  receive(id);
  EXPECT_EQ(state(id), "received");
  EXPECT_EQ(step(id, "done").problem(), "");
  const auto refused = open_relief("officer1");
  follow(refused);
  EXPECT_EQ(advance(refused, "officer1", 2, "refused").problem(), "") << "another end waits for nothing";
}

TEST_P(Follows, ThatPassedAreNotedOnce) {
  const auto id = open_relief("officer1");
  follow(id);
  pass(hours{24 * 3});
  town.fire_timers();
  EXPECT_EQ(passed_entries(), 0) << "the day itself is theirs";
  pass(hours{24});
  town.fire_timers();
  const auto shown = read(id, "officer1");
  EXPECT_THAT(boost::json::serialize(shown.at("history")),
              HasSubstr("The promised day has passed without: Bank card"));
  pass(hours{24 * 10});
  town.fire_timers();
  EXPECT_EQ(passed_entries(), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from timers where kind = 'case_follow'"), 0);
}

TEST_P(Follows, ThatCameOrEndedWithTheirCaseAreNotHeldAgainstIt) {
  const auto came = open_relief("officer1");
  follow(came);
  receive(came);
  const auto withdrawn = open_relief("officer1");
  follow(withdrawn);
  act(withdrawn, "officer1", "/withdraw");
  pass(hours{24 * 5});
  town.fire_timers();
  EXPECT_EQ(passed_entries(), 0);
  act(withdrawn, "officer1", "/reopen", R"({"reason":"示例"})");
  town.fire_timers();
  EXPECT_EQ(passed_entries(), 1) << "it runs again, and the day has passed";
}

TEST_P(Follows, EndTheWaitingForTheLastPaperAndAreEndedByANotice) {
  const auto id = open_relief("officer1");
  act(id, "officer1", "/notices", R"({"materials":["bank"],"others":[]})");
  EXPECT_EQ(follow(id).text("step.key"), "taken_in") << "nothing is missing any more";
  const auto again =
      act(id, "officer1", "/notices", R"({"materials":["bank"],"others":[],"reason":"没有补来"})");
  EXPECT_EQ(again.text("step.key"), "papers");
  EXPECT_EQ(state(id), "missing");
}

TEST_P(Follows, AreNotTheSameAsADeclarationInPlaceOfAProof) {
  const auto id = open_relief("officer1");
  EXPECT_TRUE(read(id, "officer1").at("declaration.signed_at").is_null());
  const std::string body = R"({"signed_by":"示例 王秀英"})";
  EXPECT_EQ(act(id, "officer2", "/declaration", body).problem(), "not_your_case");
  const auto shown = act(id, "officer1", "/declaration", body);
  EXPECT_EQ(shown.text("declaration.text.en"), "I declare that this is true");
  EXPECT_EQ(shown.text("declaration.taken_by"), "示例 officer1");
  EXPECT_EQ(act(id, "officer1", "/declaration", body).problem(), "declared_already");
  EXPECT_EQ(act(open("officer1"), "officer1", "/declaration", body).problem(), "no_declaration");
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_EQ(progress.at("declaration"), shown.at("declaration"));
  EXPECT_EQ(value<std::string>("select text_hash from case_declarations").size(), 64U);
}

DOORSTEP_ON_ALL_ENGINES(Follows);

}  // namespace
}  // namespace doorstep::cases
