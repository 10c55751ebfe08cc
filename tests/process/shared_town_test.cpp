// Several processes on one town, as a city runs it on PostgreSQL.
#include <algorithm>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "app/wiring.hpp"
#include "process/browser.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;

class SharedTownTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  // The folder of another machine that serves the same town with the same key.
  fs::path another_folder(const Town& town) {
    const auto folder = town.folder() / ("other" + std::to_string(others_++));
    fs::create_directories(folder);
    fs::copy_file(town.data() / "town.key", folder / "town.key");
    return folder;
  }

 private:
  int others_ = 0;
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SharedTownTest);

TEST_P(SharedTownTest, TwoProcessesGiveEachNumberOnceAndHearEachOther) {
  const Town town{GetParam()};
  Server one{town.settings()};
  Server two{town.settings(another_folder(town))};
  const auto hall = first_hall(one.port());

  Client listener{two.port()};
  listener.send(request_text("GET", "/api/events?topics=hall:" + hall));
  ASSERT_EQ(listener.receive(true).status, 200);
  ASSERT_NE(listener.receive_until("event: reset"), "");

  constexpr int each = 60;
  std::vector<std::string> numbers;
  std::mutex mutex;
  const auto take = [&](std::uint16_t port) {
    Client client{port};
    for (int i = 0; i < each; ++i) {
      const auto answer = take_ticket(client, hall);
      EXPECT_EQ(answer.status, 201) << answer.text;
      const std::lock_guard lock{mutex};
      numbers.push_back(answer.at("number"));
    }
  };
  {
    std::vector<std::jthread> threads;
    for (const auto* server : {&one, &one, &two, &two}) threads.emplace_back(take, server->port());
  }
  EXPECT_EQ(std::set<std::string>(numbers.begin(), numbers.end()).size(), 4U * each)
      << "a number was given twice";
  const auto newest = std::ranges::max(numbers, {}, [](const std::string& number) {
    return std::stoi(number.substr(std::min<std::size_t>(1, number.size())));
  });
  EXPECT_EQ(newest, "B" + std::to_string(4 * each)) << "a number was skipped";

  // The events of all of them, those of the other process too, in order and without a gap.
  std::int64_t before = 0;
  for (int i = 0; i < 4 * each; ++i) {
    listener.receive_until("\nid: ");
    const auto seq = std::stoll("0" + listener.receive_until("\n"));
    EXPECT_TRUE(before == 0 || seq == before + 1) << seq << " after " << before;
    before = seq;
  }
  EXPECT_EQ(one.stop().status, 0);
  EXPECT_EQ(two.stop().status, 0);
  const auto checked = town.check();
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST_P(SharedTownTest, ATicketOfOneProcessIsKnownToTheOther) {
  const Town town{GetParam()};
  Server one{town.settings()};
  Server two{town.settings(another_folder(town))};
  Client client{one.port()};
  const auto hall = first_hall(one.port());
  const auto ticket = take_ticket(client, hall, "the-same-key-at-both");
  ASSERT_EQ(ticket.status, 201) << ticket.text;
  EXPECT_EQ(ask(two.port(), "GET", "/api/tickets/" + ticket.at("token")).at("number"), ticket.at("number"));
  Client other{two.port()};
  EXPECT_EQ(take_ticket(other, hall, "the-same-key-at-both").text, ticket.text);
}

TEST_P(SharedTownTest, TenProcessesMigrateAtOnce) {
  const Town town{GetParam(), false};
  std::vector<std::unique_ptr<Process>> processes;
  for (int i = 0; i < 10; ++i) {
    processes.push_back(std::make_unique<Process>(DOORSTEP_PROGRAM, Words{"migrate"} + town.settings()));
  }
  std::size_t steps = 0;
  for (auto& process : processes) {
    const auto ended = process->wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    steps += static_cast<std::size_t>(std::ranges::count(ended.out, '\n')) - 1;
  }
  EXPECT_EQ(steps, app::all_migrations().size()) << "a step was taken twice or by nobody";
  const auto imported = run(Words{"import", "network"} + town.settings() + Words{demo_town().string()});
  EXPECT_EQ(imported.status, 0) << imported.err;
}

TEST_P(SharedTownTest, AFolderWithoutTheKeyIsRefused) {
  const Town town{GetParam()};
  const auto refused =
      run(Words{"serve", "--listen", "127.0.0.1:0"} + town.settings(town.folder() / "empty"));
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("town.key"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(town.folder() / "empty" / "town.key")) << "a second key for a town that has one";
}

INSTANTIATE_TEST_SUITE_P(engines, SharedTownTest, ::testing::ValuesIn(postgres_only()), testing::engine_name);

}  // namespace
}  // namespace doorstep::process
