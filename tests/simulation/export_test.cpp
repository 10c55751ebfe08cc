// A town that has lived some days leaves, comes in on any engine, and leaves again: the same files, byte for
// byte, but for the instant at which they were made.
#include "app/export.hpp"

#include <gmock/gmock.h>

#include "identity/identity.hpp"
#include "simulation/simulation.hpp"
#include "testing/empty_town.hpp"

namespace doorstep::testing {

namespace {

std::string without_instant(const std::string& summary) {
  const auto from = summary.find("\"made_at\"");
  return summary.substr(0, from) + summary.substr(summary.find('\n', from));
}

void expect_same(std::map<std::string, std::string> first, std::map<std::string, std::string> second) {
  for (auto* contents : {&first, &second})
    (*contents)["town.json"] = without_instant((*contents)["town.json"]);
  for (const auto& [name, content] : first) {
    ASSERT_TRUE(second.contains(name)) << name;
    // Not by EXPECT_EQ: what it would print of a book is no help.
    EXPECT_TRUE(content == second[name]) << name << " is another: " << content.substr(0, 2'000) << "\n\n"
                                         << second[name].substr(0, 2'000);
  }
  EXPECT_EQ(first.size(), second.size());
}

class LeavingTest : public ::testing::TestWithParam<std::tuple<storage::Engine, storage::Engine>> {};

TEST_P(LeavingTest, AndComingInGiveTheSameTown) {
  const auto [from, to] = GetParam();
  Simulation simulation{from, 20'261'130};
  const int days = from == storage::Engine::sqlite ? 8 : 6;
  for (int day = 0; day < days && !HasFailure(); ++day)
    simulation.play_day(from == storage::Engine::sqlite ? steps_a_day : steps_a_day / 2);
  auto& town = simulation.world().town;
  const TemporaryFolder folder;
  auto& files = town.files();
  for (const std::string content : {"", "一", "二"}) {
    const auto address = files.put(std::vector<unsigned char>{content.begin(), content.end()}, "text/plain");
    town.write([&](Transaction& tx, Instant) { doorstep::files::keep(tx, address); });
  }

  const auto report = app::export_town(town.journal(), files, folder.path() / "first");
  EXPECT_GT(report.rows, 200);
  EXPECT_GE(report.files, 3) << "and what clerks uploaded";
  EmptyTown there{to};
  const auto taken_in = app::take_in_export(there.journal(), there.files(), folder.path() / "first");
  EXPECT_EQ(taken_in.rows, report.rows);
  EXPECT_EQ(taken_in.files, report.files);
  app::export_town(there.journal(), there.files(), folder.path() / "second");
  expect_same(contents_of(folder.path() / "first"), contents_of(folder.path() / "second"));

  // What did not go along was made anew, as much of it.
  for (const auto* table : {"person_marks", "person_keys"}) {
    std::int64_t before = 0;
    const auto count = std::string{"select count(*) from "} + table;
    town.read([&](Snapshot& snapshot, Instant) { before = snapshot.value<std::int64_t>(count); });
    EXPECT_GT(before, 0);
    EXPECT_EQ(there.value<std::int64_t>(count), before) << table;
  }
  EXPECT_EQ(there.value<std::int64_t>("select count(*) from person_marks m join persons p on p.id = m.person"
                                      " where m.root <> coalesce(p.merged_into, p.id)"),
            0);
  there.journal().read_now([](Snapshot& snapshot, Instant) {
    identity::AuditWalk walk;
    while (!walk.done) identity::walk_audit(snapshot, walk);
    EXPECT_EQ(walk.broken, std::nullopt);
  });
}

std::string ways(const ::testing::TestParamInfo<std::tuple<storage::Engine, storage::Engine>>& info) {
  const auto name = [](storage::Engine engine) {
    return engine == storage::Engine::sqlite ? std::string{"sqlite"} : std::string{"postgres"};
  };
  return name(std::get<0>(info.param)) + "_to_" + name(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(engines, LeavingTest,
                         ::testing::Combine(::testing::ValuesIn(engines()), ::testing::ValuesIn(engines())),
                         ways);

}  // namespace

}  // namespace doorstep::testing
