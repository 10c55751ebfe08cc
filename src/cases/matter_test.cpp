#include "cases/matter.hpp"

#include <gmock/gmock.h>

#include "cases/deadlines.hpp"
#include "testing/application_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

class TownMatters : public testing::CaseTest {};

TEST_P(TownMatters, SayWhatTheyNeedAndWhoDoesWhat) {
  const auto matter = town.call("GET", "/api/matters/transfer");
  EXPECT_EQ(matter.text("name.en"), "Transfer in");
  EXPECT_EQ(matter.number("promised_working_days"), 5);
  EXPECT_THAT(testing::texts_in(matter.at("materials"), "key"), ::testing::ElementsAre("letter", "card"));
  EXPECT_THAT(testing::texts_in(matter.at("steps"), "key"),
              ::testing::ElementsAre("taken_in", "review", "done", "refused"));
  EXPECT_TRUE(matter.at("questions").as_array().empty());
  EXPECT_TRUE(matter.at("form").as_array().empty()) << "it is not asked for from a phone";
  EXPECT_EQ(town.call("GET", "/api/matters/wedding").problem(), "no_such_matter");
}

TEST_P(TownMatters, SayWhatTheyAskOfAPhone) {
  town.write([](Transaction& tx, Instant at) { put_matter(tx, testing::moving(), at); });
  const auto matter = town.call("GET", "/api/matters/moving");
  const auto& question = matter.at("questions").at(0);
  EXPECT_EQ(question.at("ask").at("en"), "Where from");
  EXPECT_EQ(question.at("answers").at(1).at("key"), "far");
  EXPECT_TRUE(question.at("when").is_null());
  const auto& field = matter.at("form").at(0);
  EXPECT_EQ(field.at("kind"), "day");
  EXPECT_EQ(field.at("when").at(0).at("question"), "from");
  EXPECT_EQ(field.at("refused_once_past"), "expired");
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
  reads_plans([&](Transaction& tx) { advance_case(tx, caller, {id, 1, "review", "备注", {}}); });
  reads_plans([&](Transaction& tx) { watch_deadlines(tx, caller, to_string(id), "{}"); });
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
