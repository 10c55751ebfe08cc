// The audit, as an auditor reads it: everything, by person, by member of staff, what was refused; page by
// page.
#include "identity/audit_reading.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class AuditReading : public testing::HallTest {
 protected:
  AuditReading() {
    person = post("officer1", "/api/people", R"({"name":"示例 王秀英"})").text("id");
    other = post("officer2", "/api/people", R"({"name":"示例 李小明"})").text("id");
  }
  testing::Answer look(const std::string& who, const std::string& id, const std::string& purpose) {
    return post(who, "/api/people/" + id + "/look", R"({"purpose":")" + purpose + "\"}");
  }
  testing::Answer read(const std::string& filter, const std::string& who = "auditor") {
    return post(who, "/api/audit/read", "{" + filter + R"("purpose":"the yearly check"})");
  }
  // "look_at_person by st_7: a call", the newest first.
  std::vector<std::string> purposes(const testing::Answer& page) {
    std::vector<std::string> texts;
    for (const auto& item : page.at("items").as_array())
      texts.emplace_back(std::string{item.at("action").as_string()} + ": " +
                         std::string{item.at("purpose").as_string()});
    return texts;
  }
  std::string staff_id(const std::string& username) { return to_string(town.caller_of(username).staff->id); }

  std::string person, other;
};

TEST_P(AuditReading, ShowsWhoLookedAtWhomAndForWhat) {
  look("officer1", person, "a call");
  look("officer2", other, "a visit");
  const auto page = read("");
  ASSERT_EQ(page.status, 200) << page.problem();
  const auto& newest = page.at("items").at(0);
  EXPECT_EQ(newest.at("action").as_string(), "look_at_person");
  EXPECT_EQ(newest.at("purpose").as_string(), "a visit");
  EXPECT_EQ(newest.at("staff").at("name").as_string(), "示例 officer2");
  EXPECT_EQ(newest.at("subjects").as_array().at(0).as_string(), other);
  EXPECT_TRUE(newest.at("allowed").as_bool());
}

TEST_P(AuditReading, GoesByPersonByMemberOfStaffOrByWhatWasRefused) {
  look("officer1", person, "a call");
  look("officer2", person, "a visit");
  look("officer1", other, "a question");
  EXPECT_EQ(look("auditor", person, "curious").problem(), "not_allowed");
  EXPECT_THAT(purposes(read(R"("person":")" + person + "\",")),
              ElementsAre("look_at_person: curious", "look_at_person: a visit", "look_at_person: a call"));
  EXPECT_THAT(purposes(read(R"("staff":")" + staff_id("officer1") + "\",")),
              ElementsAre("look_at_person: a question", "look_at_person: a call"));
  EXPECT_THAT(purposes(read(R"("refused":true,)")), ElementsAre("look_at_person: curious"));
  EXPECT_EQ(read(R"("refused":true,"person":")" + person + "\",").problem(), "one_filter_at_a_time");
  EXPECT_EQ(read(R"("person":"pe_1",)").problem(), "no_such_person");
}

TEST_P(AuditReading, OfARecordThatStandsForOthersShowsTheLooksAtThem) {
  look("officer1", other, "a call");
  const auto merged = town.call(as("officer1"), "POST", "/api/people/" + other + "/merge",
                                R"({"into":")" + person + R"(","into_version":1,"reason":"recorded_twice"})",
                                testing::if_match(1));
  ASSERT_EQ(merged.status, 200) << merged.problem();
  EXPECT_THAT(purposes(read(R"("person":")" + person + "\",")), Contains("look_at_person: a call"));
}

TEST_P(AuditReading, GoesPageByPageAndFromAMomentBackwards) {
  look("officer1", person, "first");
  town.pass(std::chrono::hours{2});
  const auto between = to_string(town.instant());
  town.pass(std::chrono::hours{2});
  look("officer1", person, "second");
  const auto first = read(R"("limit":1,)");
  EXPECT_THAT(purposes(first), ElementsAre("look_at_person: second"));
  // That reading is in it as well by now, and does not push the page on.
  const auto second = read(R"("limit":1,"cursor":")" + first.text("next") + "\",");
  EXPECT_THAT(purposes(second), ElementsAre("look_at_person: first"));
  const auto before = purposes(read(R"("before":")" + between + "\","));
  EXPECT_EQ(before.front(), "look_at_person: first");
  EXPECT_THAT(before, Not(Contains("look_at_person: second")));
  EXPECT_THAT(purposes(read(R"("before":"2001-01-01T00:00:00Z",)")), IsEmpty());
  const auto since = purposes(read(R"("since":")" + between + "\","));
  EXPECT_EQ(since.back(), "look_at_person: second");
  EXPECT_THAT(since, Not(Contains("look_at_person: first")));
  EXPECT_THAT(purposes(read(R"("since":"2101-01-01T00:00:00Z",)")), IsEmpty());
  EXPECT_THAT(purposes(read(R"("before":")" + between + R"(","since":")" + between + "\",")), IsEmpty());
}

TEST_P(AuditReading, IsALookItself) {
  read(R"("person":")" + person + "\",");
  read(R"("staff":")" + staff_id("officer2") + "\",");
  EXPECT_EQ(read("", "manager").problem(), "not_allowed");
  EXPECT_EQ(read("", "officer1").problem(), "not_allowed");
  EXPECT_EQ(post("auditor", "/api/audit/read", R"({"purpose":"  "})").problem(), "purpose_missing");
  const auto all = read("", "admin");
  const auto& items = all.at("items").as_array();
  EXPECT_EQ(items.at(0).at("staff").at("name").as_string(), "示例 officer1") << "who tried in vain";
  EXPECT_FALSE(items.at(0).at("allowed").as_bool());
  EXPECT_EQ(items.at(2).at("subjects").as_array().at(0).as_string(), staff_id("officer2"));
  EXPECT_EQ(items.at(3).at("subjects").as_array().at(0).as_string(), person)
      << "shown to the person as any other look";
}

TEST_P(AuditReading, NeedsNoScan) {
  auto auditor = town.caller_of("auditor");
  const auto someone = PersonId{*parse_id(PersonTag::prefix, person)};
  testing::read_plans(town, [&](Transaction& tx) {
    ReadAudit wish;
    wish.purpose = "p";
    EXPECT_TRUE(read_audit(tx, auditor, wish));
    wish.before = auditor.at;
    wish.since = Instant{};
    EXPECT_TRUE(read_audit(tx, auditor, wish));
    wish.refused = true;
    EXPECT_TRUE(read_audit(tx, auditor, wish));
    wish.refused = false;
    wish.person = someone;
    EXPECT_TRUE(read_audit(tx, auditor, wish));
    wish.person.reset();
    wish.staff = auditor.staff->id;
    EXPECT_TRUE(read_audit(tx, auditor, wish));
  });
}

DOORSTEP_ON_ALL_ENGINES(AuditReading);

}  // namespace
}  // namespace doorstep::identity
