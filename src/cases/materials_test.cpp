#include "cases/materials.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using testing::Answer;
using ::testing::ElementsAre;

class Materials : public testing::CaseTest {
 protected:
  Answer receive(CaseId id, const std::string& who, const std::string& key) {
    return act(id, who, "/materials", R"({"material":")" + key + "\"}");
  }
  Answer take_back(CaseId id, const std::string& who, const std::string& key) {
    return act(id, who, "/materials/take-back", R"({"material":")" + key + "\"}");
  }
  std::vector<std::string> states(CaseId id) {
    const auto shown = read(id, "officer1");
    return testing::texts_in(shown.at("materials"), "state");
  }
};

TEST_P(Materials, ComeLaterAndSayWhoTookThem) {
  const auto id = open("officer1");
  EXPECT_THAT(states(id), ElementsAre("missing", "missing"));
  pass(hours{24});
  const auto shown = receive(id, "officer2", "card");
  EXPECT_EQ(shown.status, 200) << "any officer of the venue takes it in";
  EXPECT_EQ(shown.number("version"), 2);
  EXPECT_EQ(shown.at("materials").at(1).at("received_by"), "示例 officer2");
  EXPECT_FALSE(shown.at("materials").at(1).at("received_at").is_null());
  EXPECT_TRUE(shown.at("materials").at(0).at("received_at").is_null());
  EXPECT_EQ(shown.at("history").at(1).at("text").at("en"), "Received: Card");
  EXPECT_EQ(shown.text("step.key"), "taken_in") << "nothing was waited for";
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_THAT(testing::texts_in(progress.at("materials"), "state"), ElementsAre("missing", "received"));
}

TEST_P(Materials, AreTakenInOnceEach) {
  const auto id = open("officer1");
  EXPECT_EQ(receive(id, "officer1", "moon").problem(), "unknown_material");
  EXPECT_EQ(receive(id, "officer1", "card").problem(), "");
  EXPECT_EQ(receive(id, "officer1", "card").problem(), "material_received");
  EXPECT_EQ(
      post("officer1", path(id, "/materials"), R"({"material":"letter"})", testing::if_match(1)).problem(),
      "version_differs")
      << "of two clicks the second one changes nothing";
  EXPECT_EQ(receive(id, "elsewhere", "letter").problem(), "not_allowed");
  EXPECT_EQ(receive(id, "greeter", "letter").problem(), "not_allowed");
  advance(id, "officer1", 2, "refused");
  EXPECT_EQ(receive(id, "officer1", "letter").problem(), "case_over");
  EXPECT_EQ(take_back(id, "officer1", "card").problem(), "case_over");
}

TEST_P(Materials, MarkedByMistakeAreTakenBackOnTheSameDay) {
  const auto id = open("officer1");
  EXPECT_EQ(take_back(id, "officer1", "card").problem(), "material_not_received");
  EXPECT_EQ(receive(id, "officer2", "card").problem(), "");
  EXPECT_EQ(take_back(id, "officer1", "card").problem(), "mark_not_yours");
  EXPECT_EQ(take_back(id, "elsewhere", "card").problem(), "not_allowed");
  const auto shown = take_back(id, "officer2", "card");
  EXPECT_EQ(shown.number("version"), 3);
  EXPECT_THAT(states(id), ElementsAre("missing", "missing"));
  EXPECT_EQ(shown.at("history").at(2).at("text").at("en"), "Marked by mistake, not received yet: Card");
  EXPECT_EQ(shown.at("history").at(2).at("by"), "示例 officer2");

  EXPECT_EQ(receive(id, "officer2", "card").problem(), "") << "and now it has really come";
  EXPECT_EQ(take_back(id, "manager", "card").problem(), "") << "a manager puts right what others did";
  EXPECT_EQ(receive(id, "officer2", "card").problem(), "");
  pass(hours{24});
  EXPECT_EQ(take_back(id, "officer2", "card").problem(), "mark_too_old");
  EXPECT_EQ(take_back(id, "manager", "card").problem(), "mark_too_old");
}

TEST_P(Materials, FromBeforeAnybodyWasKeptAreAManagersToTakeBack) {
  const auto id = open("officer1");
  receive(id, "officer1", "card");
  town.write([](Transaction& tx, Instant) { tx.run("update case_materials set received_by = null"); });
  EXPECT_EQ(take_back(id, "officer1", "card").problem(), "mark_not_yours");
  EXPECT_EQ(take_back(id, "manager", "card").problem(), "");
}

TEST_P(Materials, AreNeededWhereTheAnswersCallForThem) {
  town.write([](Transaction& tx, Instant at) { put_matter(tx, testing::relief_by_who_comes(), at); });
  const auto needed = [&](const Answers& answers) {
    const auto id = open("officer1", {.matter = "relief",
                                      .venue = venue(),
                                      .materials_received = {},
                                      .applicant = std::nullopt,
                                      .note = std::nullopt,
                                      .answers = answers});
    const auto shown = read(id, "officer1");
    const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
    EXPECT_EQ(progress.at("materials"), shown.at("materials"));
    return shown.at("materials").at(3).at("needed").as_bool();
  };
  EXPECT_FALSE(needed({{"who", "self"}}));
  EXPECT_TRUE(needed({{"who", "other"}}));
  EXPECT_TRUE(needed({})) << "nobody has answered: it may be";
}

DOORSTEP_ON_ALL_ENGINES(Materials);

}  // namespace
}  // namespace doorstep::cases
