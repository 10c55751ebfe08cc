#include "hall/ticket.hpp"

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "hall/queue.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Tickets : public testing::HallTest {
 protected:
  testing::Answer take_from(testing::Browser& browser, const std::string& service = "transfer") {
    return town.call(browser, "POST", hall("/tickets"), R"({"service":")" + service + "\"}");
  }
};

TEST_P(Tickets, AreNumberedByLineAndDay) {
  EXPECT_EQ(take().text("number"), "A001");
  EXPECT_EQ(take().text("number"), "A002");
  EXPECT_EQ(take("question").text("number"), "B001");
  pass(hours{13});  // the next morning
  EXPECT_EQ(take().text("number"), "A001");
}

TEST_P(Tickets, SayWhatTheyAreAndHowManyAreAhead) {
  take();
  take("question");
  const auto taken = take();
  EXPECT_EQ(taken.status, 201);
  EXPECT_EQ(taken.text("state"), "waiting");
  EXPECT_EQ(taken.text("hall"), town.hall);
  EXPECT_EQ(taken.text("service.name.en"), "Transfer in");
  EXPECT_EQ(taken.number("ahead"), 1) << "those of the other line do not stand before it";
  EXPECT_EQ(taken.number("times_called"), 0);
  EXPECT_TRUE(taken.at("window").is_null());
  EXPECT_EQ(ticket(taken).body, taken.body) << "the token alone opens it";
}

TEST_P(Tickets, MoveUpAsThoseAheadAreCalledOrLeave) {
  take();
  const auto second = take();
  const auto third = take();
  EXPECT_EQ(ticket(third).number("ahead"), 2);
  cancel(second);
  EXPECT_EQ(ticket(third).number("ahead"), 1);
  pressed("officer1", 1, "open");
  pressed("officer1", 1, "call-next");
  EXPECT_EQ(ticket(third).number("ahead"), 0);
}

TEST_P(Tickets, ShowTheWindowWhenCalled) {
  const auto taken = take();
  pressed("officer2", 2, "open");
  pressed("officer2", 2, "call-next");
  const auto called = ticket(taken);
  EXPECT_EQ(called.text("state"), "called");
  EXPECT_EQ(called.number("window.number"), 2);
  EXPECT_EQ(called.text("window.name.en"), "Two");
  EXPECT_EQ(called.number("times_called"), 1);
  EXPECT_FALSE(called.at("called_at").is_null());
}

TEST_P(Tickets, AreTakenOnlyWhileTheHallIsOpen) {
  const struct {
    const char* when;
    minutes passes;
    bool open;
  } moments[] = {
      {"Tuesday 22:59", hours{3} - minutes{1}, true},
      {"Tuesday 23:00", minutes{1}, false},
      {"Wednesday 08:29", hours{9} + minutes{29}, false},
      {"Wednesday 08:30", minutes{1}, true},
      {"Wednesday 11:29", hours{2} + minutes{59}, true},
      {"Wednesday 11:30, lunch", minutes{1}, false},
      {"Wednesday 13:00", minutes{90}, true},
      {"Saturday 13:00", hours{72}, false},
  };
  for (const auto& moment : moments) {
    SCOPED_TRACE(moment.when);
    pass(moment.passes);
    const auto answer = take();
    EXPECT_EQ(answer.problem(), moment.open ? "" : "hall_closed");
    EXPECT_EQ(town.call("GET", hall()).at("open").as_bool(), moment.open);
  }
}

TEST_P(Tickets, AreRefusedForWhatTheHallDoesNotHave) {
  const auto wish = [&](const std::string& path, const std::string& body) {
    return town.call("POST", path, body).problem();
  };
  EXPECT_EQ(wish("/api/halls/hl_9999/tickets", R"({"service":"transfer"})"), "no_such_hall");
  EXPECT_EQ(wish("/api/halls/nonsense/tickets", R"({"service":"transfer"})"), "wrong_type");
  EXPECT_EQ(wish(hall("/tickets"), R"({"service":"wedding"})"), "no_such_service");
  EXPECT_EQ(wish(hall("/tickets"), R"({"service":""})"), "too_short");
  EXPECT_EQ(wish(hall("/tickets"), "{}"), "missing_member");

  const auto earlier = take("question");
  town.write(
      [](Transaction& tx, Instant) { tx.run("update services set ended = 1 where key = 'question'"); });
  EXPECT_EQ(take("question").problem(), "no_such_service");
  EXPECT_EQ(ticket(earlier).text("state"), "waiting") << "a ticket taken before stays good";
}

TEST_P(Tickets, AreOneForEachBrowserAndLine) {
  testing::Browser phone;
  const auto first = take_from(phone);
  ASSERT_EQ(first.status, 201);
  const auto again = take_from(phone);
  EXPECT_EQ(again.problem(), "too_many_tickets");
  EXPECT_THAT(again.text("detail"), HasSubstr("A001"));
  EXPECT_EQ(take_from(phone, "question").status, 201) << "another line";
  EXPECT_EQ(take().status, 201) << "another browser";

  pressed("officer2", 2, "open");
  for (const auto* button : {"call-next", "start"}) {
    pressed("officer2", 2, button);
    EXPECT_EQ(take_from(phone).problem(), "too_many_tickets") << "after " << button;
  }
  pressed("officer2", 2, "finish");
  const auto second = take_from(phone);
  EXPECT_EQ(second.text("number"), "A003");
  cancel(second);
  EXPECT_EQ(take_from(phone).text("number"), "A004");
}

TEST_P(Tickets, AreTakenOnceForARepeatedKey) {
  const testing::Sent key{{{"idempotency-key", "one-press-sent-twice-over"}}};
  const auto first = town.call("POST", hall("/tickets"), R"({"service":"transfer"})", key);
  const auto again = town.call("POST", hall("/tickets"), R"({"service":"transfer"})", key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(value<std::int64_t>("select count(*) from tickets"), 1);
}

TEST_P(Tickets, AreOpenedByNoneButTheirToken) {
  const auto taken = take();
  EXPECT_EQ(town.call("GET", "/api/tickets/A001").problem(), "no_such_ticket");
  EXPECT_EQ(town.call("POST", "/api/tickets/A001/cancel").problem(), "no_such_ticket");
  EXPECT_EQ(value<std::int64_t>("select count(*) from tickets where token_hash = :token",
                                {{"token", taken.text("token")}}),
            0)
      << "the table does not hold the token itself";
}

TEST_P(Tickets, TellTheHallAndNobodyElse) {
  const auto to_hall = " hall:" + town.hall + ' ';
  testing::Answer taken;
  EXPECT_THAT(told_by([&] { taken = take(); }),
              ElementsAre("ticket_taken" + to_hall + R"({"number":"A001"})"));
  EXPECT_THAT(told_by([&] { cancel(taken); }),
              ElementsAre("ticket_cancelled" + to_hall + R"({"number":"A001"})"));
  EXPECT_THAT(told_by([&] { cancel(taken); }), ElementsAre()) << "a refusal tells nothing";
}

TEST_P(Tickets, AreListenedToByTheirToken) {
  const auto taken = take();
  town.read([&](Snapshot& snapshot, Instant at) {
    Caller anyone;
    anyone.at = at;
    EXPECT_THAT(ticket_topic(snapshot, anyone, taken.text("token")).name, HasSubstr("ticket:tk_"));
    EXPECT_THROW(ticket_topic(snapshot, anyone, "A001"), Problem);
    EXPECT_EQ(listen_to_hall(snapshot, anyone, town.hall).name, "hall:" + town.hall);
    EXPECT_THROW(listen_to_hall(snapshot, anyone, "hl_9999"), Problem);
    EXPECT_THROW(listen_to_hall(snapshot, anyone, "nonsense"), Problem);
  });
}

TEST_P(Tickets, ExpireAtTheEndOfTheDayAndFreeTheirWindows) {
  const auto served = serve();
  const auto called = take();
  pressed("officer2", 2, "open");
  pressed("officer2", 2, "call-next");
  const auto waiting = take();
  const auto finished = take("question");
  for (const auto* button : {"open", "call-next", "start", "finish"}) pressed("officer3", 3, button);

  pass(hours{4} - minutes{1});  // 23:59
  EXPECT_EQ(town.fire_timers(), 0);
  pass(minutes{1});
  EXPECT_THAT(told_by([&] { EXPECT_EQ(town.fire_timers(), 1) << "one timer for all lines of the hall"; }),
              ElementsAre("day_ended hall:" + town.hall + R"( {"day":"2026-11-24"})"));
  for (const auto& left : {served, called, waiting}) EXPECT_EQ(ticket(left).text("state"), "expired");
  EXPECT_EQ(ticket(finished).text("state"), "finished");
  EXPECT_EQ(town.fire_timers(), 0);

  pass(hours{9});
  EXPECT_TRUE(get("officer1", window(1)).at("serving").is_null());
  EXPECT_EQ(press("officer1", 1, "call-next").problem(), "queue_empty");
  const auto today = take();
  EXPECT_EQ(today.text("number"), "A001");
  EXPECT_EQ(pressed("officer1", 1, "call-next").text("serving.number"), "A001");
}

DOORSTEP_ON_ALL_ENGINES(Tickets);

TEST(TicketNumber, IsALetterAndThreeDigitsAtLeast) {
  EXPECT_EQ(ticket_number("A", 7), "A007");
  EXPECT_EQ(ticket_number("B", 1234), "B1234");
}

}  // namespace
}  // namespace doorstep::hall
