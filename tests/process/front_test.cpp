// What every answer bears, what those who watch the program ask for, and how soon an event is heard.
#include <algorithm>
#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "process/browser.hpp"
#include "storage/store.hpp"

namespace doorstep::process {
namespace {

using Clock = std::chrono::steady_clock;

class FrontTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  const Town town{GetParam()};
  Server server{town.settings()};
  const std::string hall = first_hall(server.port());

  static void expect_guarded(const Answer& answer, std::string_view what) {
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << what;
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << what;
    EXPECT_EQ(answer.header("strict-transport-security"), "") << what << ": this is no HTTPS";
  }
};

TEST_P(FrontTest, PagesBearAContentSecurityPolicyWithoutInlineScripts) {
  for (const auto* path : {"/", "/find", "/branch", "/t/some-token", "/console/", "/display/"}) {
    const auto page = ask(server.port(), "GET", path);
    ASSERT_EQ(page.status, 200) << path << ": the pages are built before the program (./dev build does)";
    const auto policy = page.header("content-security-policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << policy;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
    expect_guarded(page, path);
  }
}

TEST_P(FrontTest, EveryAnswerIsGuardedWhoeverGivesIt) {
  Client client{server.port()};
  expect_guarded(ask(client, "GET", "/health/live"), "at once");
  expect_guarded(ask(client, "GET", "/api/halls/" + hall + "/queue"), "from a snapshot");
  expect_guarded(take_ticket(client, hall), "later, from the writer");
  expect_guarded(ask(client, "GET", "/api/tickets/nobody-has-this"), "a problem");
  expect_guarded(ask(client, "GET", "/nothing/here"), "not found");
  expect_guarded(ask(client, "DELETE", "/"), "not allowed");
  client.send("GET nonsense\r\n\r\n");
  const auto malformed = receive(client);
  EXPECT_EQ(malformed.status, 400);
  expect_guarded(malformed, "refused by the edge");
  Client stream{server.port()};
  stream.send(request_text("GET", "/api/events?topics=hall:" + hall));
  const auto head = stream.receive(true);
  expect_guarded({head.status, head.headers, "", nullptr}, "a stream");
}

TEST_P(FrontTest, IsReadyAndSaysSo) {
  const auto ready = ask(server.port(), "GET", "/health/ready");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.text, "ready\n");
  EXPECT_EQ(ready.header("cache-control"), "no-store");
  EXPECT_EQ(ask(server.port(), "GET", "/health/live").status, 200);
  EXPECT_EQ(ask(server.port(), "GET", "/api/openapi.json").at("openapi").substr(0, 3), "3.1");
}

TEST_P(FrontTest, PromtoolFindsNothingWrongWithTheMetrics) {
  Client client{server.port()};
  take_ticket(client, hall);
  ask(client, "GET", "/nothing/here");
  const auto metrics = ask(client, "GET", "/metrics");
  ASSERT_EQ(metrics.status, 200);
  const auto checked = run_other({"promtool", "check", "metrics"}, ask(client, "GET", "/metrics").text);
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_EQ(checked.err + checked.out, "") << "it also complains without failing";
  EXPECT_NE(metrics.text.find(R"(doorstep_http_requests_total{class="2xx",route="take_ticket"} 1)"),
            std::string::npos)
      << metrics.text;
}

TEST_P(FrontTest, ACallIsHeardWithinASecond) {
  Client client{server.port()};
  const auto number = take_ticket(client, hall).at("number");
  Officer officer{server.port(), hall, 0};
  Client stream{server.port()};
  stream.send(request_text("GET", "/api/events?topics=hall:" + hall));
  ASSERT_EQ(stream.receive(true).status, 200);
  ASSERT_NE(stream.receive_until("event: reset"), "");
  const auto began = Clock::now();
  const auto called = officer.call_next();
  ASSERT_EQ(called.status, 200) << called.text;
  const auto heard = stream.receive_until(number);
  EXPECT_NE(heard.find(number), std::string::npos) << heard;
  EXPECT_LT(Clock::now() - began, 1s);
}

TEST_P(FrontTest, WhereSomebodyLivesIsNotInTheLog) {
  server.stop();
  auto settings = town.settings();
  std::ranges::replace(settings, std::string{"warning"}, std::string{"info"});
  Server logging{settings + Words{"--log-requests", "true"}};
  const auto answer = ask(logging.port(), "GET", "/api/address?text=hidden-road%2012");
  EXPECT_EQ(answer.status, 200) << answer.text;
  EXPECT_EQ(ask(logging.port(), "GET", "/api/address?text=hidden-road&more=hidden-road").status, 400);
  const auto log = logging.stop();
  EXPECT_NE(log.err.find("find_address"), std::string::npos) << log.err;
  EXPECT_EQ((log.out + log.err).find("hidden-road"), std::string::npos) << log.err;
}

INSTANTIATE_TEST_SUITE_P(engines, FrontTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

// A database that keeps its readers waiting must not keep those waiting who need nothing of it.
class SlowDatabaseTest : public ::testing::TestWithParam<storage::Engine> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SlowDatabaseTest);

TEST_P(SlowDatabaseTest, AnsweringWhetherItIsReadyHoldsNobodyUp) {
  const Town town{GetParam()};
  Server server{town.settings() + Words{"--threads", "1", "--readers", "1"}};
  const auto hall = first_hall(server.port());
  storage::Options options;
  options.url = std::string{"postgres:"} + std::getenv("DOORSTEP_TEST_PG");
  options.schema = town.settings().back();
  const auto other = storage::open_store(options);
  std::promise<void> locked, seen;
  other->write(
      [&](storage::Sql& sql) {
        sql.run("alter table halls add column later INT");
        locked.set_value();
        seen.get_future().wait_for(1'500ms);
        throw std::runtime_error("it was never meant");
      },
      [](const std::exception_ptr&) {});
  locked.get_future().wait();

  Client queue{server.port()};
  queue.send(request_text("GET", "/api/halls/" + hall + "/queue"));
  std::this_thread::sleep_for(100ms);
  Client ready{server.port()};
  ready.send(request_text("GET", "/health/ready"));
  std::this_thread::sleep_for(100ms);
  const auto began = Clock::now();
  EXPECT_EQ(ask(server.port(), "GET", "/health/live").status, 200);
  EXPECT_LT(Clock::now() - began, 1s) << "the only thread waited for the database";
  seen.set_value();
  EXPECT_EQ(receive(queue).status, 200);
  EXPECT_EQ(receive(ready).status, 200);
}

INSTANTIATE_TEST_SUITE_P(engines, SlowDatabaseTest, ::testing::ValuesIn(postgres_only()),
                         testing::engine_name);

}  // namespace
}  // namespace doorstep::process
