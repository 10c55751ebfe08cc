// kill -9 while people take tickets: whatever was acknowledged is there afterwards, and nobody gets a second
// ticket by asking again.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "process/browser.hpp"

namespace doorstep::process {
namespace {

constexpr int kills = 20;  // on all engines together
constexpr std::size_t lines = 4;
constexpr std::size_t asked_again = 20;  // of the acknowledged ones of each connection, the newest

struct Taken {
  std::string key;
  std::string text;  // the whole answer; empty: it never came
  std::string number, token;
};

class CrashTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  void serve_and_kill(int run) {
    Server server{town.settings()};
    if (hall.empty()) hall = first_hall(server.port());
    std::vector<std::vector<Taken>> taken(lines);
    {
      std::vector<std::jthread> threads;
      for (std::size_t line = 0; line < lines; ++line) {
        threads.emplace_back([&, line] {
          take_until_gone(server.port(),
                          "crash-" + std::to_string(run) + "-of-line-" + std::to_string(line) + '-',
                          taken[line]);
        });
      }
      // Not before it is well under way, however slow the machine.
      const auto before = answered.load();
      EXPECT_TRUE(http::testing::eventually([&] { return answered >= before + 2 * lines; }));
      std::this_thread::sleep_for(std::chrono::milliseconds{random() % 200});
      server.signal(SIGKILL);
      EXPECT_EQ(server.wait().status, 128 + SIGKILL);
    }
    ask_again(taken);
  }

  void take_until_gone(std::uint16_t port, const std::string& prefix, std::vector<Taken>& taken) {
    try {
      Client client{port};
      for (int n = 0;; ++n) {
        taken.push_back({prefix + std::to_string(n), {}, {}, {}});
        const auto answer = take_ticket(client, hall, taken.back().key);
        if (answer.status == 0) return;
        EXPECT_EQ(answer.status, 201) << answer.text;
        note(taken.back(), answer);
        ++answered;
      }
    } catch (const std::runtime_error&) {
      // Killed before it could be asked.
    }
  }

  static void note(Taken& one, const Answer& answer) {
    one.text = answer.text;
    one.number = answer.at("number");
    one.token = answer.at("token");
  }

  // By the same keys: an acknowledged ticket answers alike; one
  // whose answer was lost is given now or was given then.
  void ask_again(std::vector<std::vector<Taken>>& taken) {
    Server server{town.settings()};
    Client client{server.port()};
    for (auto& line : taken) {
      const auto from = line.size() > asked_again ? line.size() - asked_again : 0;
      for (auto i = from; i < line.size(); ++i) {
        auto& one = line[i];
        const auto answer = take_ticket(client, hall, one.key);
        ASSERT_EQ(answer.status, 201) << answer.text;
        if (one.text.empty()) {
          ++unanswered;
          note(one, answer);
        } else {
          EXPECT_EQ(answer.text, one.text);
        }
      }
      std::ranges::move(line, std::back_inserter(all));
    }
    EXPECT_EQ(server.stop().status, 0);
  }

  void expect_all_there() {
    Server server{town.settings()};
    Client client{server.port()};
    std::set<std::string> numbers;
    std::size_t lost = 0;
    for (const auto& one : all) {
      const auto answer = ask(client, "GET", "/api/tickets/" + one.token);
      if (answer.status != 200 || answer.at("number") != one.number) ++lost;
      EXPECT_TRUE(numbers.insert(one.number).second) << one.number << " was given twice";
    }
    EXPECT_EQ(lost, 0U) << "acknowledged tickets were lost";
    // One more shows that no number was skipped. All was within a day unless the test ran over midnight.
    const auto next = take_ticket(client, hall);
    EXPECT_EQ(std::stoul(next.at("number").substr(1)), all.size() + 1);
  }

  Town town{GetParam()};
  std::string hall;
  std::vector<Taken> all;
  std::atomic<std::size_t> answered = 0;  // before a kill
  std::size_t unanswered = 0;
  std::mt19937 random{std::random_device{}()};
};

TEST_P(CrashTest, AKilledServerLosesNothingThatItAcknowledged) {
  const int here = kills / static_cast<int>(testing::engines().size());
  for (int run = 0; run < here && !HasFatalFailure(); ++run) serve_and_kill(run);
  expect_all_there();
  const auto checked = town.check();
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  std::printf("%zu tickets acknowledged over %d kills, none lost; %zu more had no answer at first\n",
              answered.load(), here, unanswered);
}

INSTANTIATE_TEST_SUITE_P(engines, CrashTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace
}  // namespace doorstep::process
