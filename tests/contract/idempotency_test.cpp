// A write that is sent again with its key is answered alike and done once.
#include <thread>

#include <gmock/gmock.h>

#include "contract/stage.hpp"
#include "journal/answers.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Sent with_key{.headers = {{"idempotency-key", "0123456789abcdef-1"}}};
const std::string transfer = R"({"service":"transfer"})";
const std::string question = R"({"service":"question"})";

class IdempotencyTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  IdempotencyTest() : stage(GetParam()), tickets(stage.hall("/tickets")) {
    // A page is loaded before a ticket is taken; from then on the browser has a device.
    device.device = "AAAAAAAAAAAAAAAAAAAAAA";
  }

  Answer take(Browser& browser, const std::string& body = transfer, const Sent& more = with_key) {
    return stage.town.call(browser, "POST", tickets, body, more);
  }

  template <class T = std::int64_t>
  T value(const std::string& statement) {
    T found{};
    stage.town.read([&](Snapshot& snapshot, Instant) { found = snapshot.value<T>(statement); });
    return found;
  }
  std::int64_t tickets_taken() { return value("select count(*) from tickets"); }

  Stage stage;
  std::string tickets;
  Browser device;
};

TEST_P(IdempotencyTest, TheSameRequestIsAnsweredAlikeAndDoneOnce) {
  const auto once = take(device);
  const auto again = take(device);
  EXPECT_EQ(once.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, once.body);
  EXPECT_EQ(again.headers.at("idempotency-key"), with_key.headers.at("idempotency-key"));
  EXPECT_EQ(tickets_taken(), 1);
  EXPECT_EQ(value("select count(*) from events"), 1);
}

TEST_P(IdempotencyTest, AFirstTicketIsTakenOnceWhetherItsAnswerIsLostOrLate) {
  Browser first;
  const auto lost = take(first);  // never reaches the phone, nor does the cookie
  Browser again;
  const auto answer = take(again);
  EXPECT_EQ(answer.body, lost.body);
  EXPECT_EQ(again.device, first.device) << "one browser, one name";
  EXPECT_FALSE(first.device.empty());
  EXPECT_EQ(take(first).body, lost.body) << "now with the cookie";
  EXPECT_EQ(tickets_taken(), 1);
  EXPECT_EQ(take(first, transfer, {}).problem(), "too_many_tickets") << "a new wish of the same browser";
}

TEST_P(IdempotencyTest, AWriteIsAnsweredAlikeThoughWhatItPreparesFromHasChanged) {
  const auto import =
      upload(stage.town, stage.as("admin"), "organisations", {"名称", "类型"}, {{"示例", "企业"}});
  auto sent = with_key;
  sent.headers["if-match"] = '"' + std::to_string(import.number("version")) + '"';
  const auto run = "/api/imports/" + import.text("id") + "/run";
  const auto once = stage.post("admin", run, "", sent), again = stage.post("admin", run, "", sent);
  EXPECT_EQ(once.status, 200) << once.problem();
  EXPECT_EQ(again.body, once.body) << "the import is of another version now";
  EXPECT_EQ(value("select count(*) from import_rows"), 1);
}

TEST_P(IdempotencyTest, TwentyAtOnceAreDoneOnce) {
  std::vector<Answer> answers(20);
  {
    std::vector<std::jthread> threads;
    for (auto& answer : answers) {
      threads.emplace_back([&] {
        auto browser = device;
        answer = take(browser);
      });
    }
  }
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.status, 201) << answer.problem();
    EXPECT_EQ(answer.body, answers[0].body);
  }
  EXPECT_EQ(tickets_taken(), 1);
}

TEST_P(IdempotencyTest, AnotherBodyIsRefused) {
  take(device);
  EXPECT_EQ(take(device, question).problem(), "key_reused");
  EXPECT_EQ(tickets_taken(), 1);
}

TEST_P(IdempotencyTest, AnotherRouteMayUseTheSameKey) {
  const auto ticket = take(device);
  const auto cancelled =
      stage.town.call(device, "POST", "/api/tickets/" + ticket.text("token") + "/cancel", "", with_key);
  EXPECT_EQ(cancelled.status, 200);
  EXPECT_EQ(cancelled.text("state"), "cancelled");
}

TEST_P(IdempotencyTest, TheSameRouteOfAnotherThingIsAnotherRequest) {
  const auto one = stage.take();
  const auto other = stage.take();
  EXPECT_EQ(stage.town.call(device, "POST", "/api/tickets/" + one + "/cancel", "", with_key).status, 200);
  EXPECT_EQ(stage.town.call(device, "POST", "/api/tickets/" + other + "/cancel", "", with_key).problem(),
            "key_reused");
}

TEST_P(IdempotencyTest, ARefusedCommandLeavesNoAnswerAndMayBeTriedAgain) {
  EXPECT_EQ(stage.post("officer1", stage.window(1, "/call-next"), "", with_key).problem(), "window_not_open");
  EXPECT_EQ(value("select count(*) from answers"), 0);
  stage.open("officer1", 1);
  stage.take();
  const auto called = stage.post("officer1", stage.window(1, "/call-next"), "", with_key);
  EXPECT_EQ(called.status, 200);
  const auto again = stage.post("officer1", stage.window(1, "/call-next"), "", with_key);
  EXPECT_EQ(again.body, called.body) << "and not ticket_in_hand";
}

TEST_P(IdempotencyTest, AnotherDeviceDoesNotSeeIt) {
  const auto mine = take(device);
  Browser other;
  other.device = "BBBBBBBBBBBBBBBBBBBBBB";
  const auto theirs = take(other);
  EXPECT_EQ(theirs.status, 201);
  EXPECT_NE(theirs.text("token"), mine.text("token"));
  EXPECT_EQ(tickets_taken(), 2);
}

TEST_P(IdempotencyTest, AnotherSessionDoesNotSeeIt) {
  const auto opened = stage.post("officer1", stage.window(1, "/open"), "", with_key);
  EXPECT_EQ(opened.status, 200);
  EXPECT_EQ(stage.post("officer2", stage.window(1, "/open"), "", with_key).problem(), "window_taken");
  stage.forget("officer1");  // signed in anew: another session of the same person
  stage.post("officer1", stage.window(1, "/close"));
  const auto anew = stage.post("officer1", stage.window(1, "/open"), "", with_key);
  EXPECT_NE(anew.number("window.version"), opened.number("window.version"));
}

TEST_P(IdempotencyTest, ASessionThatEndedIsNotAnsweredFromWhatWasKept) {
  stage.post("officer1", stage.window(1, "/open"), "", with_key);
  auto ended = stage.as("officer1");
  stage.send("officer1", "DELETE", "/api/session");
  EXPECT_EQ(stage.town.call(ended, "POST", stage.window(1, "/open"), "", with_key).problem(),
            "session_expired");
}

TEST_P(IdempotencyTest, AfterADayItIsForgotten) {
  const auto once = take(device);
  stage.post("nobody", "/api/tickets/" + once.text("token") + "/cancel");
  stage.town.pass(answers::kept_for);
  EXPECT_EQ(take(device).body, once.body) << "a day to the microsecond";
  stage.town.pass(Microseconds{1});
  EXPECT_NE(take(device).text("token"), once.text("token"));

  stage.town.pass(answers::kept_for + Microseconds{1});
  const auto kept = value("select count(*) from answers");
  EXPECT_GT(kept, 0);
  stage.town.write([&](Transaction& tx, Instant at) {
    EXPECT_EQ(answers::forget_old(tx, at, 1), 1) << "no more than asked for";
    EXPECT_EQ(answers::forget_old(tx, at, 100), kept - 1);
  });
  EXPECT_EQ(value("select count(*) from answers"), 0);
}

TEST_P(IdempotencyTest, WhatIsKeptIsSealed) {
  const auto ticket = take(device);
  std::string kept;
  stage.town.read([&](Snapshot& snapshot, Instant) {
    snapshot.sql().query("select scope, route, key, body_hash, body from answers", {},
                         [&](storage::Rows& rows) {
                           for (int column = 0; column < 4; ++column) kept += rows.text(column);
                           const auto body = rows.bytes(4);
                           kept.append(reinterpret_cast<const char*>(body.data), body.size);
                         });
  });
  EXPECT_THAT(kept, HasSubstr("take_ticket"));
  for (const auto& secret :
       {ticket.text("token"), device.device, std::string{"A001"}, std::string{"192.0.2.1"}}) {
    EXPECT_THAT(kept, Not(HasSubstr(secret)));
  }
}

TEST_P(IdempotencyTest, WithoutAKeyEachRequestIsItsOwn) {
  const auto once = take(device, transfer, {});
  EXPECT_FALSE(once.headers.at("idempotency-key").empty());
  EXPECT_EQ(take(device, transfer, {}).problem(), "too_many_tickets");
}

TEST_P(IdempotencyTest, WhatShowsPersonalDataAndWhatSetsASessionIsNotKept) {
  const auto taken_in =
      stage.take_in("officer1", 1, R"(,"applicant":{"name":"Somebody","phone":"13800000000"})");
  const auto kept = value("select count(*) from answers");
  stage.post("officer1", Stage::case_path(taken_in, "/applicant"), R"({"purpose":"to call back"})", with_key);
  stage.town.call("POST", "/api/session", R"({"username":"officer1","password":"window-and-door"})",
                  with_key);
  EXPECT_EQ(value("select count(*) from answers"), kept);
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(IdempotencyTest);

}  // namespace doorstep::testing
