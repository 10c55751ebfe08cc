// The N-th call of the engine fails during a write, for N = 1, 2, … until it
// gets through. Each time all of it was done or nothing, the answer says that it
// may be sent again, and sending it again with its key does it once.
#include <gmock/gmock.h>

#include "contract/stage.hpp"
#include "storage/testing.hpp"

namespace doorstep::testing {

namespace {

using storage::Fault;
using ::testing::AnyOf;

class FaultsTest : public ::testing::TestWithParam<std::tuple<storage::Engine, Fault>> {
 protected:
  FaultsTest() : stage(std::get<0>(GetParam())) {}

  std::int64_t count(const std::string& what) {
    std::int64_t found = 0;
    stage.town.read([&](Snapshot& snapshot, Instant) {
      found = snapshot.value<std::int64_t>("select count(*) from " + what);
    });
    return found;
  }

  void expect_consistent() {
    stage.town.read([](Snapshot& snapshot, Instant) {
      const auto value = [&](const char* statement) { return snapshot.value<std::int64_t>(statement); };
      EXPECT_EQ(value("select seq from journal_head"), value("select count(*) from events"));
      EXPECT_EQ(value("select seq from journal_head"), value("select coalesce(max(seq), 0) from events"));
      EXPECT_GT(value("select next_id from journal_head"), value("select coalesce(max(id), 0) from tickets"));
      EXPECT_GT(value("select next_id from journal_head"),
                value("select coalesce(max(id), 0) from case_history"));
    });
  }

  // Sends `write` under each failure; a success adds one row to `table` and `events` events.
  void fail_everywhere(const std::string& table, std::int64_t events, const std::function<void()>& before,
                       const std::function<Answer(const Sent& with_key)>& write) {
    bool through = false;
    for (int nth = 1; !through; ++nth) {
      ASSERT_LT(nth, 200);
      SCOPED_TRACE("call " + std::to_string(nth));
      before();
      const auto rows = count(table);
      const auto told = count("events");
      const Sent with_key{.headers = {{"idempotency-key", "0123456789abcdef-" + std::to_string(nth)}}};

      storage::testing::fail_at(stage.town.store(), nth, std::get<1>(GetParam()));
      const auto first = write(with_key);
      through = storage::testing::failure_waits(stage.town.store());
      storage::testing::fail_at(stage.town.store(), 0, Fault::statement);
      EXPECT_THAT(first.status, AnyOf(201, 503)) << first.problem();
      EXPECT_THAT(count(table), AnyOf(rows, rows + 1));
      if (first.status == 201) {
        EXPECT_EQ(count(table), rows + 1);
      }
      if (first.problem() == "storage_unavailable") {
        EXPECT_EQ(count(table), rows) << "it said that nothing was done";
      }

      const auto again = write(with_key);
      EXPECT_EQ(again.status, 201) << again.problem();
      if (first.status == 201) {
        EXPECT_EQ(again.body, first.body);
      }
      EXPECT_EQ(count(table), rows + 1) << "done once";
      EXPECT_EQ(count("events"), told + events) << "and told once";
      expect_consistent();
    }
  }

  Stage stage;
};

TEST_P(FaultsTest, ATicketIsTakenOnceOrNotAtAll) {
  Browser device;
  int devices = 0;
  fail_everywhere(
      "tickets", 1, [&] { device.device = "device-" + std::to_string(++devices); },
      [&](const Sent& with_key) {
        return stage.town.call(device, "POST", stage.hall("/tickets"), R"({"service":"transfer"})", with_key);
      });
}

TEST_P(FaultsTest, ACaseIsTakenInOnceOrNotAtAll) {
  stage.open("officer1", 1);
  fail_everywhere(
      "cases", 2,
      [&] {
        stage.post("officer1", stage.window(1, "/finish"));
        stage.serve("officer1", 1);
      },
      [&](const Sent& with_key) {
        return stage.post("officer1", stage.window(1, "/cases"),
                          R"({"matter":"transfer","materials_received":["letter"],)"
                          R"("applicant":{"name":"A","phone":"13800000000"}})",
                          with_key);
      });
  EXPECT_EQ(count("outbox"), count("cases")) << "each applicant is told once";
  EXPECT_EQ(count("timers where kind = 'case_deadlines'"), count("cases"));
}

std::string fault_name(const ::testing::TestParamInfo<FaultsTest::ParamType>& info) {
  const auto& [engine, fault] = info.param;
  const std::string name = fault == Fault::statement     ? "statement"
                           : fault == Fault::transaction ? "transaction"
                                                         : "answer";
  return name + (engine == storage::Engine::sqlite ? "_sqlite" : "_postgres");
}

INSTANTIATE_TEST_SUITE_P(engines, FaultsTest,
                         ::testing::Combine(::testing::ValuesIn(engines()),
                                            ::testing::Values(Fault::statement, Fault::transaction,
                                                              Fault::answer)),
                         fault_name);

}  // namespace

}  // namespace doorstep::testing
