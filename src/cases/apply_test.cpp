// Asking for something from a phone.
#include "cases/apply.hpp"

#include <gmock/gmock.h>

#include "testing/application_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Applications = testing::ApplicationTest;

TEST_P(Applications, HaveSomebodyWhoAnswersForThemFromTheFirstMoment) {
  const auto sent = apply();
  EXPECT_EQ(sent.status, 201) << sent.problem();
  EXPECT_TRUE(sent.at("refused").is_null());
  EXPECT_EQ(sent.text("opened.reference"), "SL-2026-000001");
  EXPECT_EQ(sent.text("opened.first_contact.name"), "示例 manager") << "no post has anybody on duty";
  const auto progress = town.call("GET", "/api/cases/" + sent.text("opened.token"));
  EXPECT_EQ(progress.text("first_contact.name"), "示例 manager");
  EXPECT_EQ(progress.at("history").at(0).at("text").at("en"), "What you sent has arrived");
  EXPECT_THAT(town.message_to("13900000000"), HasSubstr("SL-2026-000001"));
}

TEST_P(Applications, GoToWhoeverIsOnDuty) {
  hold_a_post("officer2");
  EXPECT_EQ(apply().text("opened.first_contact.name"), "示例 officer2");
}

TEST_P(Applications, SayAtOnceWhatCannotBeAcceptedAndWhatHelps) {
  const auto late = apply({{"from", "far"}, {"valid_until", "2026-11-23"}});
  EXPECT_EQ(late.status, 201) << late.problem();
  EXPECT_TRUE(late.at("opened").is_null());
  EXPECT_EQ(late.text("refused.reason.en"), "The letter has expired");
  EXPECT_EQ(late.text("refused.remedy.en"), "Ask for a new one");
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 0);
  EXPECT_FALSE(apply({{"from", "far"}, {"valid_until", "2026-11-24"}}).at("opened").is_null())
      << "its last day counts";
}

TEST_P(Applications, AreRefusedWhereAnAnswerDoesNotFit) {
  const struct {
    const char* what;
    Answers answers;
    const char* problem;
    const char* field;
  } table[] = {
      {"nothing", {}, "answer_missing", "answers.from"},
      {"a question nobody asked", {{"from", "near"}, {"age", "70"}}, "unknown_answer", "answers.age"},
      {"no such choice", {{"from", "moon"}}, "unknown_answer", "answers.from"},
      {"no day", {{"from", "far"}, {"valid_until", "soon"}}, "unknown_answer", "answers.valid_until"},
      {"asked only then, and not answered", {{"from", "far"}}, "answer_missing", "answers.valid_until"},
      {"blank", {{"from", "far"}, {"valid_until", "  "}}, "answer_missing", "answers.valid_until"},
      {"neither yes nor no",
       {{"from", "near"}, {"file_checked", "perhaps"}},
       "unknown_answer",
       "answers.file_checked"},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.what);
    const auto refused = apply(row.answers);
    EXPECT_EQ(refused.problem(), row.problem);
    EXPECT_EQ(refused.text("path"), row.field);
  }
  EXPECT_EQ(apply({{"from", "near"}}).problem(), "") << "what is asked only of others may be left out";
  EXPECT_EQ(value<std::int64_t>("select count(*) from cases"), 1);
}

TEST_P(Applications, NameAMatterAndAVenueThatThereAre) {
  EXPECT_EQ(apply({{"from", "near"}}, "wedding").problem(), "no_such_matter");
  EXPECT_EQ(apply({{"from", "near"}}, "moving", "ve_9999").problem(), "no_such_venue");
}

TEST_P(Applications, FromOneBrowserAreFew) {
  auto browser = town.somewhere();
  for (int i = 0; i < applications_max; ++i) EXPECT_EQ(apply_from(browser).problem(), "") << i;
  EXPECT_EQ(apply_from(browser).problem(), "too_many_applications");
  auto other = town.somewhere();
  EXPECT_EQ(apply_from(other).problem(), "");
}

TEST_P(Applications, AreAnsweredByNobodyOnlyWhereNobodyIsLeft) {
  town.write([](Transaction& tx, Instant at) {
    tx.run("update grants set until_at = :at where role in ('centre_manager', 'administrator')",
           {{"at", at}});
  });
  EXPECT_EQ(apply().problem(), "nobody_answers");
}

TEST_P(Applications, ShowInTheListOfTheAccountThatSentThem) {
  auto resident = town.sign_in_resident("13900000001");
  const auto sent = apply_from(resident);
  const auto own = town.call(resident, "GET", "/api/my/cases");
  ASSERT_EQ(own.at("items").as_array().size(), 1U);
  const auto& listed = own.at("items").at(0);
  EXPECT_EQ(listed.at("reference"), sent.at("opened.reference"));
  EXPECT_EQ(listed.at("token"), sent.at("opened.token"));
  EXPECT_EQ(listed.at("step").at("en"), "Taken in");
  auto other = town.sign_in_resident("13900000002");
  EXPECT_TRUE(town.call(other, "GET", "/api/my/cases").at("items").as_array().empty());
  EXPECT_EQ(town.call("GET", "/api/my/cases").problem(), "not_signed_in");
}

TEST_P(Applications, ShowWhatWasAnsweredByALookOnly) {
  const auto sent = apply({{"from", "far"}, {"valid_until", "2027-01-31"}, {"file_checked", "no"}});
  const auto id = case_of(sent);
  const auto shown = read(id, "officer1");
  EXPECT_TRUE(shown.at("has_answers").as_bool());
  EXPECT_THAT(boost::json::serialize(shown.body), Not(HasSubstr("2027-01-31")));
  const auto look = [&](const std::string& who, const std::string& purpose) {
    return post(who, path(id, "/answers"), R"({"purpose":")" + purpose + "\"}");
  };
  EXPECT_EQ(look("officer1", " ").problem(), "purpose_missing");
  EXPECT_EQ(look("elsewhere", "好奇").problem(), "not_allowed");
  const auto seen = look("officer1", "核对");
  EXPECT_EQ(seen.problem(), "");
  EXPECT_THAT(testing::texts_in(seen.at("answers"), "answer"), ElementsAre("外省市", "2027-01-31", "否"));
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'look_at_answers'"), 2)
      << "the refused look, too";
}

TEST_P(Applications, HaveNothingToLookAtWhereNothingWasAnswered) {
  EXPECT_EQ(post("officer1", path(open("officer1"), "/answers"), R"({"purpose":"核对"})").problem(),
            "no_answers");
}

TEST_P(Applications, AreSealedAtRest) {
  apply({{"from", "far"}, {"valid_until", "2027-01-31"}});
  EXPECT_THAT(value<std::string>("select coalesce(note, '') from cases"), IsEmpty());
  town.read([](Snapshot& snapshot, Instant) {
    const auto sealed = snapshot.value<storage::Bytes>("select sealed_answers from cases");
    EXPECT_THAT((std::string{sealed.begin(), sealed.end()}), Not(HasSubstr("2027-01-31")));
  });
}

TEST_P(Applications, AreFoundWithoutAScan) {
  for (int i = 0; i < 5; ++i) apply();
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  caller.device = "somebody";
  testing::read_plans(town, [&](Transaction& tx) {
    apply_for_matter(tx, caller,
                     {.matter = "moving",
                      .venue = venue(),
                      .applicant = {"示例 王秀英", "13900000000"},
                      .answers = {{"from", "near"}}});
  });
  Caller resident;
  resident.at = town.instant();
  resident.resident = Resident{.id = ResidentId{1}, .session = {}, .proven_at = resident.at};
  testing::read_plans(town, [&](Transaction& tx) { list_own_cases(tx, resident, {}); });
}

DOORSTEP_ON_ALL_ENGINES(Applications);

}  // namespace
}  // namespace doorstep::cases
