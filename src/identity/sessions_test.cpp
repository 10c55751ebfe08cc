#include "identity/sessions.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Sessions : public testing::HallTest {
 protected:
  // From a browser that keeps what comes back.
  testing::Answer sign_in_as(testing::Browser& browser, const std::string& username,
                             const std::string& password = testing::SmallTown::password) {
    auto answer = town.call(browser, "POST", "/api/session",
                            R"({"username":")" + username + R"(","password":")" + password + "\"}");
    if (answer.status == 200) browser.csrf = answer.text("csrf");
    return answer;
  }
  testing::Answer try_as(const std::string& username, const std::string& password) {
    testing::Browser browser;
    return sign_in_as(browser, username, password);
  }
  testing::Answer who_am_i(testing::Browser& browser) { return town.call(browser, "GET", "/api/session"); }
  std::string open_window_one(testing::Browser& browser) {
    return town.call(browser, "POST", window(1, "/open")).problem();
  }
};

TEST_P(Sessions, BeginWithTheRightPassword) {
  testing::Browser browser;
  browser.device = "a-browser-that-was-here-before";
  const auto answer = sign_in_as(browser, "officer1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.text("staff.name"), "示例 officer1");
  EXPECT_EQ(answer.text("post.en"), "Window");
  EXPECT_THAT(testing::texts_in(answer.at("roles")), ElementsAre("window_officer"));
  EXPECT_EQ(answer.text("venue"), town.venue);
  EXPECT_EQ(parse_instant(answer.text("expires_at")), town.instant() + session_time);
  EXPECT_THAT(answer.headers.at("set-cookie"), HasSubstr("; HttpOnly; SameSite=Strict"));
  EXPECT_EQ(who_am_i(browser).body, answer.body);
  EXPECT_TRUE(try_as("admin", testing::SmallTown::password).at("venue").is_null()) << "in the whole town";
}

TEST_P(Sessions, AreStoredSoThatNobodyCanSignInWithTheTable) {
  testing::Browser browser;
  sign_in_as(browser, "officer1");
  EXPECT_EQ(value<std::int64_t>("select count(*) from sessions where token_hash = :token",
                                {{"token", browser.session}}),
            0);
  EXPECT_THAT(value<std::string>("select password_hash from staff where username = 'officer1'"),
              StartsWith("$argon2id$"));
}

TEST_P(Sessions, TellAWrongPasswordFromAnUnknownNameInNothing) {
  for (int tries = 1; tries <= free_attempts + 2; ++tries) {
    SCOPED_TRACE(tries);
    const auto known = try_as("officer1", "not the word");
    const auto unknown = try_as("nobody-has-this-name", "not the word");
    EXPECT_EQ(known.problem(), tries <= free_attempts ? "wrong_credentials" : "too_many_attempts");
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.body, unknown.body);
    EXPECT_EQ(known.headers.count("retry-after"), unknown.headers.count("retry-after"));
  }
  EXPECT_EQ(value<std::int64_t>("select count(*) from sign_in_tries where failed = :tries",
                                {{"tries", free_attempts}}),
            2)
      << "both are counted, and neither while it waits";
  EXPECT_EQ(value<std::int64_t>("select count(*) from sign_in_tries where name_key like '%officer%'"), 0);
}

TEST_P(Sessions, WaitTwiceAsLongAfterEachWrongTry) {
  for (int tries = 1; tries <= free_attempts; ++tries) {
    EXPECT_EQ(try_as("officer1", "not the word").problem(), "wrong_credentials");
  }
  for (const auto wait : {30, 60, 120, 240, 480, 900, 900}) {
    SCOPED_TRACE(wait);
    town.pass(seconds{wait - 1});
    const auto early = try_as("officer1", testing::SmallTown::password);
    EXPECT_EQ(early.problem(), "too_many_attempts") << "the right one has to wait, too";
    EXPECT_EQ(early.headers.at("retry-after"), "1");
    town.pass(seconds{1});
    EXPECT_EQ(try_as("officer1", "not the word").problem(), "wrong_credentials") << "the wait has ended";
  }
  EXPECT_EQ(try_as("officer2", testing::SmallTown::password).status, 200) << "no other name waits";
  town.pass(longest_wait);
  EXPECT_EQ(try_as("officer1", testing::SmallTown::password).status, 200);
}

TEST_P(Sessions, StartAfreshOnceThePasswordWasRight) {
  for (int tries = 1; tries < free_attempts; ++tries) try_as("officer1", "not the word");
  EXPECT_EQ(try_as("officer1", testing::SmallTown::password).status, 200);
  EXPECT_EQ(value<std::int64_t>("select count(*) from sign_in_tries"), 0);
  for (int tries = 1; tries < free_attempts; ++tries) {
    EXPECT_EQ(try_as("officer1", "not the word").problem(), "wrong_credentials");
  }
  EXPECT_EQ(try_as("officer1", testing::SmallTown::password).status, 200);
}

TEST_P(Sessions, DoNotBeginWithAPasswordThatWasChangedWhileItWasChecked) {
  command("admin", [&](Transaction& tx, const Caller& caller) {
    const SignIn wish{"officer1", Secret{testing::SmallTown::password}, {}};
    const auto account = find_account(tx, caller, wish);
    const auto checked = check_password(account, wish);
    EXPECT_TRUE(checked.right);
    tx.run("update staff set password_hash = 'another' where username = 'officer1'");
    const auto outcome = sign_in(tx, caller, wish, checked);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().problem.code, "wrong_credentials");
  });
}

TEST_P(Sessions, EndAfterTwelveHours) {
  testing::Browser browser;
  sign_in_as(browser, "officer1");
  town.pass(hours{12} - seconds{1});
  EXPECT_EQ(who_am_i(browser).status, 200);
  EXPECT_EQ(open_window_one(browser), "");
  town.pass(seconds{1});
  EXPECT_EQ(who_am_i(browser).problem(), "session_expired");
  EXPECT_EQ(open_window_one(browser), "session_expired");
}

TEST_P(Sessions, EndWithTheSignOutAndNoOther) {
  testing::Browser here, there;
  sign_in_as(here, "officer1");
  sign_in_as(there, "officer1");
  auto thief = here;
  const auto answer = town.call(here, "DELETE", "/api/session");
  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(answer.headers.at("set-cookie"),
              AllOf(HasSubstr("doorstep_session=;"), HasSubstr("Max-Age=0")));
  EXPECT_EQ(who_am_i(here).problem(), "not_signed_in");
  EXPECT_EQ(who_am_i(thief).problem(), "session_expired");
  EXPECT_EQ(who_am_i(there).status, 200);
}

TEST_P(Sessions, ChangeNothingWithoutTheirWord) {
  testing::Browser mine, other;
  sign_in_as(mine, "officer1");
  sign_in_as(other, "officer1");
  auto forged = mine;
  for (const auto& word : {std::string{}, std::string{"x"}, other.csrf, mine.csrf + "x"}) {
    forged.csrf = word;
    EXPECT_EQ(open_window_one(forged), "csrf_missing") << word;
    EXPECT_EQ(town.call(forged, "DELETE", "/api/session").problem(), "csrf_missing") << word;
    EXPECT_EQ(who_am_i(forged).status, 200) << "reading needs none";
  }
  EXPECT_EQ(open_window_one(mine), "");
}

TEST_P(Sessions, AreNeededAndNotGuessed) {
  testing::Browser nobody, guesser;
  EXPECT_EQ(who_am_i(nobody).problem(), "not_signed_in");
  EXPECT_EQ(town.call("DELETE", "/api/session").problem(), "not_signed_in");
  guesser.session = "AAAAAAAAAAAAAAAAAAAAAA";
  EXPECT_EQ(who_am_i(guesser).problem(), "session_expired");
  EXPECT_EQ(try_as("", "x").problem(), "too_short");
  EXPECT_EQ(try_as("x", std::string(201, 'x')).problem(), "too_long");
}

TEST_P(Sessions, AreForgottenWhenTheyHaveHadTheirTime) {
  testing::Browser old_one, new_one;
  sign_in_as(old_one, "officer1");
  try_as("officer1", "not the word");
  const auto forget = [&](int limit) {
    std::pair<std::int64_t, std::int64_t> forgotten;
    town.write([&](Transaction& tx, Instant at) {
      forgotten = {forget_old_tries(tx, at, limit), forget_ended_sessions(tx, at, limit)};
    });
    return forgotten;
  };
  town.pass(tries_kept_for);
  EXPECT_EQ(forget(10), std::pair(std::int64_t{0}, std::int64_t{0}));
  town.pass(seconds{1});
  EXPECT_EQ(forget(10), std::pair(std::int64_t{1}, std::int64_t{0}));
  town.pass(sessions_kept_for);
  sign_in_as(new_one, "officer1");
  EXPECT_EQ(forget(1).second, 1) << "a few at a time";
  EXPECT_EQ(forget(10).second, 1) << "and that of the town's first sign-in";
  EXPECT_EQ(who_am_i(new_one).status, 200);
}

TEST_P(Sessions, AreFoundWithoutAScan) {
  testing::Browser browser;
  sign_in_as(browser, "officer1");
  for (int i = 0; i < 3; ++i) try_as("name " + std::to_string(i), "not the word");
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  const SignIn wish{"officer1", Secret{testing::SmallTown::password}, {}};
  const auto reads_plans = [&](auto&& work) { testing::read_plans(town, work); };
  reads_plans([&](Transaction& tx) {
    const auto checked = check_password(find_account(tx, caller, wish), wish);
    EXPECT_TRUE(sign_in(tx, caller, wish, checked));
  });
  reads_plans([&](Transaction& tx) { EXPECT_FALSE(sign_in(tx, caller, wish, {})); });
  reads_plans([&](Transaction& tx) { authenticate(tx, {browser.session, browser.csrf, true}, caller.at); });
  reads_plans([&](Transaction& tx) { read_session(tx, caller, {}); });
  reads_plans([&](Transaction& tx) { sign_out(tx, caller, {}); });
  reads_plans([&](Transaction& tx) { forget_old_tries(tx, caller.at, 100); });
  reads_plans([&](Transaction& tx) { forget_ended_sessions(tx, caller.at, 100); });
  reads_plans([&](Transaction& tx) { audit_look(tx, caller, "look", "cs_1", "核对", true); });
}

DOORSTEP_ON_ALL_ENGINES(Sessions);

}  // namespace
}  // namespace doorstep::identity
