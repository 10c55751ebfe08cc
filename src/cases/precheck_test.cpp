#include "cases/precheck.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// From far away by a letter, or from near without one; who has no card may bring it later.
MatterDefinition asking() {
  return {
      .key = "asking",
      .name = {"转入", "Transfer in"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials = {{"card", {"身份证", "Card"}, {}, true},
                    {"letter",
                     {"介绍信", "Letter"},
                     {"原件", "The original"},
                     false,
                     std::vector<Condition>{{"from", {"far"}}, {"by", {"paper"}}},
                     Text{"盖章的", "With a seal"},
                     true}},
      .steps = {{"begin", {}, {}, Phase::submitted, {"end"}}, {"end", {}, {}, Phase::done, {}}},
      .advice = {},
      .source = {"示例", "Sample"},
      .legal = LegalLimit{30, {"条例", "Regulation"}},
      .follow_working_days = 10,
      .questions = std::vector<Question>{{"from", {"哪里来", "From where"}, {}, {{"near", {}}, {"far", {}}}},
                                         {"by",
                                          {"怎么转", "How"},
                                          {},
                                          {{"system", {}}, {"paper", {}}},
                                          std::vector<Condition>{{"from", {"far"}}}}},
      .trip = std::vector<TripRule>{{std::vector<Condition>{{"by", {"paper"}}}, true, {"带信", "The letter"}},
                                    {{}, false, {"不用来", "No need"}}},
      .finds_branch = true};
}

std::vector<std::string> keys_of(const std::vector<ToBring>& bring) {
  std::vector<std::string> keys;
  for (const auto& each : bring) keys.push_back(each.key);
  return keys;
}

TEST(Precheck, AsksOneAfterAnotherAndThenSaysAll) {
  const struct {
    Answers answers;
    std::string next;  // or the outcome:
    std::vector<std::string> bring;
    bool trip = false;
  } table[] = {{{}, "from", {}},
               {{{"from", "far"}}, "by", {}},
               {{{"from", "near"}}, "", {"card"}},
               {{{"from", "far"}, {"by", "system"}}, "", {"card"}},
               {{{"from", "far"}, {"by", "paper"}}, "", {"card", "letter"}, true},
               // Whoever went back and answered otherwise is not asked for what they said before.
               {{{"from", "near"}, {"by", "paper"}}, "", {"card"}},
               {{{"by", "paper"}}, "from", {}},
               // Of another edition.
               {{{"from", "the moon"}}, "from", {}},
               {{{"from", "near"}, {"gone", "yes"}}, "", {"card"}}};
  for (const auto& row : table) {
    const auto view = precheck(asking(), row.answers);
    EXPECT_EQ(view.next ? view.next->key : "", row.next);
    ASSERT_EQ(view.outcome.has_value(), row.next.empty());
    if (!view.outcome) continue;
    EXPECT_EQ(keys_of(view.outcome->bring), row.bring);
    EXPECT_EQ(view.outcome->trip_needed, row.trip);
  }
}

TEST(Precheck, SaysOfEachPaperWhetherAPhotoWillDoAndWhetherItMayFollow) {
  auto matter = asking();
  const Answers answers{{"from", "far"}, {"by", "paper"}};
  const auto outcome = precheck(matter, answers).outcome.value();
  EXPECT_TRUE(outcome.bring[0].may_follow);
  EXPECT_FALSE(outcome.bring[0].from_home);
  EXPECT_FALSE(outcome.bring[1].may_follow);
  EXPECT_TRUE(outcome.bring[1].from_home);
  EXPECT_EQ(outcome.bring[1].example.value().en, "With a seal");
  EXPECT_EQ(outcome.trip.value().en, "The letter");
  EXPECT_EQ(outcome.legal.value().working_days, 30);
  EXPECT_TRUE(outcome.finds_branch);
  matter.follow_working_days.reset();  // it does not offer that
  EXPECT_FALSE(precheck(matter, answers).outcome.value().bring[0].may_follow);
}

TEST(Precheck, SaysWhetherItMayBeAskedForFromAPhone) {
  auto matter = asking();
  const Answers answers{{"from", "near"}};
  EXPECT_FALSE(precheck(matter, answers).outcome.value().from_phone);
  matter.form = {{{.key = "what", .kind = FieldKind::text, .ask = {"什么", "What"}}}};
  EXPECT_TRUE(precheck(matter, answers).outcome.value().from_phone);
  matter.form->clear();
  EXPECT_FALSE(precheck(matter, answers).outcome.value().from_phone);
}

TEST(Precheck, OfAMatterWithoutQuestionsOrRulesSaysToCome) {
  auto matter = asking();
  matter.questions.reset();
  matter.trip.reset();
  matter.materials.pop_back();
  const auto view = precheck(matter, {});
  ASSERT_TRUE(view.outcome);
  EXPECT_TRUE(view.outcome->trip_needed);
  EXPECT_EQ(view.outcome->trip, std::nullopt);
  EXPECT_THAT(view.answered, IsEmpty());
}

class TownPrecheck : public testing::CaseTest {
 protected:
  void put(const MatterDefinition& matter) {
    town.write([&](Transaction& tx, Instant at) { put_matter(tx, matter, at); });
  }
};

TEST_P(TownPrecheck, IsAskedByAddressAndSaysWhereItIsTakenIn) {
  auto matter = asking();
  matter.key = "transfer";  // as the hall has it
  put(matter);
  const auto asked = town.call("GET", "/api/matters/transfer/precheck");
  EXPECT_EQ(asked.text("next.key"), "from");
  EXPECT_TRUE(asked.at("outcome").is_null());
  const auto said = town.call("GET", "/api/matters/transfer/precheck?answers=from:far,by:paper");
  EXPECT_TRUE(said.at("next").is_null());
  EXPECT_THAT(testing::texts_in(said.at("answered"), "question"), ElementsAre("from", "by"));
  EXPECT_THAT(testing::texts_in(said.at("outcome.bring"), "key"), ElementsAre("card", "letter"));
  EXPECT_THAT(testing::texts_in(said.at("outcome.taken_at"), "hall"), ElementsAre(town.hall));
  EXPECT_THAT(testing::texts_in(said.at("outcome.taken_at"), "service"), ElementsAre("transfer"));
  EXPECT_TRUE(said.at("outcome.taken_at").as_array()[0].at("open").as_bool());
  EXPECT_EQ(town.call("GET", "/api/matters/transfer/precheck?answers=far").problem(), "bad_query");
  EXPECT_EQ(town.call("GET", "/api/matters/flying/precheck").problem(), "no_such_matter");
}

TEST_P(TownPrecheck, SaysSoWhenNoHallTakesItIn) {
  put(asking());
  const auto said = town.call("GET", "/api/matters/asking/precheck?answers=from:near");
  EXPECT_THAT(said.at("outcome.taken_at").as_array(), IsEmpty());
}

DOORSTEP_ON_ALL_ENGINES(TownPrecheck);

}  // namespace
}  // namespace doorstep::cases
