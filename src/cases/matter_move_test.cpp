// Cases that are under way go on by a matter's new definition, where that is safe.
#include "cases/matter_move.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/unit_matter.hpp"

namespace doorstep::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Moves : public testing::CaseTest {
 protected:
  void put(const MatterDefinition& matter) {
    town.write([&](Transaction& tx, Instant at) { put_matter(tx, matter, at); });
  }
  // The same with another word in it.
  static MatterDefinition changed() {
    auto matter = testing::relief();
    matter.summary = {"示例，新的", "Sample, new"};
    return matter;
  }
  MovedCases moved(bool dry_run = false, CaseId after = {}) {
    MovedCases report;
    town.write([&](Transaction& tx, Instant at) {
      Caller nobody;
      nobody.at = at;
      report = move_cases(tx, nobody, {.matter = of, .after = after, .dry_run = dry_run});
    });
    return report;
  }
  std::string of = "relief";
  std::string definition(CaseId id) {
    return value<std::string>("select definition from cases where id = :id", {{"id", id}});
  }
  std::string current() { return value<std::string>("select hash from matters where key = 'relief'"); }
  // Why the only case stays.
  std::string stays(const MatterDefinition& matter) {
    put(matter);
    const auto report = moved();
    EXPECT_EQ(report.moved, 0);
    if (report.staying.size() != 1) return "";
    return std::string{name_of(report.staying.front().why)} + ' ' + report.staying.front().key;
  }
};

TEST_P(Moves, TakeCasesUnderWayToTheCurrentDefinitionOnce) {
  const auto open = open_relief("officer1"), over = open_relief("officer1"), other = this->open("officer1");
  advance(over, "officer1", 1, "refused");
  const auto before = definition(open), others = definition(other);
  put(changed());
  EXPECT_EQ(moved(true).moved, 1);
  EXPECT_EQ(definition(open), before) << "a dry run writes nothing";
  const auto report = moved();
  EXPECT_EQ(report.moved, 1);
  EXPECT_THAT(report.staying, IsEmpty());
  EXPECT_FALSE(report.last);
  EXPECT_EQ(definition(open), current());
  EXPECT_EQ(definition(over), before) << "what is over is history";
  EXPECT_EQ(definition(other), others);
  const auto shown = read(open, "officer1");
  EXPECT_EQ(shown.number("version"), 2);
  std::vector<std::string> texts;
  for (const auto& entry : shown.at("history").as_array())
    texts.emplace_back(entry.at("text").at("en").as_string());
  EXPECT_THAT(texts, Contains("The matter has changed; this case goes on by the new way"));
  EXPECT_EQ(moved().moved, 0);
}

TEST_P(Moves, LeaveACaseWhoseStepIsGoneOrOtherwise) {
  open_relief("officer1");
  auto matter = testing::relief();
  matter.steps.front().key = "received";
  EXPECT_EQ(stays(matter), "step taken_in");
  matter = testing::relief();
  matter.steps.front().phase = Phase::in_work;
  EXPECT_EQ(stays(matter), "step taken_in");
}

TEST_P(Moves, LeaveACaseWhosePaperIsGone) {
  const auto id = open_relief("officer1");
  act(id, "officer1", "/materials", R"({"material":"card"})");
  auto matter = testing::relief();
  std::erase_if(matter.materials, [](const Material& paper) { return paper.key == "card"; });
  EXPECT_EQ(stays(matter), "paper card");
  std::erase_if(matter.materials, [](const Material& paper) { return paper.key == "form"; });
  matter.materials.push_back({.key = "card", .name = {"身份证", "Card"}, .note = {"", ""}});
  put(matter);
  EXPECT_EQ(moved().moved, 1) << "a paper that nobody has handed in may go";
}

TEST_P(Moves, LeaveACaseThatWasToldOfAPaperThatIsGoneAndTakeOneWithAPaperOfItsOwn) {
  const auto id = open_relief("officer1");
  act(id, "officer1", "/advance", R"({"to":"check"})");
  act(id, "officer1", "/notices", R"({"materials":["letter"],"others":["户口簿复印件"]})");
  auto matter = testing::relief();
  std::erase_if(matter.materials, [](const Material& paper) { return paper.key == "letter"; });
  EXPECT_EQ(stays(matter), "paper letter");
  put(changed());
  EXPECT_EQ(moved().moved, 1);
}

TEST_P(Moves, LeaveACaseWhoseUnitIsGone) {
  of = "relay";
  auto matter = testing::relay_matter();
  put(matter);
  const auto id = open("officer1", {.matter = "relay",
                                    .venue = venue(),
                                    .materials_received = {},
                                    .applicant = std::nullopt,
                                    .note = std::nullopt});
  const auto named = town.call(as("officer1"), "PUT", path(id, "/units/district"),
                               R"({"name":"示例区办公室"})", testing::if_match(1));
  EXPECT_EQ(named.status, 200) << named.problem();
  std::erase_if(*matter.units, [](const Unit& unit) { return unit.key == "district"; });
  std::erase_if(matter.steps, [](const StepDefinition& step) { return step.key == "with_district"; });
  for (auto& step : matter.steps) std::erase(step.next, "with_district");
  EXPECT_EQ(stays(matter), "unit district");
}

TEST_P(Moves, LeaveACaseThatWasGivenToASystemWhichDoesNotDecideItAnyMore) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(act(id, "officer1", "/system/reference", R"({"reference":"DY-1"})").problem(), "");
  auto matter = testing::relief();
  matter.system = OtherSystem::one_stop;
  EXPECT_EQ(stays(matter), "system member_system");
  matter.system = std::nullopt;
  EXPECT_EQ(stays(matter), "system member_system");
  put(changed());
  EXPECT_EQ(moved().moved, 1);
}

TEST_P(Moves, GoOnAfterSoManyAtOnce) {
  for (int i = 0; i < moved_at_once + 1; ++i) open_relief("officer1");
  put(changed());
  const auto first = moved();
  EXPECT_EQ(first.moved, moved_at_once);
  ASSERT_TRUE(first.last);
  const auto rest = moved(false, *first.last);
  EXPECT_EQ(rest.moved, 1);
  EXPECT_FALSE(rest.last);
}

TEST_P(Moves, KnowOnlyMattersThatAreThere) {
  town.write([&](Transaction& tx, Instant) {
    try {
      move_cases(tx, {}, {.matter = "moon"});
      ADD_FAILURE() << "there is no such matter";
    } catch (const Problem& problem) {
      EXPECT_EQ(problem.code, "no_such_matter");
    }
  });
}

TEST_P(Moves, FindTheirCasesWithoutAScan) {
  open_relief("officer1");
  put(changed());
  testing::read_plans(town, [&](Transaction& tx) { move_cases(tx, {}, {.matter = "relief"}); });
}

DOORSTEP_ON_ALL_ENGINES(Moves);

}  // namespace
}  // namespace doorstep::cases
