// The second step of a sign-in.
#include "identity/second_factor.hpp"

#include <set>

#include <gmock/gmock.h>

#include "identity/totp.hpp"
#include "testing/app_codes.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::Answer;
using testing::app_code;
using testing::Browser;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const std::string own = "/api/session/second-factor";

class SecondFactors : public testing::HallTest {
 protected:
  Answer sign_in(Browser& browser, const std::string& password = testing::SmallTown::password,
                 const std::string& code = "") {
    const std::string more = code.empty() ? "" : R"(,"code":")" + code + '"';
    auto answer = town.call(browser, "POST", "/api/session",
                            R"({"username":"officer2","password":")" + password + '"' + more + "}");
    if (answer.status == 200) browser.csrf = answer.text("csrf");
    return answer;
  }
  std::string tried(const std::string& code, const std::string& password = testing::SmallTown::password) {
    auto browser = town.somewhere();
    return sign_in(browser, password, code).problem();
  }
  Answer begin(const std::string& password = testing::SmallTown::password) {
    return town.call(here, "POST", own, R"({"password":")" + password + "\"}");
  }
  Answer confirm(const std::string& code) {
    return town.call(here, "POST", own + "/confirm", R"({"code":")" + code + "\"}");
  }
  Answer end(const std::string& password, const std::string& code) {
    return town.call(here, "POST", own + "/end",
                     R"({"password":")" + password + R"(","code":")" + code + "\"}");
  }
  std::string code(std::int64_t steps = 0) { return app_code(secret, town.instant(), steps); }

  // officer2 is signed in here, and has a second step.
  void switch_on() {
    sign_in(here);
    secret = begin().text("secret");
    const auto confirmed = confirm(code());
    ASSERT_EQ(confirmed.status, 200) << confirmed.problem();
    recovery = testing::texts_in(confirmed.at("codes"));
    town.pass(minutes{2});
  }
  StaffId officer() { return {value<std::int64_t>("select id from staff where username = 'officer2'")}; }

  Browser here;
  std::string secret;
  std::vector<std::string> recovery;
};

TEST_P(SecondFactors, AreAskedForOnlyOnceTheyWereProven) {
  sign_in(here);
  EXPECT_FALSE(town.call(here, "GET", own).at("on").as_bool());
  const auto begun = begin();
  secret = begun.text("secret");
  EXPECT_THAT(secret, SizeIs(32));
  EXPECT_THAT(begun.text("uri"),
              AllOf(HasSubstr("otpauth://totp/Doorstep%20town.example:officer2?secret=" + secret)));
  EXPECT_GT(begun.number("picture.size"), 20);
  EXPECT_EQ(tried(""), "") << "not yet";
  EXPECT_FALSE(town.call(here, "GET", own).at("on").as_bool());
  EXPECT_EQ(confirm("000000").problem(), "wrong_second_factor");
  const auto confirmed = confirm(code());
  EXPECT_THAT(confirmed.at("codes").as_array(), SizeIs(recovery_codes_given));
  EXPECT_EQ(tried(""), "second_factor_needed");
  const auto shown = town.call(here, "GET", own);
  EXPECT_TRUE(shown.at("on").as_bool());
  EXPECT_EQ(shown.number("recovery_codes_left"), recovery_codes_given);
  EXPECT_EQ(begin().problem(), "second_factor_on");
  EXPECT_EQ(confirm(code(1)).problem(), "second_factor_on");
}

TEST_P(SecondFactors, EndTheSessionsElsewhereWhenTheyBegin) {
  Browser there;
  sign_in(there);
  switch_on();
  EXPECT_EQ(town.call(there, "GET", "/api/session").problem(), "session_expired");
  EXPECT_EQ(town.call(here, "GET", "/api/session").problem(), "");
}

TEST_P(SecondFactors, WantTheProofWithinAQuarterOfAnHour) {
  sign_in(here);
  EXPECT_EQ(confirm("123456").problem(), "second_factor_not_begun");
  const auto first = begin().text("secret");
  secret = begin().text("secret");
  EXPECT_NE(secret, first) << "begun anew, another secret";
  EXPECT_EQ(confirm(app_code(first, town.instant())).problem(), "wrong_second_factor");
  town.pass(second_factor_begun_for);
  EXPECT_EQ(confirm(code()).problem(), "second_factor_not_begun");
}

TEST_P(SecondFactors, AreAskedForAfterTheRightPasswordOnly) {
  switch_on();
  EXPECT_EQ(tried("", "not the word"), "wrong_credentials");
  EXPECT_EQ(tried(code(), "not the word"), "wrong_credentials");
  EXPECT_EQ(tried(""), "second_factor_needed");
  EXPECT_EQ(tried(code()), "") << "which the wrong password did not use up";
}

TEST_P(SecondFactors, TakeACodeOnce) {
  switch_on();
  EXPECT_EQ(tried(code(1)), "") << "the phone's clock is a little ahead";
  EXPECT_EQ(tried(code(1)), "wrong_second_factor") << "replayed";
  EXPECT_EQ(tried(code()), "wrong_second_factor") << "an older one, seen over a shoulder";
  town.pass(seconds{60});
  EXPECT_EQ(tried(code(-2)), "wrong_second_factor");
  EXPECT_EQ(tried(code().substr(0, 3) + ' ' + code().substr(3)), "") << "as the app spaces it";
}

TEST_P(SecondFactors, DoNotTakeTheCodeThatProvedThem) {
  sign_in(here);
  secret = begin().text("secret");
  const auto first = code();
  EXPECT_EQ(confirm(first).status, 200);
  EXPECT_EQ(tried(first), "wrong_second_factor");
}

TEST_P(SecondFactors, CountWrongCodesAsWrongPasswords) {
  switch_on();
  for (int i = 0; i < free_attempts; ++i) {
    EXPECT_EQ(tried(""), "second_factor_needed") << "which forgets no wrong try";
    EXPECT_EQ(tried("000000"), "wrong_second_factor");
  }
  EXPECT_EQ(tried(code()), "too_many_attempts");
  EXPECT_EQ(tried(""), "too_many_attempts") << "nor is it told now whether the password is right";
  town.pass(first_wait);
  EXPECT_EQ(tried(code()), "");
  EXPECT_EQ(value<std::int64_t>("select count(*) from sign_in_tries"), 0) << "and they are forgotten";
}

TEST_P(SecondFactors, TakeEachRecoveryCodeOnce) {
  switch_on();
  EXPECT_THAT(std::set(recovery.begin(), recovery.end()), SizeIs(recovery_codes_given));
  EXPECT_EQ(tried(recovery[0]), "");
  EXPECT_EQ(tried(recovery[0]), "wrong_second_factor");
  auto shouted = recovery[1];
  for (auto& c : shouted) c = static_cast<char>(std::toupper(c));
  std::erase(shouted, '-');
  EXPECT_EQ(tried(shouted), "");
  EXPECT_EQ(town.call(here, "GET", own).number("recovery_codes_left"), recovery_codes_given - 2);
  EXPECT_EQ(tried("0000-0000-0000"), "wrong_second_factor");
}

TEST_P(SecondFactors, EndWithThePasswordAndACode) {
  switch_on();
  EXPECT_EQ(end("not the word", code()).problem(), "wrong_credentials");
  EXPECT_EQ(end(testing::SmallTown::password, "000000").problem(), "wrong_second_factor");
  EXPECT_EQ(end(testing::SmallTown::password, code()).problem(), "");
  EXPECT_EQ(tried(""), "");
  EXPECT_EQ(end(testing::SmallTown::password, "000000").problem(), "second_factor_off");
  EXPECT_EQ(value<std::int64_t>("select count(*) from second_factors"), 0) << "nothing of it is left";
  EXPECT_EQ(value<std::int64_t>("select count(*) from recovery_codes"), 0);
}

TEST_P(SecondFactors, AreTakenAwayByTheAdministratorWhenThePhoneIsLost) {
  switch_on();
  const auto path = "/api/staff/" + to_string(officer()) + "/second-factor/end";
  EXPECT_EQ(post("director", path).problem(), "not_allowed");
  EXPECT_EQ(post("admin", path).problem(), "");
  EXPECT_EQ(tried(""), "");
  EXPECT_EQ(town.call(here, "GET", "/api/session").problem(), "session_expired");
  EXPECT_EQ(post("admin", "/api/staff/st_1/second-factor/end").problem(), "no_such_staff");
  const auto self = StaffId{value<std::int64_t>("select id from staff where username = 'admin'")};
  EXPECT_EQ(post("admin", "/api/staff/" + to_string(self) + "/second-factor/end").problem(),
            "own_second_factor");
}

TEST_P(SecondFactors, GoWhenTheOperatorSetsTheAccountUpAnew) {
  switch_on();
  town.write([&](Transaction& tx, Instant at) {
    put_staff(tx, {"officer2", "示例", {"窗口", "Window"}, Role::window_officer, WholeTown{}},
              hash_password("another-word", password_cost_for_tests), at);
  });
  EXPECT_EQ(tried("", "another-word"), "");
}

TEST_P(SecondFactors, AreKeptSealedAndHashedAndInNoAnswer) {
  switch_on();
  const auto sealed = value<storage::Bytes>("select secret from second_factors");
  EXPECT_GT(sealed.size(), totp_secret_bytes + 16) << "with its key, nonce and tag";
  for (const auto& code : recovery)
    EXPECT_EQ(value<std::int64_t>("select count(*) from recovery_codes where code_hash like :code",
                                  {{"code", '%' + code + '%'}}),
              0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from answers where route like '%second_factor%'"), 0);
}

TEST_P(SecondFactors, OpenForTheirOwnAccountOnly) {
  switch_on();
  // A secret moved to another account does not open there.
  town.write([&](Transaction& tx, Instant) {
    tx.run("update second_factors set staff = (select id from staff where username = 'officer3')");
  });
  const auto answer =
      town.call("POST", "/api/session",
                R"({"username":"officer3","password":")" + std::string{testing::SmallTown::password} +
                    R"(","code":")" + code() + "\"}");
  EXPECT_EQ(answer.problem(), "internal_error");
}

TEST_P(SecondFactors, ReadNoTableToItsEnd) {
  switch_on();
  const auto officer_ = officer();
  auto& caller = caller_of("officer1");
  caller.staff->id = officer_;
  caller.at = town.instant();
  const Checked wrong{};
  testing::read_plans(town, [&](Transaction& tx) {
    read_second_factor(tx, caller, {});
    const Checked right{
        true, tx.value<std::string>("select password_hash from staff where id = :id", {{"id", officer_}})};
    EXPECT_FALSE(begin_second_factor(tx, caller, {}, wrong));
    EXPECT_TRUE(end_second_factor(tx, caller, {.password = {}, .code = Secret{recovery[0]}}, right));
    const auto begun = begin_second_factor(tx, caller, {}, right);
    ASSERT_TRUE(begun);
    confirm_second_factor(tx, caller, {Secret{app_code(begun->secret, caller.at)}});
  });
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) { end_second_factor_of(tx, admin, {officer_}); });
}

DOORSTEP_ON_ALL_ENGINES(SecondFactors);

}  // namespace
}  // namespace doorstep::identity
