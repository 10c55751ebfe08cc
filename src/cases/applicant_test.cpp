// Who applied: sealed at rest, shown by a look only, and every look recorded.
#include <gmock/gmock.h>

#include "base/sealed.hpp"
#include "cases/history.hpp"
#include "testing/case_fixture.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct AuditRow {
  std::string username, action, subject, purpose;
  bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (username, action, subject, purpose, allowed))

class Applicants : public testing::CaseTest {
 protected:
  void SetUp() override {
    id = open("officer1", {.matter = "transfer",
                           .venue = venue(),
                           .materials_received = {},
                           .applicant = Applicant{"示例 王秀英", "13912345678"},
                           .note = std::nullopt});
  }

  testing::Answer look(const std::string& who, cases::CaseId at, const std::string& purpose) {
    return post(who, path(at, "/applicant"), R"({"purpose":")" + purpose + "\"}");
  }

  // "who: purpose, allowed", in order.
  std::vector<std::string> looks() {
    std::vector<std::string> found;
    town.read([&](Snapshot& snapshot, Instant) {
      for (const auto& row :
           snapshot.all<AuditRow>("select s.username, a.action, a.subject, a.purpose, a.allowed"
                                  " from audit a join staff s on s.id = a.staff order by a.id")) {
        EXPECT_EQ(row.action, "look_at_applicant");
        EXPECT_EQ(row.subject, to_string(id));
        found.push_back(row.username + ": " + row.purpose + ", " + (row.allowed ? "allowed" : "refused"));
      }
    });
    return found;
  }

  CaseId id;
};

TEST_P(Applicants, AreShownByALookWithItsPurpose) {
  const auto shown = look("officer1", id, "打电话通知取件");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.text("name"), "示例 王秀英");
  EXPECT_EQ(shown.text("phone"), "13912345678");
  EXPECT_THAT(looks(), ElementsAre("officer1: 打电话通知取件, allowed"));
}

TEST_P(Applicants, AreNotShownToOthersButTheLookIsRecorded) {
  EXPECT_EQ(look("elsewhere", id, "好奇").problem(), "not_allowed");
  EXPECT_EQ(look("greeter", id, "也好奇").problem(), "not_allowed");
  EXPECT_EQ(look("nobody", id, "还是好奇").problem(), "not_signed_in");
  EXPECT_THAT(looks(), ElementsAre("elsewhere: 好奇, refused", "greeter: 也好奇, refused"));
}

TEST_P(Applicants, AreShownToWhoAnswersForTheVenue) {
  for (const auto* who : {"officer2", "manager", "admin"})
    EXPECT_EQ(look(who, id, "核对").status, 200) << who;
  EXPECT_THAT(looks(),
              ElementsAre("officer2: 核对, allowed", "manager: 核对, allowed", "admin: 核对, allowed"));
}

TEST_P(Applicants, AreNotShownWithoutAPurposeOrWhereThereIsNone) {
  EXPECT_EQ(look("officer1", id, "").problem(), "purpose_missing");
  EXPECT_EQ(look("officer1", id, " \\t ").problem(), "purpose_missing");
  EXPECT_EQ(look("officer1", CaseId{999'999}, "核对").problem(), "no_such_case");
  EXPECT_EQ(look("officer1", id, std::string(201, 'x')).problem(), "too_long");
  EXPECT_THAT(looks(), IsEmpty()) << "nothing was shown";
  id = open("officer1");
  EXPECT_EQ(look("officer1", id, "核对").problem(), "no_applicant");
  EXPECT_THAT(looks(), ElementsAre("officer1: 核对, allowed")) << "that nobody is named was shown";
}

TEST_P(Applicants, AreNotLookedForUnseenByLeavingOutThePurpose) {
  EXPECT_EQ(look("elsewhere", id, " ").problem(), "not_allowed");
  EXPECT_THAT(looks(), ElementsAre("elsewhere:  , refused"));
}

// All that the table holds of its bytes and texts, as they lie there.
struct StoredRow {
  std::optional<storage::Bytes> bytes;
};
BOOST_DESCRIBE_STRUCT(StoredRow, (), (bytes))

TEST_P(Applicants, LieSealedWhereverTheyAreStored) {
  serve();
  pressed(
      "officer1", 1, "cases",
      R"({"matter":"transfer","materials_received":[],"applicant":{"name":"示例 王秀英","phone":"13912345678"}})");
  look("officer1", id, "核对");
  town.read([&](Snapshot& snapshot, Instant) {
    for (const auto* statement :
         {"select applicant as bytes from cases", "select body as bytes from answers",
          "select recipient as bytes from outbox", "select body as bytes from outbox"}) {
      const auto rows = snapshot.all<StoredRow>(statement);
      EXPECT_THAT(rows, Not(IsEmpty())) << statement;
      for (const auto& row : rows) {
        ASSERT_TRUE(row.bytes) << statement;
        const std::string stored{row.bytes->begin(), row.bytes->end()};
        for (const auto* secret : {"王秀英", "13912345678", "applicant"})
          EXPECT_THAT(stored, Not(HasSubstr(secret)));
      }
    }
    EXPECT_EQ(snapshot.value<std::int64_t>("select count(*) from outbox where subject like '%王%'"), 0);
  });
}

TEST_P(Applicants, OpenOnlyInTheirOwnRow) {
  const auto& keys = town.journal().keys();
  const auto sealed = sealed_applicant(keys, id, {"示例 王秀英", "13912345678"});
  EXPECT_EQ(open_applicant(keys, id, sealed).name, "示例 王秀英");
  EXPECT_THROW(open_applicant(keys, CaseId{id.value + 1}, sealed), SealError);
}

TEST_P(Applicants, AreToldTheirNumberByPhone) {
  EXPECT_EQ(value<std::string>("select channel from outbox"), "phone");
  EXPECT_EQ(value<std::string>("select subject from outbox"), "SL-2026-000001") << "nothing of anybody";
  EXPECT_EQ(value<std::int64_t>("select deliver_before - created_at from outbox"),
            Microseconds{std::chrono::hours{24}}.count())
      << "after a day it would only puzzle";
  open("officer1");
  EXPECT_EQ(value<std::int64_t>("select count(*) from outbox"), 1) << "nobody is told where nobody is named";
}

DOORSTEP_ON_ALL_ENGINES(Applicants);

}  // namespace
}  // namespace doorstep::cases
