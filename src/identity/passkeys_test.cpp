// Passkeys of staff: adding one, signing in with it, ending it, and all that must not work.
#include "identity/passkeys.hpp"

#include <gmock/gmock.h>

#include "testing/app_codes.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/software_authenticator.hpp"

namespace doorstep::identity {
namespace {

using std::chrono::seconds;
using testing::Answer;
using testing::Browser;
using ::testing::HasSubstr;
using testing::Sent;
using testing::SignedPasskey;
using ::testing::SizeIs;
using testing::SoftwareAuthenticator;

const std::string own = "/api/session/passkeys";
const std::string password = R"({"password":"window-and-door"})";

class Passkeys : public testing::HallTest {
 protected:
  Answer begin(const std::string& who = "officer2", const Sent& more = {}) {
    return post(who, own + "/challenge", password, more);
  }
  Answer record(const SoftwareAuthenticator& key, const std::string& challenge,
                const std::string& who = "officer2", const Sent& more = {}) {
    return post(who, own, R"({"name":"办公室的电脑",)" + key.make(challenge).json() + "}", more);
  }
  // Begun and added; officer2's.
  Answer add(SoftwareAuthenticator& key, const std::string& who = "officer2") {
    const auto begun = begin(who);
    key.user = begun.text("user");
    return record(key, begun.text("challenge"), who);
  }
  std::string challenge(const Sent& more = {}) {
    auto browser = town.somewhere();
    return town.call(browser, "POST", "/api/session/passkey/challenge", "", more).text("challenge");
  }
  Answer sign_in(const SignedPasskey& parts, const Sent& more = {}) {
    last = town.somewhere();
    auto answer = town.call(last, "POST", "/api/session/passkey", parts.json(), more);
    if (answer.status == 200) last.csrf = answer.text("csrf");
    return answer;
  }
  std::string whether_in(SoftwareAuthenticator& key) { return sign_in(key.sign(challenge())).problem(); }

  Browser last;  // that signed in by passkey
};

TEST_P(Passkeys, AreAddedNamedAndListed) {
  SoftwareAuthenticator key;
  const auto begun = begin();
  EXPECT_EQ(begun.text("host"), "town.example");
  EXPECT_EQ(begun.text("username"), "officer2");
  EXPECT_EQ(begun.at("algorithms").as_array().at(0), -7);
  EXPECT_EQ(from_base64url(begun.text("user")).size(), 32U) << "and says nothing of whose it is";
  EXPECT_EQ(from_base64url(begun.text("challenge")).size(), 16U);
  const auto made = record(key, begun.text("challenge"));
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(made.text("name"), "办公室的电脑");
  EXPECT_EQ(made.text("host"), "town.example");
  EXPECT_TRUE(made.at("last_used_at").is_null());
  EXPECT_THAT(get("officer2", own).at("items").as_array(), SizeIs(1));
  EXPECT_THAT(get("officer1", own).at("items").as_array(), SizeIs(0));
  EXPECT_THAT(begin().at("known").as_array(), SizeIs(1));
}

TEST_P(Passkeys, SignInWithoutAName) {
  SoftwareAuthenticator key;
  add(key);
  const auto answer = sign_in(key.sign(challenge()));
  EXPECT_EQ(answer.status, 200) << answer.problem();
  EXPECT_EQ(answer.text("staff.name"), "示例 officer2");
  EXPECT_THAT(answer.headers.at("set-cookie"), HasSubstr("; HttpOnly"));
  EXPECT_EQ(town.call(last, "GET", "/api/session").body, answer.body);
  EXPECT_EQ(town.call(last, "POST", window(1, "/open")).problem(), "");
  EXPECT_FALSE(get("officer2", own).at("items").as_array().at(0).at("last_used_at").is_null());
}

TEST_P(Passkeys, OfEachAlgorithmSignIn) {
  for (const auto algorithm : {PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa, PasskeyAlgorithm::rs256}) {
    SoftwareAuthenticator key{algorithm};
    EXPECT_EQ(add(key).problem(), "");
    EXPECT_EQ(whether_in(key), "");
    EXPECT_EQ(whether_in(key), "");
  }
}

TEST_P(Passkeys, TakeThePlaceOfTheSecondStep) {
  Browser here = town.sign_in("officer2");
  const auto secret = town.call(here, "POST", "/api/session/second-factor", password).text("secret");
  const auto code = [&](std::int64_t steps) { return testing::app_code(secret, town.instant(), steps); };
  EXPECT_EQ(
      town.call(here, "POST", "/api/session/second-factor/confirm", R"({"code":")" + code(0) + "\"}").status,
      200);
  const auto path = own + "/challenge";
  EXPECT_EQ(town.call(here, "POST", path, password).problem(), "second_factor_needed");
  const auto with = [](const std::string& given) {
    return R"({"password":"window-and-door","code":")" + given + "\"}";
  };
  EXPECT_EQ(town.call(here, "POST", path, with("000000")).problem(), "wrong_second_factor");
  const auto begun = town.call(here, "POST", path, with(code(1)));
  SoftwareAuthenticator key;
  key.user = begun.text("user");
  const auto made =
      town.call(here, "POST", own, R"({"name":"手机",)" + key.make(begun.text("challenge")).json() + "}");
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(whether_in(key), "");
}

TEST_P(Passkeys, WantThePassword) {
  EXPECT_EQ(post("officer2", own + "/challenge", R"({"password":"not the word"})").problem(),
            "wrong_credentials");
}

TEST_P(Passkeys, UseAChallengeOnce) {
  SoftwareAuthenticator key;
  add(key);
  const auto parts = key.sign(challenge());
  EXPECT_EQ(sign_in(parts).problem(), "");
  EXPECT_EQ(sign_in(parts).problem(), "passkey_challenge_gone") << "replayed";
  // One that came to nothing is gone, too.
  const auto spent = challenge();
  auto wrong = key.sign(spent);
  wrong.signature[10] = static_cast<char>(wrong.signature[10] ^ 1);
  EXPECT_EQ(sign_in(wrong).problem(), "passkey_not_accepted");
  EXPECT_EQ(sign_in(key.sign(spent)).problem(), "passkey_challenge_gone");
  EXPECT_EQ(whether_in(key), "");
}

TEST_P(Passkeys, UseAChallengeInItsTimeAndForItsPurpose) {
  SoftwareAuthenticator key;
  add(key);
  const auto old = challenge();
  town.pass(challenge_time);
  EXPECT_EQ(sign_in(key.sign(old)).problem(), "passkey_challenge_gone");
  EXPECT_EQ(sign_in(key.sign("AAAAAAAAAAAAAAAAAAAAAA")).problem(), "passkey_challenge_gone") << "invented";
  EXPECT_EQ(sign_in(key.sign(begin().text("challenge"))).problem(), "passkey_challenge_gone")
      << "given to add a passkey";
  SoftwareAuthenticator another;
  EXPECT_EQ(record(another, challenge()).problem(), "passkey_challenge_gone") << "given to sign in";
  EXPECT_EQ(record(another, begin("officer1").text("challenge")).problem(), "passkey_challenge_gone")
      << "given to somebody else";
  const auto late = begin().text("challenge");
  town.pass(challenge_time);
  EXPECT_EQ(record(another, late).problem(), "passkey_challenge_gone");
}

TEST_P(Passkeys, ComeFromAPageOfTheTownAlone) {
  SoftwareAuthenticator key;
  add(key);
  for (const auto* origin : {"https://evil.example", "http://town.example", "https://town.example:444"}) {
    key.origin = origin;
    EXPECT_EQ(whether_in(key), "passkey_not_accepted") << origin;
    SoftwareAuthenticator another;
    another.origin = origin;
    EXPECT_EQ(add(another).problem(), "passkey_not_accepted") << origin;
  }
  key.origin = "https://town.example";
  EXPECT_EQ(whether_in(key), "");
}

TEST_P(Passkeys, ServeTheHostTheyWereMadeFor) {
  SoftwareAuthenticator key;
  add(key);
  key.host = "other.example";
  EXPECT_EQ(whether_in(key), "passkey_not_accepted");
  // The whole town by another name, and all of it consistent: it is still a passkey of the first one.
  const Sent elsewhere{.headers = {{"host", "Other.example"}}};
  key.origin = "https://other.example";
  EXPECT_EQ(sign_in(key.sign(challenge(elsewhere)), elsewhere).problem(), "passkey_not_accepted");
  SoftwareAuthenticator there;
  there.host = "other.example";
  there.origin = "https://other.example";
  const auto begun = begin("officer2", elsewhere);
  there.user = begun.text("user");
  EXPECT_EQ(record(there, begun.text("challenge"), "officer2", elsewhere).text("host"), "other.example");
  EXPECT_EQ(sign_in(there.sign(challenge(elsewhere)), elsewhere).problem(), "");
}

TEST_P(Passkeys, VerifyTheirUser) {
  SoftwareAuthenticator key;
  key.user_verified = false;
  EXPECT_EQ(add(key).problem(), "passkey_not_accepted");
  key.user_verified = true;
  EXPECT_EQ(add(key).problem(), "");
  key.user_verified = false;
  EXPECT_EQ(whether_in(key), "passkey_not_accepted");
}

TEST_P(Passkeys, CountUpwardsOrNotAtAll) {
  SoftwareAuthenticator key;
  add(key);
  EXPECT_EQ(whether_in(key), "");
  EXPECT_EQ(whether_in(key), "");
  key.count = 0;
  EXPECT_EQ(whether_in(key), "passkey_copied") << "one behind";
  key.count = 1;
  EXPECT_EQ(whether_in(key), "passkey_copied") << "the same";
  key.counts = false;
  key.count = 0;
  EXPECT_EQ(whether_in(key), "passkey_copied") << "it counted before";
  key.count = 9;
  EXPECT_EQ(whether_in(key), "");
  SoftwareAuthenticator never;
  never.counts = false;
  add(never);
  EXPECT_EQ(whether_in(never), "");
  EXPECT_EQ(whether_in(never), "");
}

TEST_P(Passkeys, OfSomebodyElseAreTheirs) {
  SoftwareAuthenticator mine, theirs, unknown;
  const auto id = add(mine).text("id");
  add(theirs, "officer1");
  unknown.user = theirs.user;
  // Signed by one, said to be the other's.
  auto parts = theirs.sign(challenge());
  parts.credential = mine.credential;
  EXPECT_EQ(sign_in(parts).problem(), "passkey_not_accepted");
  theirs.user = mine.user;
  EXPECT_EQ(whether_in(theirs), "passkey_not_accepted") << "it knows another user";
  EXPECT_EQ(whether_in(unknown), "passkey_not_accepted");
  EXPECT_EQ(post("officer1", own + "/" + id + "/end").problem(), "no_such_passkey");
  // Registered again, by somebody else.
  const auto begun = begin("officer1");
  EXPECT_EQ(record(mine, begun.text("challenge"), "officer1").problem(), "passkey_known");
}

TEST_P(Passkeys, ThatAreWrongAndThatAreUnknownAreRefusedAlike) {
  SoftwareAuthenticator key, unknown;
  add(key);
  unknown.user = key.user;
  auto wrong = key.sign(challenge());
  wrong.signature = "x";
  const auto one = sign_in(wrong), other = sign_in(unknown.sign(challenge()));
  EXPECT_EQ(one.status, other.status);
  EXPECT_EQ(one.body, other.body);
}

TEST_P(Passkeys, EndByTheirOwnerAndWithTheAccount) {
  SoftwareAuthenticator key, other;
  const auto path = own + "/" + add(key).text("id") + "/end";
  add(other);
  EXPECT_EQ(post("officer2", path).problem(), "");
  EXPECT_EQ(post("officer2", path).problem(), "") << "pressed twice";
  EXPECT_EQ(whether_in(key), "passkey_not_accepted");
  EXPECT_EQ(whether_in(other), "");
  EXPECT_THAT(get("officer2", own).at("items").as_array(), SizeIs(1));
  const auto staff = StaffId{value<std::int64_t>("select id from staff where username = 'officer2'")};
  EXPECT_EQ(post("admin", "/api/staff/" + to_string(staff) + "/end").problem(), "");
  EXPECT_EQ(whether_in(other), "passkey_not_accepted");
}

TEST_P(Passkeys, GoWithTheLostPhone) {
  SoftwareAuthenticator key;
  add(key);
  const auto staff = StaffId{value<std::int64_t>("select id from staff where username = 'officer2'")};
  EXPECT_EQ(post("admin", "/api/staff/" + to_string(staff) + "/second-factor/end").problem(), "");
  EXPECT_EQ(whether_in(key), "passkey_not_accepted");
}

TEST_P(Passkeys, OpenTheDoorWhileThePasswordWaits) {
  SoftwareAuthenticator key;
  add(key);
  for (int i = 0; i < free_attempts; ++i) {
    auto browser = town.somewhere();
    town.call(browser, "POST", "/api/session", R"({"username":"officer2","password":"guess"})");
  }
  EXPECT_EQ(whether_in(key), "") << "nobody can lock its owner out by guessing";
}

TEST_P(Passkeys, AreTenAtMost) {
  const auto first = begin().text("challenge");
  for (std::int64_t i = 0; i < passkeys_max; ++i) {
    SoftwareAuthenticator key;
    EXPECT_EQ(add(key).problem(), "");
  }
  EXPECT_EQ(begin().problem(), "too_many_passkeys");
  SoftwareAuthenticator key;
  EXPECT_EQ(record(key, first).problem(), "too_many_passkeys") << "begun before";
}

TEST_P(Passkeys, AreNotReadFromNonsense) {
  auto browser = town.somewhere();
  const auto nonsense = [&](const std::string& body) {
    return town.call(browser, "POST", "/api/session/passkey", body).problem();
  };
  EXPECT_EQ(
      nonsense(R"({"credential":"?","user":"x","client_data":"?","authenticator_data":"?","signature":"?"})"),
      "passkey_not_accepted");
  EXPECT_EQ(nonsense("{}"), "missing_member");
}

TEST_P(Passkeys, LeaveNoChallengesBehind) {
  challenge();
  begin();
  const auto forget = [&] {
    std::int64_t gone = 0;
    town.write([&](Transaction& tx, Instant at) { gone = forget_old_challenges(tx, at, 10); });
    return gone;
  };
  EXPECT_EQ(forget(), 0);
  town.pass(challenge_time + seconds{1});
  EXPECT_EQ(forget(), 2);
  EXPECT_EQ(value<std::int64_t>("select count(*) from passkey_challenges"), 0);
}

TEST_P(Passkeys, AreFoundWithoutAScan) {
  SoftwareAuthenticator key;
  const auto id = *parse_id<PasskeyTag>(add(key).text("id"));
  auto& caller = caller_of("officer2");
  caller.at = town.instant();
  caller.host = "town.example";
  const auto read = [&](auto&& work) { testing::read_plans(town, work); };
  read([&](Transaction& tx) {
    const Checked right{true, tx.value<std::string>("select password_hash from staff where id = :id",
                                                    {{"id", caller.staff->id}})};
    const auto begun = begin_passkey(tx, caller, {}, right);
    ASSERT_TRUE(begun);
    SoftwareAuthenticator another;
    const auto made = another.make(begun->challenge);
    EXPECT_TRUE(record_passkey(
        tx, caller, {"示例", to_base64url(made.client_data), to_base64url(made.authenticator_data)}));
    list_passkeys(tx, caller, {});
    end_passkey(tx, caller, {id});
    end_passkeys_of(tx, caller.staff->id, caller.at);
    forget_old_challenges(tx, caller.at, 10);
  });
  read([&](Transaction& tx) {
    const auto parts = key.sign(ask_for_challenge(tx, caller, {}).challenge);
    const SignInByPasskey wish{to_base64url(parts.credential), parts.user, to_base64url(parts.client_data),
                               to_base64url(parts.authenticator_data), to_base64url(parts.signature)};
    EXPECT_TRUE(sign_in_by_passkey(tx, caller, wish, check_passkey(find_passkey(tx, caller, wish), wish)));
  });
}

DOORSTEP_ON_ALL_ENGINES(Passkeys);

}  // namespace
}  // namespace doorstep::identity
