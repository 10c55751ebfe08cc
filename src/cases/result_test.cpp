#include "cases/result.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using ::testing::HasSubstr;
using ::testing::Not;

class Results : public testing::CaseTest {
 protected:
  CaseId done() {
    const auto id = open_relief("officer1");
    advance(id, "officer1", 1, "check");
    advance(id, "officer1", 2, "done");
    return id;
  }
  Answer choose(CaseId id, const std::string& who, const std::string& body) {
    return act(id, who, "/result", body);
  }
  Answer choose_own(CaseId id, const std::string& body) {
    return town.call("POST", "/api/cases/" + read(id, "officer1").text("token") + "/result", body);
  }
  Answer hand_out(CaseId id, const std::string& who = "officer2", const std::string& taken_by = "applicant") {
    return act(id, who, "/result/handed-out", R"({"taken_by":")" + taken_by + R"(","taker":"示例 王秀英"})");
  }
  std::string at_station() const { return R"({"way":"station","venue":")" + town.venue + "\"}"; }
};

TEST_P(Results, GoTheWayThatSomebodyChose) {
  const auto id = open_relief("officer1");
  EXPECT_TRUE(read(id, "officer1").at("result").is_null());
  EXPECT_EQ(choose_own(id, at_station()).status, 204) << "while it runs";
  const auto own = read(id, "officer1");
  EXPECT_EQ(own.text("result.way"), "station");
  EXPECT_EQ(own.text("result.station.en"), "Sample centre");
  EXPECT_TRUE(own.at("result.by_resident").as_bool());
  EXPECT_TRUE(own.at("history").at(1).at("by").is_null());
  const auto shown = choose(id, "officer2", R"({"way":"post"})");
  EXPECT_EQ(shown.text("result.way"), "post");
  EXPECT_TRUE(shown.at("result.station").is_null());
  EXPECT_FALSE(shown.at("result.by_resident").as_bool());
  EXPECT_EQ(shown.number("version"), 3);
}

TEST_P(Results, NameAStationWhereThatIsTheWayAndOnlyThere) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(choose(id, "officer1", R"({"way":"station"})").problem(), "station_unclear");
  EXPECT_EQ(choose(id, "officer1", R"({"way":"counter","venue":")" + town.venue + "\"}").problem(),
            "station_unclear");
  EXPECT_EQ(choose(id, "officer1", R"({"way":"station","venue":"ve_9999"})").problem(), "no_such_venue");
  EXPECT_EQ(choose_own(id, R"({"way":"station"})").problem(), "station_unclear");
  EXPECT_EQ(choose(id, "elsewhere", at_station()).problem(), "not_allowed");
  EXPECT_EQ(town.call("POST", "/api/cases/SL-2026-000001/result", R"({"way":"post"})").problem(),
            "no_such_case");
}

TEST_P(Results, AreHandedOutOnceTheCaseIsDone) {
  const auto running = open_relief("officer1");
  EXPECT_EQ(hand_out(running).problem(), "no_result");
  const auto id = done();
  choose_own(id, at_station());
  const auto shown = hand_out(id, "officer2", "mandate");
  ASSERT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(shown.text("result.way"), "station");
  EXPECT_EQ(shown.text("result.handed_by"), "示例 officer2");
  EXPECT_EQ(shown.text("result.taken_by"), "mandate");
  EXPECT_FALSE(shown.at("result.handed_at").is_null());
  EXPECT_EQ(shown.text("phase"), "done");
  EXPECT_EQ(hand_out(id).problem(), "result_handed_out") << "of two clicks the second one changes nothing";
  EXPECT_EQ(choose(id, "officer1", R"({"way":"post"})").problem(), "result_handed_out");
  EXPECT_EQ(choose_own(id, R"({"way":"post"})").problem(), "result_handed_out");
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_EQ(progress.at("result"), shown.at("result"));
  EXPECT_THAT(boost::json::serialize(progress.body) + boost::json::serialize(shown.body),
              Not(HasSubstr("王秀英")));
}

TEST_P(Results, AreHandedOutAtTheCounterWhereNobodyChose) {
  const auto id = done();
  EXPECT_EQ(hand_out(id, "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(hand_out(id).text("result.way"), "counter");
}

TEST_P(Results, AreNoneOfWhatWasRefusedOrWithdrawn) {
  const auto id = open_relief("officer1");
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(choose(id, "officer1", R"({"way":"post"})").problem(), "no_result");
  EXPECT_EQ(choose_own(id, R"({"way":"post"})").problem(), "no_result");
  EXPECT_EQ(hand_out(id).problem(), "no_result");
}

DOORSTEP_ON_ALL_ENGINES(Results);

}  // namespace
}  // namespace doorstep::cases
