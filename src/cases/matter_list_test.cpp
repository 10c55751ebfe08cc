#include "cases/matter_list.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MatterDefinition matter(const std::string& key, const Text& name, const Text& summary,
                        std::vector<std::string> words, std::optional<Audience> audience = {},
                        std::optional<LifeEvent> life_event = {}) {
  return {.key = key,
          .name = name,
          .summary = summary,
          .authority = {"示例", "Sample"},
          .promised_working_days = {},
          .materials = {},
          .steps = {{"begin", {}, {}, Phase::submitted, {"end"}}, {"end", {}, {}, Phase::done, {}}},
          .advice = {},
          .source = {"示例", "Sample"},
          .audience = audience,
          .life_event = life_event,
          .words = std::move(words)};
}

class MatterList : public testing::CaseTest {
 protected:
  MatterList() {
    put(matter("room", {"借活动场地", "Borrow a room"}, {"下棋、唱戏", "For chess and opera"},
               {"开会", "party room"}, Audience::residents, LifeEvent::taking_part));
    put(matter("visit", {"请人上门帮办", "Ask us to come to you"}, {"走不开", "You cannot leave"},
               {"上门", "房间打扫", "老人"}, Audience::residents, LifeEvent::growing_old));
    put(matter("jobs", {"发布岗位", "Post a job"}, {"招人，也借场地给你面试", "Hire people"}, {"招工"},
               Audience::firms, LifeEvent::firm));
  }

  void put(const MatterDefinition& definition) {
    town.write([&](Transaction& tx, Instant at) { put_matter(tx, definition, at); });
  }
  std::vector<std::string> keys(const std::string& query) {
    const auto page = town.call("GET", "/api/matters" + query);
    EXPECT_EQ(page.status, 200) << page.problem();
    return testing::texts_in(page.at("items"), "key");
  }
};

TEST_P(MatterList, IsInTheOrderOfTheNames) {
  EXPECT_THAT(keys(""), ElementsAre("jobs", "room", "visit", "transfer")) << "fa, jie, qing, zhuan";
  const auto page = town.call("GET", "/api/matters?limit=3");
  EXPECT_EQ(testing::texts_in(page.at("items"), "key").size(), 3U);
  EXPECT_THAT(keys("?limit=3&cursor=" + page.text("next")), ElementsAre("transfer"));
}

TEST_P(MatterList, IsFoundByWordsTheNameBeforeWhatPeopleCallIt) {
  EXPECT_THAT(keys("?words=%E5%9C%BA%E5%9C%B0"), ElementsAre("room", "jobs"))
      << "场地: the name, then the summary";
  EXPECT_THAT(keys("?words=jie"), ElementsAre("room", "jobs"));
  EXPECT_THAT(keys("?words=room"), ElementsAre("room"));
  EXPECT_THAT(keys("?words=laoren"), ElementsAre("visit"));
  EXPECT_THAT(keys("?words=jcd"), ElementsAre("jobs")) << "借场地 stands in its summary";
  EXPECT_THAT(keys("?words=hdcd"), ElementsAre("room"));
  EXPECT_THAT(keys("?words=%E7%A6%BB%E5%A9%9A"), IsEmpty()) << "离婚";
  EXPECT_EQ(keys("?words=%20").size(), 4U) << "nothing was typed yet";
}

TEST_P(MatterList, IsForWhomAndForWhatHasHappened) {
  EXPECT_THAT(keys("?audience=firms"), ElementsAre("jobs"));
  EXPECT_THAT(keys("?life_event=growing_old"), ElementsAre("visit"));
  EXPECT_THAT(keys("?audience=residents&words=jie"), ElementsAre("room"));
  EXPECT_EQ(town.call("GET", "/api/matters?audience=cats").problem(), "wrong_type");
}

TEST_P(MatterList, SaysWhatAHallTakesIn) {
  const auto page = town.call("GET", "/api/matters");
  for (const auto& item : page.at("items").as_array())
    EXPECT_EQ(item.at("at_a_hall").as_bool(), item.at("key").as_string() == "transfer");
}

TEST_P(MatterList, ShowsAMatterAsItWasPutLast) {
  put(matter("room", {"借屋子", "Borrow a place"}, {"示例", "Sample"}, {}));
  EXPECT_THAT(keys("?words=changdi"), ElementsAre("jobs"));
  EXPECT_THAT(keys("?words=wuzi"), ElementsAre("room"));
}

// An upgrade finds matters without a listing; the next import makes it.
TEST_P(MatterList, IsMadeAgainByAnImportThatChangesNothing) {
  town.write([](Transaction& tx, Instant) { tx.run("delete from matter_listings"); });
  EXPECT_THAT(keys(""), IsEmpty());
  const auto again = matter("jobs", {"发布岗位", "Post a job"}, {"招人，也借场地给你面试", "Hire people"},
                            {"招工"}, Audience::firms, LifeEvent::firm);
  town.write([&](Transaction& tx, Instant at) { EXPECT_FALSE(put_matter(tx, again, at)); });
  EXPECT_THAT(keys(""), ElementsAre("jobs"));
}

DOORSTEP_ON_ALL_ENGINES(MatterList);

}  // namespace
}  // namespace doorstep::cases
