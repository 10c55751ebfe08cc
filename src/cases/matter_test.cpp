#include "cases/matter.hpp"

#include <functional>

#include <gmock/gmock.h>

#include "base/enums.hpp"
#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

MatterDefinition sound() {
  return {.key = "sample",
          .name = {},
          .summary = {},
          .authority = {},
          .promised_working_days = 5,
          .materials = {{"letter", {}, {}, false}, {"card", {}, {}, true}},
          .steps = {{"begin", {}, {}, Phase::submitted, {"end"}}, {"end", {}, {}, Phase::done, {}}},
          .advice = {},
          .source = {}};
}

TEST(Matters, AreSoundOrSayWhereTheyAreNot) {
  EXPECT_FALSE(find_fault(sound()));
  const struct {
    const char* what;
    const char* path;
    std::function<void(MatterDefinition&)> spoil;
  } faults[] = {
      {"no key", "key", [](auto& m) { m.key.clear(); }},
      {"no steps", "steps", [](auto& m) { m.steps.clear(); }},
      {"begins at an end", "steps[0].phase", [](auto& m) { m.steps.erase(m.steps.begin()); }},
      {"promises no day", "promised_working_days", [](auto& m) { m.promised_working_days = 0; }},
      {"a step twice", "steps[2].key", [](auto& m) { m.steps.push_back(m.steps[1]); }},
      {"a way to nowhere", "steps[0].next", [](auto& m) { m.steps[0].next.emplace_back("elsewhere"); }},
      {"a dead end", "steps[0].next", [](auto& m) { m.steps[0].next.clear(); }},
      {"an end that goes on", "steps[1].next", [](auto& m) { m.steps[1].next.emplace_back("begin"); }},
      {"a material twice", "materials[1].key", [](auto& m) { m.materials[1].key = "letter"; }},
  };
  for (const auto& fault : faults) {
    SCOPED_TRACE(fault.what);
    auto matter = sound();
    fault.spoil(matter);
    const auto found = find_fault(matter);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, fault.path) << found->what;
  }
}

TEST(Matters, EndInThreeWays) {
  const Phase ends[] = {Phase::done, Phase::refused, Phase::withdrawn};
  for (const auto phase : {Phase::draft, Phase::submitted, Phase::in_work, Phase::waiting_for_resident,
                           Phase::waiting_for_other, Phase::done, Phase::refused, Phase::withdrawn}) {
    EXPECT_EQ(is_over(phase), std::ranges::find(ends, phase) != std::end(ends)) << name_of(phase);
  }
}

class TownMatters : public testing::CaseTest {};

TEST_P(TownMatters, SayWhatTheyNeedAndWhoDoesWhat) {
  const auto matter = town.call("GET", "/api/matters/transfer");
  EXPECT_EQ(matter.text("name.en"), "Transfer in");
  EXPECT_EQ(matter.number("promised_working_days"), 5);
  EXPECT_THAT(testing::texts_in(matter.at("materials"), "key"), ::testing::ElementsAre("letter", "card"));
  EXPECT_THAT(testing::texts_in(matter.at("steps"), "key"),
              ::testing::ElementsAre("taken_in", "review", "done", "refused"));
  EXPECT_EQ(town.call("GET", "/api/matters/wedding").problem(), "no_such_matter");
}

// How the queries of cases find their rows: years of cases cost the next one nothing.
TEST_P(TownMatters, AndTheirCasesAreFoundWithoutAScan) {
  CaseId id;
  for (int i = 0; i < 20; ++i) id = open("officer1");
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  std::string token;
  town.read([&](Snapshot& snapshot, Instant) { token = token_of(snapshot, id); });
  const auto reads_plans = [&](auto&& work) { testing::read_plans(town, work); };
  reads_plans([&](Transaction& tx) { read_case(tx, caller, {id}); });
  reads_plans([&](Transaction& tx) { read_progress(tx, caller, {token}); });
  reads_plans(
      [&](Transaction& tx) { list_cases(tx, caller, {.venue = venue(), .cursor = {}, .limit = {}}); });
  reads_plans([&](Transaction& tx) { listen_to_case(tx, caller, token); });
  reads_plans([&](Transaction& tx) { accept_case(tx, caller, {id, 1}); });
  reads_plans([&](Transaction& tx) { advance_case(tx, caller, {id, 1, "refused", "备注"}); });
  reads_plans([&](Transaction& tx) { pass_promise(tx, caller, to_string(id), "{}"); });
  reads_plans([&](Transaction& tx) {
    const OpenCase wish{.matter = "transfer",
                        .venue = venue(),
                        .materials_received = {"letter"},
                        .applicant = Applicant{"示例 王秀英", "13900000000"},
                        .note = {}};
    const auto opened = open_case(tx, caller, wish);
    EXPECT_TRUE(look_at_applicant(tx, caller, {opened.id, "核对"}));
  });
}

DOORSTEP_ON_ALL_ENGINES(TownMatters);

}  // namespace
}  // namespace doorstep::cases
