// The table itself, with rows of its own over a small town: what a row states is held against what happens.
#include "api/api.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include <gmock/gmock.h>

#include "api/page.hpp"
#include "base/problem.hpp"
#include "http/head_parser.hpp"
#include "testing/small_town.hpp"

namespace doorstep::api {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Look {
  std::int32_t times = 0;
};
BOOST_DESCRIBE_STRUCT(Look, (), (times))

struct Change {
  std::int32_t times = 0;
};
BOOST_DESCRIBE_STRUCT(Change, (), (times))

struct Prepare {
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Prepare, (), (number))

struct Shown {
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (number))

struct Failing {
  std::string how;
};
BOOST_DESCRIBE_STRUCT(Failing, (), (how))

void ask(Snapshot& snapshot, int times) {
  for (int i = 0; i < times; ++i) snapshot.value<std::int64_t>("select count(*) from windows");
}

class ApiTest : public testing::SmallTownTest {
 public:
  ApiTest()
      : feed(town.journal()),
        strict(town.journal(), feed, {.strict = true}),
        lenient(town.journal(), feed, {}) {
    for (auto* api : {&strict, &lenient}) add_rows(*api);
  }
  ~ApiTest() override { feed.stop(); }

 protected:
  static void add_rows(Api& api) {
    api.section("test", "For tests.");
    api.read<Look, Shown>("/api/look",
                          [](Snapshot& snapshot, const Caller&, const Look& wish) {
                            ask(snapshot, wish.times);
                            return Shown{wish.times};
                          },
                          {.who = anyone, .summary = "Look", .queries = 2});
    api.write<Change, Shown>("POST", "/api/change",
                             [](Transaction& tx, const Caller&, const Change& wish) {
                               ask(tx, wish.times);
                               tx.run("update windows set version = version + 1");
                               return Shown{wish.times};
                             },
                             {.who = anyone, .summary = "Change", .queries = 3});
    api.write<Failing, Nothing>(
        "POST", "/api/fail",
        [](Transaction& tx, const Caller&, const Failing& wish) -> Nothing {
          tx.run("update windows set version = version + 1");
          if (wish.how == "declared") throw Problem{"queue_empty"};
          if (wish.how == "undeclared") throw Problem{"window_busy"};
          if (wish.how == "constraint")
            tx.run("insert into journal_head (one, seq, at, next_id) values (1, 1, 1, 1)");
          throw std::runtime_error{"a secret of the house"};
        },
        {.who = anyone, .summary = "Fail", .problems = {"queue_empty"}, .queries = 5});
    api.prepared_write<Prepare, Shown>(
        "POST", "/api/prepare",
        [](Snapshot&, const Caller&, const Prepare& wish) {
          if (wish.number == 1) throw Problem{"queue_empty"};
          return wish.number;
        },
        [](int fact, const Prepare&) {
          if (fact == 2) throw std::runtime_error{"no luck"};
          return fact * 10;
        },
        [](Transaction&, const Caller&, const Prepare& wish, int prepared) {
          return Shown{wish.number + prepared};
        },
        {.who = anyone, .summary = "Prepare", .problems = {"queue_empty"}, .queries = 0, .success = 201});
  }

  http::Response send(Api& api, const std::string& method, const std::string& target,
                      const std::string& body = "") {
    const auto head =
        method + ' ' + target + " HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n\r\n";
    http::Request request;
    http::Fields fields;
    http::Head parsed;
    EXPECT_TRUE(http::parse_head(head, request, fields, parsed));
    request.fields = &fields;
    request.body = body;
    request.remote = "192.0.2.1";
    std::promise<http::Response> promise;
    auto later = promise.get_future();
    http::Reply reply = [&](http::Response&& response) { promise.set_value(std::move(response)); };
    auto now = api.handle(request, reply);
    return now ? std::move(*now) : later.get();
  }

  std::int64_t window_versions() {
    std::int64_t sum = 0;
    town.read([&](Snapshot& snapshot, Instant) {
      sum = snapshot.value<std::int64_t>("select cast(sum(version) as bigint) from windows");
    });
    return sum;
  }

  Feed feed;
  Api strict, lenient;
};

TEST_P(ApiTest, ACostThatIsStatedMayBeSpent) {
  EXPECT_EQ(send(strict, "GET", "/api/look?times=2").status, 200);
  EXPECT_EQ(send(strict, "POST", "/api/change", R"({"times":2})").status, 200);
}

TEST_P(ApiTest, AnOverdrawnCostFailsWhereItIsTested) {
  const auto before = window_versions();
  const auto read = send(strict, "GET", "/api/look?times=3");
  EXPECT_EQ(read.status, 500);
  EXPECT_THAT(read.body, HasSubstr("internal_error"));
  EXPECT_EQ(send(strict, "POST", "/api/change", R"({"times":3})").status, 500);
  EXPECT_EQ(window_versions(), before) << "and is rolled back";
}

TEST_P(ApiTest, AnOverdrawnCostIsOnlyNotedWhereItServes) {
  EXPECT_EQ(send(lenient, "GET", "/api/look?times=3").status, 200);
  EXPECT_EQ(send(lenient, "POST", "/api/change", R"({"times":3})").status, 200);
}

TEST_P(ApiTest, AnUndeclaredProblemFailsWhereItIsTested) {
  EXPECT_EQ(send(strict, "POST", "/api/fail", R"({"how":"declared"})").status, 409);
  EXPECT_EQ(send(strict, "POST", "/api/fail", R"({"how":"undeclared"})").status, 500);
  const auto answer = send(lenient, "POST", "/api/fail", R"({"how":"undeclared"})");
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(answer.body, HasSubstr("window_busy"));
}

TEST_P(ApiTest, ABugTellsAStrangerNothing) {
  const auto before = window_versions();
  for (const auto* how : {"bug", "constraint"}) {
    const auto answer = send(lenient, "POST", "/api/fail", std::string{R"({"how":")"} + how + "\"}");
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, HasSubstr("internal_error"));
    EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("secret")));
    EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("journal_head")));
  }
  EXPECT_EQ(window_versions(), before);
}

TEST_P(ApiTest, SlowWorkStandsBetweenFactsAndCommand) {
  const auto answer = send(strict, "POST", "/api/prepare", R"({"number":7})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, R"({"number":77})");
  EXPECT_EQ(send(strict, "POST", "/api/prepare", R"({"number":1})").status, 409) << "the facts refuse";
  EXPECT_EQ(send(strict, "POST", "/api/prepare", R"({"number":2})").status, 500) << "the work fails";
}

TEST_P(ApiTest, ItsEndWaitsForWhatTheStoreIsStillAtWorkWith) {
  std::promise<void> begun, gate;
  std::atomic<bool> over = false;
  auto api = std::make_unique<Api>(town.journal(), feed, ApiOptions{});
  api->section("test", "For tests.");
  api->write<Change, Shown>("POST", "/api/slow",
                            [&](Transaction&, const Caller&, const Change&) {
                              begun.set_value();
                              gate.get_future().wait();
                              over = true;
                              return Shown{};
                            },
                            {.who = anyone, .summary = "Take time"});
  const std::jthread asking{
      [&] { EXPECT_EQ(send(*api, "POST", "/api/slow", R"({"times":1})").status, 200); }};
  begun.get_future().wait();
  const std::jthread opening{[&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});  // long enough to end too early
    gate.set_value();
  }};
  api.reset();
  EXPECT_TRUE(over);
}

TEST_P(ApiTest, WhoObservesIsToldOfEachAnswer) {
  std::vector<std::string> told;
  ApiOptions options{.observer = [&](const Observed& observed) {
    told.push_back((observed.route ? observed.route->name : "nothing") + ' ' + std::string{observed.method} +
                   ' ' + std::to_string(observed.status) + ' ' + std::string{observed.problem} + ' ' +
                   std::to_string(observed.statements));
  }};
  Api api{town.journal(), feed, std::move(options)};
  add_rows(api);
  send(api, "GET", "/api/look?times=2");
  send(api, "GET", "/api/look?times=x");
  send(api, "POST", "/api/fail", R"({"how":"declared"})");
  send(api, "GET", "/api/none");
  EXPECT_THAT(told, ElementsAre("look GET 200  2", "look GET 400 wrong_type 0",
                                "failing POST 409 queue_empty 0", "nothing GET 404  0"));
}

TEST(WorkPool, DoesWhatItTakesAndRefusesWhatIsTooMuch) {
  WorkPool pool{1, 2};
  std::promise<void> gate, begun;
  auto opened = gate.get_future();
  EXPECT_TRUE(pool.post([&] {
    begun.set_value();
    opened.wait();
  }));
  begun.get_future().wait();
  std::promise<void> done;
  EXPECT_TRUE(pool.post([] {}));
  EXPECT_TRUE(pool.post([&] { done.set_value(); }));
  EXPECT_FALSE(pool.post([] {})) << "two wait already";
  gate.set_value();
  done.get_future().wait();
}

TEST(Router, PrefersWhatIsFixedAndFallsBackToParameters) {
  Router router;
  router.add("GET", "/api/halls/{hall}", 1);
  router.add("GET", "/api/halls/nearest", 2);
  router.add("POST", "/api/halls/{hall}/tickets", 3);
  router.add("GET", "/api/halls/nearest/{by}", 4);
  EXPECT_EQ(router.find("GET", "/api/halls/hl_1").target, 1U);
  EXPECT_THAT(router.find("GET", "/api/halls/hl_1").values, ElementsAre("hl_1"));
  EXPECT_EQ(router.find("GET", "/api/halls/nearest").target, 2U);
  const auto back = router.find("POST", "/api/halls/nearest/tickets");
  EXPECT_TRUE(back.path_known);
  EXPECT_FALSE(back.method_known) << "the fixed way was taken, and it knows only GET";
  EXPECT_EQ(back.allow, "GET, HEAD");
  EXPECT_THROW(router.add("GET", "/api/halls/{other}", 5), std::logic_error);
}

TEST(Page, CursorsAreOnlyThoseThatWereGiven) {
  EXPECT_EQ(page_after(std::nullopt), 0);
  EXPECT_EQ(page_after(cursor_after(77)), 77);
  for (const auto* bad : {"", "77", "c_", "c_01", "hl_3", "c_zzzzzzzzzzzzzzzz"}) {
    EXPECT_THROW(page_after(bad), Problem) << bad;
  }
  EXPECT_EQ(page_limit(std::nullopt), 50);
  EXPECT_EQ(page_limit(100), 100);
  for (const int bad : {0, -1, 101}) EXPECT_THROW(require_page(bad), Problem) << bad;
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(engines, ApiTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace doorstep::api
