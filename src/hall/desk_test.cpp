#include "hall/desk.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* a_case =
    R"({"matter":"transfer","materials_received":["letter"],)"
    R"("applicant":{"name":"示例 王秀英","phone":"13900000000"},"note":"明天再来"})";

class Desks : public testing::HallTest {
 protected:
  void SetUp() override {
    pressed("officer1", 1, "open");
    pressed("officer2", 2, "open");
  }

  // The number that the window calls next, served to its end.
  std::string call_and_finish(const std::string& who, std::size_t number) {
    auto called = pressed(who, number, "call-next").text("serving.number");
    pressed(who, number, "start");
    pressed(who, number, "finish");
    return called;
  }
};

TEST_P(Desks, ServeOneFromTheCallToTheEnd) {
  const auto taken = take();
  take("question");
  auto desk = get("officer1", window(1));
  EXPECT_EQ(desk.number("waiting"), 2);
  EXPECT_THAT(testing::texts_in(desk.at("next_numbers")), ElementsAre("A001", "B001"));
  EXPECT_TRUE(desk.at("serving").is_null());

  desk = pressed("officer1", 1, "call-next");
  EXPECT_EQ(desk.text("serving.number"), "A001");
  EXPECT_EQ(desk.text("serving.state"), "called");
  EXPECT_EQ(desk.text("serving.matter"), "transfer");
  EXPECT_EQ(desk.number("serving.times_called"), 1);
  EXPECT_EQ(desk.number("waiting"), 1);

  EXPECT_EQ(pressed("officer1", 1, "start").text("serving.state"), "serving");
  const auto opened = pressed("officer1", 1, "cases", a_case);
  EXPECT_EQ(opened.status, 201);
  desk = get("officer1", window(1));
  EXPECT_EQ(desk.text("serving.opened_case.id"), opened.text("id"));
  EXPECT_EQ(desk.text("serving.opened_case.reference"), opened.text("reference"));
  EXPECT_EQ(ticket(taken).text("case_token"), opened.text("token")) << "the way from the ticket to the case";

  EXPECT_TRUE(pressed("officer1", 1, "finish").at("serving").is_null());
  EXPECT_EQ(ticket(taken).text("state"), "finished");
  EXPECT_TRUE(pressed("officer1", 1, "call-next").at("serving.matter").is_null())
      << "a question opens no matter";
}

TEST_P(Desks, TellTheHallNumbersAndWindowsAndTheTicketItsCase) {
  const auto hall_hears = [&](const std::string& kind, const std::string& body) {
    return kind + " hall:" + town.hall + ' ' + body;
  };
  const std::string at_window = R"({"number":"A001","window":1,"window_name":{"zh":"一号","en":"One"}})";
  take();
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "call-next"); }),
              ElementsAre(hall_hears("ticket_called", at_window)));
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "recall"); }),
              ElementsAre(hall_hears("ticket_recalled", at_window)));
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "start"); }),
              ElementsAre(hall_hears("ticket_started", R"({"number":"A001","window":1})")));

  const auto told = told_by([&] { pressed("officer1", 1, "cases", a_case); });
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0], "case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})");
  EXPECT_THAT(told[1], ::testing::StartsWith("case_opened ticket:tk_"));
  EXPECT_THAT(told[1], HasSubstr(R"({"number":"A001"})"));

  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "finish"); }),
              ElementsAre(hall_hears("ticket_finished", R"({"number":"A001"})")));
  take();
  pressed("officer1", 1, "call-next");
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "missed"); }),
              ElementsAre(hall_hears("ticket_missed", R"({"number":"A002"})")));
  EXPECT_THAT(told_by([&] { press("officer1", 1, "finish"); }), IsEmpty()) << "a refusal tells nothing";
}

TEST_P(Desks, TellNothingOfAnybody) {
  serve();
  pressed("officer1", 1, "cases", a_case);
  pressed("officer1", 1, "finish");
  std::string all;
  town.read([&](Snapshot& snapshot, Instant) {
    for (const auto& event :
         snapshot.all<testing::EventRow>("select kind, topic, body from events order by seq")) {
      all += event.kind + event.topic + event.body;
    }
  });
  for (const auto* secret : {"王秀英", "139", "明天", "officer1"}) EXPECT_THAT(all, Not(HasSubstr(secret)));
}

TEST_P(Desks, CallWhoWaitedLongestInAnyOfTheirLines) {
  pressed("officer3", 3, "open");
  for (const auto* service : {"question", "transfer", "transfer", "question", "transfer"}) take(service);
  EXPECT_EQ(call_and_finish("officer2", 2), "A001") << "window 2 takes A alone";
  EXPECT_EQ(call_and_finish("officer1", 1), "B001") << "window 1 takes both";
  EXPECT_EQ(call_and_finish("officer1", 1), "A002");
  EXPECT_EQ(call_and_finish("officer3", 3), "B002") << "window 3 takes B alone";
  EXPECT_EQ(press("officer3", 3, "call-next").problem(), "queue_empty") << "the one who waits is in line A";
  EXPECT_EQ(call_and_finish("officer1", 1), "A003");
  EXPECT_EQ(press("officer1", 1, "call-next").problem(), "queue_empty");
}

TEST_P(Desks, ShowTheNextFiveNumbers) {
  for (int i = 0; i < 7; ++i) take();
  const auto desk = get("officer2", window(2));
  EXPECT_EQ(desk.number("waiting"), 7);
  EXPECT_THAT(testing::texts_in(desk.at("next_numbers")),
              ElementsAre("A001", "A002", "A003", "A004", "A005"));
}

TEST_P(Desks, CallTheSameOneFourTimesAtMost) {
  const auto taken = take();
  pressed("officer1", 1, "call-next");
  for (int times = 2; times <= calls_max; ++times) {
    town.pass(minutes{1});
    EXPECT_EQ(pressed("officer1", 1, "recall").number("serving.times_called"), times);
  }
  EXPECT_EQ(press("officer1", 1, "recall").problem(), "recalled_three_times");
  EXPECT_EQ(ticket(taken).number("times_called"), calls_max);
  EXPECT_EQ(pressed("officer1", 1, "start").text("serving.state"), "serving")
      << "who comes late is served all the same";
}

TEST_P(Desks, AreFreeAgainWhenTheOneCalledGivesUp) {
  const auto taken = take();
  take();
  pressed("officer1", 1, "call-next");
  cancel(taken);
  EXPECT_TRUE(get("officer1", window(1)).at("serving").is_null());
  for (const auto* button : {"recall", "start", "missed", "finish"}) {
    EXPECT_EQ(press("officer1", 1, button).problem(), "no_ticket_in_hand") << button;
  }
  EXPECT_EQ(pressed("officer1", 1, "call-next").text("serving.number"), "A002");
  pressed("officer1", 1, "missed");
  pressed("officer1", 1, "close");
}

TEST_P(Desks, TakeInOneCaseForEachTicketWhileServing) {
  take();
  pressed("officer1", 1, "call-next");
  EXPECT_EQ(press("officer1", 1, "cases", a_case).problem(), "ticket_not_serving");
  pressed("officer1", 1, "start");
  EXPECT_EQ(press("officer1", 1, "cases", R"({"matter":"wedding","materials_received":[]})").problem(),
            "no_such_matter");
  const auto unknown =
      press("officer1", 1, "cases", R"({"matter":"transfer","materials_received":["letter","photo"]})");
  EXPECT_EQ(unknown.problem(), "unknown_material");
  EXPECT_EQ(unknown.text("path"), "materials_received[1]");
  EXPECT_EQ(press("officer1", 1, "cases", R"({"matter":"transfer"})").problem(), "missing_member");
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 0) << "none of these left anything";

  pressed("officer1", 1, "cases", a_case);
  EXPECT_EQ(press("officer1", 1, "cases", a_case).problem(), "case_already_open");
  pressed("officer1", 1, "finish");
  EXPECT_EQ(press("officer1", 1, "cases", a_case).problem(), "no_ticket_in_hand");
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 1);
}

DOORSTEP_ON_ALL_ENGINES(Desks);

}  // namespace
}  // namespace doorstep::hall
