#include "network/handover.hpp"

#include <gmock/gmock.h>

#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

using ::testing::ElementsAre;
using testing::if_match;

class Handovers : public PostTest {
 protected:
  std::string write(const std::string& id) {
    const auto made = give("officer1", id, "officer2");
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer give(const std::string& who, const std::string& id, const std::string& to) {
    return post(who, "/api/posts/" + id + "/handovers",
                R"({"to":")" + staff(to) + R"(","note":"NX-2026-000001 等回执，周四到期"})");
  }
  Answer step(const std::string& who, const std::string& slip, const std::string& what,
              std::int64_t version) {
    return post(who, "/api/handovers/" + slip + '/' + what,
                what == "report" ? R"({"report":"回执已到，已办结"})" : "", if_match(version));
  }
  Answer read(const std::string& who, const std::string& slip) {
    return post(who, "/api/handovers/" + slip + "/text");
  }
};
TEST_P(Handovers, GoThereAndBack) {
  const auto slip = write(held_post());
  EXPECT_EQ(step("officer2", slip, "take", 1).text("state"), "taken");
  EXPECT_EQ(step("officer2", slip, "report", 2).text("state"), "reported");
  const auto text = read("officer1", slip);
  EXPECT_EQ(text.text("note"), "NX-2026-000001 等回执，周四到期");
  EXPECT_EQ(text.text("report"), "回执已到，已办结");
  const auto closed = step("officer1", slip, "close", 3);
  EXPECT_EQ(closed.text("state"), "closed");
  EXPECT_FALSE(closed.at("ended_at").is_null());
  for (const auto* who : {"officer1", "officer2"})
    EXPECT_THAT(testing::texts_in(get(who, "/api/handovers").at("items"), "id"), ElementsAre(slip));
  EXPECT_TRUE(get("officer3", "/api/handovers").at("items").as_array().empty());
}

// Every step from every state, by whoever may take it.
TEST_P(Handovers, MoveOnlyAsDrawn) {
  const auto id = held_post();
  const std::map<std::string, std::string> by{
      {"take", "officer2"}, {"report", "officer2"}, {"close", "officer1"}, {"withdraw", "officer1"}};
  const std::map<std::string, std::vector<std::string>> ways{{"written", {}},
                                                             {"taken", {"take"}},
                                                             {"reported", {"take", "report"}},
                                                             {"closed", {"take", "report", "close"}},
                                                             {"withdrawn", {"withdraw"}}};
  const std::map<std::pair<std::string, std::string>, std::string> drawn{
      {{"written", "take"}, "taken"},
      {{"written", "withdraw"}, "withdrawn"},
      {{"taken", "report"}, "reported"},
      {{"reported", "close"}, "closed"}};
  for (const auto& [state, way] : ways) {
    for (const auto& [what, who] : by) {
      const auto slip = write(id);
      std::int64_t version = 1;
      for (const auto& each : way) EXPECT_EQ(step(by.at(each), slip, each, version++).problem(), "");
      const auto moved = step(who, slip, what, version);
      const auto expected = drawn.find({state, what});
      if (expected == drawn.end()) {
        EXPECT_EQ(moved.problem(), "handover_elsewhere") << what << " from " << state;
      } else {
        EXPECT_EQ(moved.text("state"), expected->second) << what << " from " << state;
      }
    }
  }
}

TEST_P(Handovers, AreTakenByWhoTheyAreFor) {
  const auto slip = write(held_post());
  EXPECT_EQ(step("officer3", slip, "take", 1).problem(), "not_allowed");
  EXPECT_EQ(step("officer1", slip, "take", 1).problem(), "not_allowed") << "not by the one who gives";
  EXPECT_EQ(step("officer2", slip, "withdraw", 1).problem(), "not_allowed");
  EXPECT_EQ(step("officer2", slip, "take", 3).problem(), "version_differs");
  EXPECT_EQ(step("manager_elsewhere", slip, "withdraw", 1).problem(), "not_allowed");
  EXPECT_EQ(step("manager", slip, "withdraw", 1).problem(), "") << "for somebody who has left";
  EXPECT_EQ(step("officer1", "ho_1", "withdraw", 1).problem(), "no_such_handover");
}

TEST_P(Handovers, CloseWithoutAReportWhenWhoTookItHasLeft) {
  const auto slip = write(held_post());
  step("officer2", slip, "take", 1);
  EXPECT_EQ(step("officer1", slip, "close", 2).problem(), "handover_elsewhere") << "the report is to come";
  EXPECT_EQ(post("admin", "/api/staff/" + staff("officer2") + "/end").problem(), "");
  EXPECT_EQ(step("manager", slip, "close", 2).text("state"), "closed");
}

TEST_P(Handovers, AreWrittenByThoseAtThePost) {
  const auto id = held_post();
  EXPECT_EQ(give("officer3", id, "officer2").problem(), "not_allowed");
  EXPECT_EQ(give("officer2", id, "officer3").problem(), "") << "the B role";
  EXPECT_EQ(give("manager", id, "officer3").problem(), "");
  EXPECT_EQ(give("officer1", id, "officer1").problem(), "no_such_staff");
  EXPECT_EQ(give("officer1", "po_1", "officer2").problem(), "no_such_post");
  post("manager", "/api/posts/" + id + "/roster",
       R"({"day":"2026-11-24","staff":")" + staff("officer3") + "\"}");
  EXPECT_EQ(give("officer3", id, "officer2").problem(), "") << "who is on duty today";
}

TEST_P(Handovers, AreReadByThoseTheyConcernAndEachLookIsKept) {
  const auto slip = write(held_post());
  EXPECT_EQ(read("officer3", slip).problem(), "not_allowed");
  EXPECT_EQ(read("officer2", slip).text("note"), "NX-2026-000001 等回执，周四到期");
  EXPECT_EQ(read("manager", slip).status, 200);
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from audit where action = 'look_at_handover' and subject = :slip",
                          {{"slip", slip}}),
      3);
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from audit where action = 'look_at_handover' and allowed = 0"), 1);
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Handovers);

}  // namespace doorstep::network
