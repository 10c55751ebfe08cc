// Sessions end: by signing out, with the working day, with the account. And whoever tries too often waits.
#include <gmock/gmock.h>

#include "contract/stage.hpp"

namespace doorstep::testing {

namespace {

class SessionsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  SessionsTest() : stage(GetParam()) {}

  Stage stage;
};

TEST_P(SessionsTest, AnEndedSessionIsToldSo) {
  const auto before = stage.as("officer1");
  stage.send("officer1", "DELETE", "/api/session");
  auto browser = before;
  EXPECT_EQ(stage.town.call(browser, "GET", "/api/session").problem(), "session_expired");
}

TEST_P(SessionsTest, ASessionEndsAfterAWorkingDay) {
  EXPECT_EQ(stage.get("officer1", "/api/session").status, 200);
  stage.town.pass(std::chrono::hours{12});
  EXPECT_EQ(stage.get("officer1", "/api/session").problem(), "session_expired");
  EXPECT_EQ(stage.get("officer1", "/api/town").status, 200) << "what anyone may see, they still may";
}

TEST_P(SessionsTest, AnEndedAccountsSessionIsNone) {
  EXPECT_EQ(stage.get("officer1", "/api/session").status, 200);
  stage.town.write([](Transaction& tx, Instant at) {
    tx.run("update staff set ended_at = :at where username = 'officer1'", {{"at", at}});
  });
  EXPECT_EQ(stage.get("officer1", "/api/session").problem(), "session_expired");
}

TEST_P(SessionsTest, AnAddressThatTriesTooOftenWaits) {
  Answer last;
  for (int i = 0; i < 40 && last.status != 429; ++i) last = stage.post("nobody", "/api/session", "{");
  ASSERT_EQ(last.problem(), "too_many_requests");
  EXPECT_FALSE(last.headers.at("retry-after").empty());
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(SessionsTest);

}  // namespace doorstep::testing
