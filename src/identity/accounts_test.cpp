// Accounts of staff, their passwords, and where somebody is signed in.
#include "identity/accounts.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using testing::Answer;
using testing::Browser;
using ::testing::Contains;
using ::testing::Not;
using ::testing::SizeIs;

class Accounts : public testing::HallTest {
 protected:
  Answer sign_in(Browser& browser, const std::string& username, const std::string& password) {
    auto answer = town.call(browser, "POST", "/api/session",
                            R"({"username":")" + username + R"(","password":")" + password + "\"}");
    if (answer.status == 200) browser.csrf = answer.text("csrf");
    return answer;
  }
  std::string may_sign_in(const std::string& username,
                          const std::string& password = testing::SmallTown::password) {
    Browser browser;
    return sign_in(browser, username, password).problem();
  }
  Answer record(const std::string& who, const std::string& username) {
    return post(
        who, "/api/staff",
        R"({"username":")" + username +
            R"(","name":"示例 新人","post":{"zh":"窗口","en":"Window"},"password":"first-password"})");
  }
  Answer change(Browser& browser, const std::string& from, const std::string& to) {
    return town.call(browser, "POST", "/api/session/password",
                     R"({"old_password":")" + from + R"(","password":")" + to + "\"}");
  }
  std::string id_of(const std::string& username) {
    return to_string(
        StaffId{value<std::int64_t>("select id from staff where username = :name", {{"name", username}})});
  }
  std::string whether_signed_in(Browser& browser) {
    return town.call(browser, "GET", "/api/session").problem();
  }
};

TEST_P(Accounts, AreMadeByAManagerAndOpenNoDoorYet) {
  const auto made = record("manager", "new");
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(made.text("username"), "new");
  EXPECT_EQ(record("manager", "new").problem(), "username_taken");
  EXPECT_EQ(record("officer1", "another").problem(), "not_allowed");
  Browser browser;
  EXPECT_EQ(sign_in(browser, "new", "first-password").problem(), "");
  EXPECT_EQ(town.call(browser, "GET", hall("/windows")).problem(), "not_allowed");
  EXPECT_EQ(post("manager", "/api/staff",
                 R"({"username":"x","name":"示例","post":{"zh":"岗","en":"P"},"password":"short"})")
                .problem(),
            "too_short");
}

TEST_P(Accounts, KeepTheirPasswordsUnseen) {
  record("manager", "new");
  EXPECT_EQ(value<std::int64_t>(
                "select count(*) from staff where username = 'new' and password_hash like '$argon2id$%'"),
            1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from answers where body like '%first-password%'"), 0);
}

TEST_P(Accounts, ChangeTheirPasswordAndEndTheirOtherSessions) {
  Browser here, there;
  sign_in(here, "officer2", testing::SmallTown::password);
  sign_in(there, "officer2", testing::SmallTown::password);
  EXPECT_EQ(change(here, "not the word", "another-word").problem(), "wrong_credentials");
  EXPECT_EQ(whether_signed_in(there), "");
  EXPECT_EQ(change(here, testing::SmallTown::password, "another-word").problem(), "");
  EXPECT_EQ(whether_signed_in(here), "");
  EXPECT_EQ(whether_signed_in(there), "session_expired");
  EXPECT_EQ(may_sign_in("officer2"), "wrong_credentials");
  EXPECT_EQ(may_sign_in("officer2", "another-word"), "");
}

TEST_P(Accounts, CountWrongPasswordsWhereverTheyAreGiven) {
  Browser browser;
  sign_in(browser, "officer2", testing::SmallTown::password);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(change(browser, "guess", "another-word").problem(), "wrong_credentials");
  EXPECT_EQ(change(browser, testing::SmallTown::password, "another-word").problem(), "too_many_attempts");
  EXPECT_EQ(may_sign_in("officer2"), "too_many_attempts");
}

TEST_P(Accounts, GetAnotherPasswordFromAnAdministrator) {
  Browser theirs;
  sign_in(theirs, "officer2", testing::SmallTown::password);
  const auto path = "/api/staff/" + id_of("officer2") + "/password";
  EXPECT_EQ(post("director", path, R"({"password":"another-word"})").problem(), "not_allowed");
  EXPECT_EQ(post("admin", path, R"({"password":"another-word"})").problem(), "");
  EXPECT_EQ(whether_signed_in(theirs), "session_expired");
  EXPECT_EQ(may_sign_in("officer2", "another-word"), "");
}

TEST_P(Accounts, EndWithTheirRolesAndSessions) {
  Browser theirs;
  sign_in(theirs, "officer2", testing::SmallTown::password);
  const auto officer = id_of("officer2");
  EXPECT_EQ(post("manager", "/api/staff/" + officer + "/end").problem(), "not_allowed");
  EXPECT_EQ(post("admin", "/api/staff/" + officer + "/end").problem(), "");
  EXPECT_EQ(whether_signed_in(theirs), "session_expired");
  EXPECT_EQ(may_sign_in("officer2"), "wrong_credentials");
  EXPECT_EQ(post("admin", "/api/staff/" + officer + "/end").problem(), "no_such_staff");
  EXPECT_THAT(testing::texts_in(get("admin", "/api/staff").at("items"), "username"),
              Not(Contains("officer2")));
  EXPECT_EQ(value<std::int64_t>("select count(*) from grants g join staff s on s.id = g.staff"
                                " where s.username = 'officer2' and g.until_at is null"),
            0);
  EXPECT_EQ(post("admin", "/api/staff/" + id_of("admin") + "/end").problem(), "own_account");
  EXPECT_EQ(record("manager", "officer2").problem(), "username_taken") << "a name is somebody's for good";
}

TEST_P(Accounts, ShowWhereSomebodyIsSignedInAndEndItThere) {
  Browser here, there;
  sign_in(here, "officer2", testing::SmallTown::password);
  sign_in(there, "officer2", testing::SmallTown::password);
  const auto list = town.call(here, "GET", "/api/session/all");
  const auto& items = list.at("items").as_array();
  ASSERT_THAT(items, SizeIs(2));
  EXPECT_FALSE(items.at(0).at("current").as_bool()) << "the newest first";
  EXPECT_TRUE(items.at(1).at("current").as_bool());
  const auto path = "/api/session/all/" + std::string{items.at(0).at("id").as_string()} + "/end";
  EXPECT_EQ(post("officer1", path).problem(), "no_such_session") << "somebody else's";
  EXPECT_EQ(town.call(here, "POST", path).problem(), "");
  EXPECT_EQ(town.call(here, "POST", path).problem(), "") << "pressed twice";
  EXPECT_EQ(whether_signed_in(there), "session_expired");
  EXPECT_EQ(whether_signed_in(here), "");
}

TEST_P(Accounts, ReadNoTableToItsEnd) {
  const auto officer = *parse_id<StaffTag>(id_of("officer2"));
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    list_staff(tx, admin, {.cursor = {}, .limit = {}});
    record_staff(tx, admin, {.username = "new", .name = "示例", .post = {}, .password = {}}, {"hash"});
    reset_password(tx, admin, {.staff = officer, .password = {}}, {"hash"});
    end_staff(tx, admin, {officer});
    (void)change_password(tx, admin, {}, {});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Accounts);

}  // namespace doorstep::identity
