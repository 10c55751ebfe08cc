#include "cases/receipt.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Receipts : public testing::CaseTest {
 protected:
  CaseId take_in() {
    const auto id = open_relief("officer1", Applicant{"示例 王秀英", "13900000000"});
    act(id, "officer1", "/materials", R"({"material":"card"})");
    act(id, "officer1", "/follow", R"({"material":"bank","signed_by":"示例 王秀英"})");
    return id;
  }
};

TEST_P(Receipts, SayWhatWasHandedInAndWhoAnswersForIt) {
  const auto id = take_in();
  const auto shown = read(id, "officer1");
  const auto receipt = get("officer2", path(id, "/receipt"));
  ASSERT_EQ(receipt.status, 200) << receipt.problem();
  EXPECT_EQ(receipt.text("reference"), "SL-2026-000001");
  EXPECT_EQ(receipt.at("materials"), shown.at("materials"));
  EXPECT_EQ(receipt.at("first_contact"), shown.at("first_contact"));
  EXPECT_TRUE(receipt.at("handler").is_null());
  EXPECT_EQ(receipt.at("promised_by"), shown.at("promised_by"));
  EXPECT_EQ(receipt.text("place.venue.en"), "Sample centre");
  EXPECT_EQ(receipt.text("address"), "https://town.example/c/" + shown.text("token"));
  EXPECT_GT(receipt.number("picture.size"), 20);
  EXPECT_EQ(get("officer2", path(id, "/receipt?plain=true")).text("address"),
            "http://town.example/c/" + shown.text("token"));
  const auto own = town.call("GET", "/api/cases/" + shown.text("token") + "/receipt");
  EXPECT_EQ(own.body, receipt.body);
  for (const auto* secret : {"王秀英", "139"})
    EXPECT_THAT(boost::json::serialize(own.body), Not(HasSubstr(secret)));
  EXPECT_EQ(get("elsewhere", path(id, "/receipt")).problem(), "not_allowed");
  EXPECT_EQ(get("officer1", "/api/desk/cases/cs_9999/receipt").problem(), "no_such_case");
  EXPECT_EQ(town.call("GET", "/api/cases/SL-2026-000001/receipt").problem(), "no_such_case");
}

TEST_P(Receipts, AreNotTheNotesThatStaffWrite) {
  const auto id = take_in();
  const auto shown = post("officer2", path(id, "/notes"), R"({"note":"下午再来电话"})");
  ASSERT_EQ(shown.status, 200) << shown.problem();
  EXPECT_EQ(shown.number("version"), 4);
  const auto& entry = shown.at("history").as_array().back();
  EXPECT_EQ(entry.at("note"), "下午再来电话");
  EXPECT_EQ(entry.at("by"), "示例 officer2");
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_EQ(progress.at("history").as_array().size(), shown.at("history").as_array().size() - 1)
      << "the resident is not told that there is one";
  EXPECT_THAT(boost::json::serialize(progress.body), Not(HasSubstr("下午")));
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(post("officer1", path(id, "/notes"), R"({"note":"材料已取回"})").problem(), "")
      << "what has ended may be noted on";
  EXPECT_EQ(post("elsewhere", path(id, "/notes"), R"({"note":"示例"})").problem(), "not_allowed");
  EXPECT_EQ(post("officer1", path(id, "/notes"), R"({"note":" "})").problem(), "too_short");
  EXPECT_EQ(post("officer1", path(id, "/notes"), R"({"note":")" + std::string(2'001, 'x') + "\"}").problem(),
            "too_long");
  town.read([](Snapshot& snapshot, Instant) {
    const auto kept = snapshot.value<storage::Bytes>(
        "select sealed_note from case_history where kind = 'noted' order by id limit 1");
    EXPECT_THAT(std::string(kept.begin(), kept.end()), Not(HasSubstr("下午")));
  });
}

DOORSTEP_ON_ALL_ENGINES(Receipts);

}  // namespace
}  // namespace doorstep::cases
