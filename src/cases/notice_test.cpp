#include "cases/notice.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Notices : public testing::CaseTest {
 protected:
  Answer tell(CaseId id, const std::string& who, const std::string& body) {
    return act(id, who, "/notices", body);
  }
  Answer receive(CaseId id, const std::string& key) {
    return act(id, "officer2", "/materials", R"({"material":")" + key + "\"}");
  }
  // What the resident reads that is still missing.
  std::vector<std::string> still_missing(CaseId id) {
    const auto token = read(id, "officer1").text("token");
    const auto progress = town.call("GET", "/api/cases/" + token);
    if (progress.at("still_missing").is_null()) return {};
    return testing::texts_in(progress.at("still_missing.materials"), "zh");
  }

  const std::string two = R"({"materials":["card","bank"],"others":[]})";
  const std::string again = R"({"materials":["form"],"others":[],"reason":"表格填错了"})";
};

TEST_P(Notices, TellAllThatIsMissingAndWait) {
  const auto id = open_relief("officer1", Applicant{"示例 王秀英", "13900000000"});
  const auto shown = tell(id, "officer1", R"({"materials":["card","bank"],"others":["房东的证明"]})");
  ASSERT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(shown.text("phase"), "waiting_for_resident");
  EXPECT_EQ(shown.text("step.key"), "papers");
  EXPECT_EQ(shown.number("version"), 2);
  const auto& notice = shown.at("notices").at(0);
  EXPECT_EQ(notice.at("by"), "示例 officer1");
  EXPECT_TRUE(notice.at("reason").is_null());
  EXPECT_EQ(notice.at("materials").as_array().size(), 3U);
  EXPECT_EQ(shown.at("history").at(1).at("text").at("en"), "All that is missing was told at once");
  EXPECT_THAT(still_missing(id), ElementsAre("身份证", "银行卡", "房东的证明"));
  const auto message = town.message_to("13900000000");
  for (const auto* paper : {"身份证", "银行卡", "房东的证明"}) EXPECT_THAT(message, HasSubstr(paper));
  EXPECT_EQ(value<std::int64_t>("select count(*) from outbox where subject like '%房东%'"), 0);
}

TEST_P(Notices, AreFollowedByTheStepBeforeWhenTheLastPaperHasCome) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(advance(id, "officer1", 1, "check").status, 200);
  const auto told = tell(id, "officer1", R"({"materials":["card"],"others":["房东的证明"]})");
  const auto& own = told.at("materials").as_array().back();
  EXPECT_EQ(receive(id, "form").text("step.key"), "papers") << "which was not waited for";
  EXPECT_EQ(receive(id, std::string{own.at("key").as_string()}).text("step.key"), "papers");
  EXPECT_THAT(still_missing(id), ElementsAre("身份证"));
  const auto shown = receive(id, "card");
  EXPECT_EQ(shown.text("step.key"), "check");
  EXPECT_EQ(shown.text("phase"), "in_work");
  EXPECT_EQ(shown.number("version"), 6) << "one step each";
  EXPECT_EQ(shown.at("history").as_array().back().at("text").at("en"),
            "All that was missing has come and work goes on");
  EXPECT_THAT(still_missing(id), ElementsAre());

  // It waits again, for something that nobody told: a paper that comes does not end that.
  EXPECT_EQ(advance(id, "officer1", 6, "papers").status, 200);
  EXPECT_EQ(receive(id, "bank").text("step.key"), "papers");
}

TEST_P(Notices, AreGivenASecondTimeOnlyForWhatCameUpSince) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(tell(id, "officer1", two).problem(), "");
  EXPECT_EQ(tell(id, "officer1", R"({"materials":["form"],"others":[]})").problem(), "told_already");
  const auto shown = tell(id, "officer1", again);
  ASSERT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(shown.at("notices").as_array().size(), 2U);
  EXPECT_EQ(shown.at("notices").at(1).at("reason"), "表格填错了");
  EXPECT_EQ(shown.text("step.key"), "papers") << "it waits on";
  EXPECT_THAT(still_missing(id), ElementsAre("申请表", "身份证", "银行卡"));
  for (const auto* key : {"card", "bank"}) EXPECT_EQ(receive(id, key).text("step.key"), "papers") << key;
  EXPECT_EQ(receive(id, "form").text("step.key"), "taken_in") << "where it was before the first one";
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_THAT(boost::json::serialize(progress.body), ::testing::Not(HasSubstr("填错")));
}

TEST_P(Notices, NameWhatIsMissingIndeed) {
  const auto id = open_relief("officer1");
  receive(id, "card");
  EXPECT_EQ(tell(id, "officer1", R"({"materials":[],"others":[]})").problem(), "nothing_missing");
  EXPECT_EQ(tell(id, "officer1", R"({"materials":["moon"],"others":[]})").problem(), "unknown_material");
  EXPECT_EQ(tell(id, "officer1", R"({"materials":["form","form"],"others":[]})").problem(),
            "unknown_material");
  EXPECT_EQ(tell(id, "officer1", two).problem(), "material_received");
  EXPECT_EQ(tell(id, "officer1", R"({"materials":["form"],"others":["  "]})").problem(), "too_short");
}

TEST_P(Notices, AreForTheOneWhoHandlesItWhereTheCaseMayWait) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(tell(id, "officer2", two).problem(), "not_your_case");
  EXPECT_EQ(tell(id, "elsewhere", two).problem(), "not_allowed");
  EXPECT_EQ(post("officer1", path(id, "/notices"), two, testing::if_match(2)).problem(), "version_differs");
  EXPECT_EQ(tell(id, "manager", two).problem(), "");
  const auto decided = open_relief("officer1");
  advance(decided, "officer1", 1, "check");
  advance(decided, "officer1", 2, "decided");
  EXPECT_EQ(tell(decided, "officer1", two).problem(), "cannot_wait_here");
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_notices where case_id = :id", {{"id", decided}}),
            0);
  advance(decided, "officer1", 3, "done");
  EXPECT_EQ(tell(decided, "officer1", two).problem(), "case_over");
}

DOORSTEP_ON_ALL_ENGINES(Notices);

}  // namespace
}  // namespace doorstep::cases
