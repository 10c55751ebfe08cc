#include "hall/queue.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

namespace json = boost::json;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Queues : public testing::HallTest {
 protected:
  testing::Answer queue() { return town.call("GET", hall("/queue")); }
  std::vector<std::string> calls() { return testing::texts_in(queue().at("calls"), "number"); }
};

TEST_P(Queues, CountWhoWaitsInEachLine) {
  take();
  take();
  take("question");
  const auto given_back = take("question");
  cancel(given_back);
  auto shown = queue();
  EXPECT_EQ(shown.number("waiting"), 3);
  EXPECT_EQ(shown.at("groups").at(0).at("prefix"), "A");
  EXPECT_EQ(shown.at("groups").at(0).at("waiting"), 2);
  EXPECT_EQ(shown.at("groups").at(1).at("waiting"), 1);

  pressed("officer1", 1, "open");
  pressed("officer1", 1, "call-next");
  shown = queue();
  EXPECT_EQ(shown.number("waiting"), 2) << "who is called waits no longer";
  EXPECT_EQ(shown.at("groups").at(0).at("waiting"), 1);
}

TEST_P(Queues, ComeWithTheTownAndTheServicesInOneAnswer) {
  take();
  const auto front = town.call("GET", "/api/front");
  EXPECT_EQ(front.text("hall"), town.hall);
  EXPECT_EQ(json::serialize(front.at("queue")), json::serialize(queue().body));
  EXPECT_EQ(json::serialize(front.at("town")), json::serialize(town.call("GET", "/api/town").body));
  EXPECT_EQ(json::serialize(front.at("services")), json::serialize(town.call("GET", hall("/services")).body));
  EXPECT_EQ(town.call("GET", "/api/front?hall=hl_1").text("hall"), town.hall)
      << "a device may remember a hall that is there no more";
}

TEST_P(Queues, ShowEachWindowAndWhomItServes) {
  take();
  pressed("officer1", 1, "open");
  pressed("officer1", 1, "call-next");
  pressed("officer2", 2, "open");
  pressed("officer2", 2, "pause");
  const auto shown = queue();
  const auto& windows = shown.at("windows").as_array();
  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[0].at("state"), "open");
  EXPECT_EQ(windows[0].at("serving"), "A001");
  EXPECT_THAT(testing::texts_in(windows[0].at("groups")), ElementsAre("A", "B"));
  EXPECT_EQ(windows[1].at("state"), "paused");
  EXPECT_TRUE(windows[1].at("serving").is_null());
  EXPECT_EQ(windows[2].at("state"), "closed");
}

TEST_P(Queues, ShowTheNewestCallsFirst) {
  pressed("officer1", 1, "open");
  pressed("officer2", 2, "open");
  EXPECT_THAT(calls(), IsEmpty());
  take();
  take("question");
  take();
  const auto call = [&](const char* who, std::size_t number, const char* button) {
    town.pass(minutes{1});
    pressed(who, number, button);
  };
  call("officer1", 1, "call-next");
  call("officer2", 2, "call-next");
  EXPECT_THAT(calls(), ElementsAre("A002", "A001"));
  call("officer1", 1, "recall");
  EXPECT_THAT(calls(), ElementsAre("A001", "A002")) << "a second call is the newest";
  call("officer1", 1, "missed");
  call("officer1", 1, "call-next");
  EXPECT_THAT(calls(), ElementsAre("B001", "A001", "A002"));
  EXPECT_EQ(queue().at("calls").at(0).at("window"), 1);
  EXPECT_EQ(queue().at("calls").at(0).at("window_name").at("en"), "One");
}

TEST_P(Queues, ShowTenCallsAtMostAndNoneOfYesterday) {
  pressed("officer2", 2, "open");
  for (int i = 0; i < calls_shown + 2; ++i) {
    take();
    town.pass(minutes{1});
    for (const auto* button : {"call-next", "start", "finish"}) pressed("officer2", 2, button);
  }
  const auto shown = calls();
  ASSERT_EQ(shown.size(), std::size_t{calls_shown});
  EXPECT_EQ(shown.front(), "A012");
  EXPECT_EQ(shown.back(), "A003");
  pass(hours{13});
  EXPECT_THAT(calls(), IsEmpty());
}

TEST_P(Queues, KnowTheNewestEvent) {
  const auto before = queue().number("seq");
  take();
  EXPECT_EQ(queue().number("seq"), before + 1);
  EXPECT_EQ(queue().number("seq"), value<std::int64_t>("select max(seq) from events"));
}

TEST_P(Queues, ShowNothingOfAnybody) {
  serve();
  pressed(
      "officer1", 1, "cases",
      R"({"matter":"transfer","materials_received":[],"applicant":{"name":"示例 王秀英","phone":"13900000000"}})");
  const auto shown = json::serialize(queue().body);
  for (const auto* secret : {"王秀英", "139", "officer1", "token"})
    EXPECT_THAT(shown, Not(HasSubstr(secret)));
}

TEST_P(Queues, BelongToAHallThatIsThere) {
  EXPECT_EQ(town.call("GET", "/api/halls/hl_9999/queue").problem(), "no_such_hall");
  EXPECT_EQ(town.call("GET", "/api/halls/hl_9999").problem(), "no_such_hall");
  EXPECT_EQ(town.call("GET", "/api/halls/wi_9999").problem(), "wrong_type");
}

TEST_P(Queues, StandInAHallThatSaysWhenItIsOpen) {
  const auto shown = town.call("GET", hall());
  EXPECT_TRUE(shown.at("open").as_bool());
  EXPECT_EQ(shown.text("venue.en"), "Sample centre");
  ASSERT_EQ(shown.at("today").as_array().size(), 2U);
  EXPECT_EQ(shown.at("today").at(0).at("opens"), "08:30");
  EXPECT_EQ(shown.at("today").at(1).at("closes"), "23:00");
  EXPECT_TRUE(shown.at("note").is_null());

  const auto whole_town = town.call("GET", "/api/town");
  EXPECT_EQ(whole_town.text("name.en"), "Sample Town");
  EXPECT_EQ(whole_town.text("time_zone"), "Asia/Shanghai");
  EXPECT_TRUE(whole_town.at("demo").as_bool());
  EXPECT_EQ(whole_town.at("halls").at(0), shown.body);
}

TEST_P(Queues, LeadToTheServicesOfTheHall) {
  const auto all = town.call("GET", hall("/services"));
  EXPECT_THAT(testing::texts_in(all.at("items"), "key"), ElementsAre("transfer", "question"));
  EXPECT_EQ(all.at("items").at(0).at("minutes"), 15);
  EXPECT_EQ(all.at("items").at(0).at("matter"), "transfer");
  EXPECT_TRUE(all.at("items").at(1).at("matter").is_null());
  const auto first = town.call("GET", hall("/services?limit=1"));
  const auto second = town.call("GET", hall("/services?limit=1&cursor=") + first.text("next"));
  EXPECT_THAT(testing::texts_in(second.at("items"), "key"), ElementsAre("question"));
  town.write(
      [](Transaction& tx, Instant) { tx.run("update services set ended = 1 where key = 'transfer'"); });
  EXPECT_THAT(testing::texts_in(town.call("GET", hall("/services")).at("items"), "key"),
              ElementsAre("question"));
}

DOORSTEP_ON_ALL_ENGINES(Queues);

}  // namespace
}  // namespace doorstep::hall
