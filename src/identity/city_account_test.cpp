// Residents sign in by the city's account, and all that must not work.
#include "identity/city_account.hpp"

#include <future>
#include <set>
#include <utility>

#include <gmock/gmock.h>

#include "identity/sessions.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::Answer;
using testing::Browser;
using testing::CameBack;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Sent;

const std::string wang = "wang-xiuying-1952";  // a subject

class CityAccounts : public testing::HallTest {
 protected:
  Answer begin(Browser& browser, const std::string& body = "{}", const Sent& more = {}) {
    return town.call(browser, "POST", "/api/my/city", body, more);
  }
  Answer come_in(Browser& browser, const CameBack& back, const std::string& more = {}) {
    browser.remote = town.somewhere().remote;
    auto answer = town.call(browser, "POST", "/api/my/city/session", back.json(more));
    if (answer.status == 200) browser.csrf = answer.text("csrf");
    return answer;
  }
  // Begins and comes back; the answer to that.
  Answer whole(const std::string& subject = wang, bool anew = false) {
    last = town.somewhere();
    const auto back = town.come_back_from_city(last, subject, anew);
    return come_in(last, back);
  }
  std::string say_who(Browser& browser, const std::string& body) {
    const auto answer = town.call(browser, "POST", "/api/my/people", body);
    return answer.status < 300 ? answer.text("id") : answer.problem();
  }
  std::int64_t accounts() {
    return value<std::int64_t>("select count(*) from residents where ended_at is null");
  }
  Instant instant_in(const Answer& answer, std::string_view member) {
    return *parse_instant(answer.text(member));
  }

  Browser last;
};

TEST_P(CityAccounts, SignInAndComeBackToTheSameAccount) {
  const auto session = whole();
  EXPECT_EQ(session.status, 200) << session.problem();
  EXPECT_EQ(session.text("account"), "city");
  EXPECT_THAT(session.headers.at("set-cookie"), HasSubstr("Path=/; HttpOnly"));
  EXPECT_EQ(town.call(last, "GET", "/api/my/session").body, session.body);
  const auto self = say_who(last, R"({"name":"示例 王秀英"})");
  auto first = last;
  whole();
  EXPECT_EQ(accounts(), 1);
  EXPECT_EQ(town.call(last, "GET", "/api/my/people").at("items").as_array().at(0).at("id").as_string(), self);
  EXPECT_EQ(town.call(first, "GET", "/api/my/people").status, 200) << "another browser stays signed in";
  whole("li-1960");
  EXPECT_EQ(accounts(), 2);
  EXPECT_EQ(town.call(last, "GET", "/api/my/people").at("items").as_array().size(), 0U);
}

TEST_P(CityAccounts, AreAskedForAsTheStandardSays) {
  auto browser = town.somewhere();
  const auto begun = begin(browser, "{}", {.headers = {{"accept-language", "en"}}});
  EXPECT_THAT(begun.text("address"),
              ::testing::StartsWith("https://city.example/sign-in?response_type=code&"));
  EXPECT_THAT(begun.text("address"), HasSubstr("&client_id=doorstep&scope=openid&"));
  EXPECT_THAT(begun.text("address"), HasSubstr("&redirect_uri=https%3A%2F%2Ftown.example%2Fmy%2Fcity&"));
  EXPECT_THAT(begun.text("address"), HasSubstr("&code_challenge_method=S256&ui_locales=en&max_age=2592000"));
  EXPECT_THAT(begun.text("address"), Not(HasSubstr("prompt=")));
  EXPECT_EQ(instant_in(begun, "expires_at"), town.instant() + city_sign_in_time);
  const auto other = begin(browser, "{}");
  EXPECT_NE(other.text("address"), begun.text("address"));
  EXPECT_THAT(begin(browser, R"({"anew":true})").text("address"), HasSubstr("&max_age=900&prompt=login"));
}

TEST_P(CityAccounts, ComeBackOverTheSameAddress) {
  auto browser = town.somewhere();
  for (const auto* host : {"localhost:8080", "127.0.0.1:8080", "town.localhost"})
    EXPECT_THAT(begin(browser, "{}", {.headers = {{"host", host}}}).text("address"),
                HasSubstr("&redirect_uri=" + form_text(std::string{"http://"} + host + "/my/city") + '&'));
  EXPECT_THAT(begin(browser, "{}", {.headers = {{"host", "localhost.example"}}}).text("address"),
              HasSubstr("&redirect_uri=https%3A%2F%2Flocalhost.example%2F"));
}

TEST_P(CityAccounts, UseAStateOnceInTimeAndInItsBrowser) {
  auto browser = town.somewhere();
  const auto back = town.come_back_from_city(browser, wang);
  auto thief = town.somewhere();
  EXPECT_EQ(come_in(thief, back).problem(), "city_sign_in_gone") << "without a device";
  EXPECT_EQ(come_in(thief, back).problem(), "city_sign_in_gone") << "with another one";
  EXPECT_EQ(come_in(browser, {back.code, "AAAAAAAAAAAAAAAAAAAAAA"}).problem(), "city_sign_in_gone");
  EXPECT_EQ(come_in(browser, back).problem(), "") << "nobody else has used it up";
  EXPECT_EQ(come_in(browser, back).problem(), "city_sign_in_gone") << "used";
  const auto late = town.come_back_from_city(browser, wang);
  town.pass(city_sign_in_time);
  EXPECT_EQ(come_in(browser, late).problem(), "city_sign_in_gone");
}

TEST_P(CityAccounts, OfUnknownStatesTheProviderHearsNothing) {
  auto browser = town.somewhere();
  come_in(browser, {"code", "AAAAAAAAAAAAAAAAAAAAAA"});
  EXPECT_TRUE(town.city().asked().empty());
}

TEST_P(CityAccounts, AStateIsUsedUpOnlyByWhomItLetsIn) {
  auto browser = town.somewhere();
  const auto back = town.come_back_from_city(browser, wang);
  town.city().away = true;
  EXPECT_EQ(come_in(browser, back).problem(), "city_account_away");
  EXPECT_EQ(accounts(), 0);
  town.city().away = false;
  EXPECT_EQ(come_in(browser, {"of nobody", back.state}).problem(), "city_account_unfit");
  EXPECT_EQ(come_in(browser, back).problem(), "");
}

TEST_P(CityAccounts, WhileTheProviderIsAwayNobodyIsSentThere) {
  town.city().away = true;
  auto browser = town.somewhere();
  EXPECT_EQ(begin(browser).problem(), "city_account_away");
  EXPECT_EQ(value<std::int64_t>("select count(*) from city_sign_ins"), 0);
  town.city().away = false;
  EXPECT_EQ(begin(browser).problem(), "");
}

TEST_P(CityAccounts, AnAnswerThatDoesNotFitSignsNobodyIn) {
  town.city().forge = [](boost::json::object& claims) { claims["nonce"] = "of another sign-in"; };
  EXPECT_EQ(whole().problem(), "city_account_unfit");
  town.city().forge = {};
  town.city().key = testing::TokenKey{"k1"};
  EXPECT_EQ(whole().problem(), "city_account_unfit");
  EXPECT_EQ(accounts(), 0);
  EXPECT_EQ(last.resident, "");
  auto browser = town.somewhere();
  const auto back = town.come_back_from_city(browser, wang);
  EXPECT_EQ(come_in(browser, back, R"(,"iss":"https://other.example")").problem(), "city_account_unfit");
}

TEST_P(CityAccounts, WhoAnswersMayBeSaid) {
  auto browser = town.somewhere();
  const auto back = town.come_back_from_city(browser, wang);
  EXPECT_EQ(come_in(browser, back, R"(,"iss":"https://city.example")").problem(), "");
}

TEST_P(CityAccounts, TwoPressesAtOnceAreOneSignIn) {
  auto browser = town.somewhere();
  const auto back = town.come_back_from_city(browser, wang);
  const auto press = [&] {
    auto copy = browser;
    copy.remote = browser.remote;
    return town.call(copy, "POST", "/api/my/city/session", back.json()).problem();
  };
  auto other = std::async(std::launch::async, press);
  std::multiset<std::string> said{press(), other.get()};
  EXPECT_EQ(said.count(""), 1U) << *said.begin() << ' ' << *said.rbegin();
  EXPECT_EQ(value<std::int64_t>("select count(*) from resident_sessions"), 1);
}

TEST_P(CityAccounts, AreFreshForAQuarterOfAnHourAfterPasswordOrCard) {
  const auto take_along = [&] {
    return town.call(last, "POST", "/api/my/people/" + say_who(last, R"({"name":"示例"})") + "/export")
        .problem();
  };
  const auto session = whole();
  EXPECT_EQ(instant_in(session, "fresh_until"), town.instant() + fresh_time);
  EXPECT_EQ(take_along(), "");
  town.pass(fresh_time);
  EXPECT_EQ(take_along(), "fresh_code_needed");
  // Signed in there this morning, the provider lets them through; that is no fresh proof.
  town.city().signed_in_before = std::chrono::hours{3};
  EXPECT_EQ(whole().problem(), "");
  EXPECT_EQ(take_along(), "fresh_code_needed");
  town.city().signed_in_before = std::chrono::minutes{10};
  EXPECT_EQ(whole().problem(), "");
  EXPECT_EQ(take_along(), "fresh_code_needed") << "ten minutes ago may have been somebody else here";
  EXPECT_EQ(whole(wang, true).problem(), "city_account_unfit")
      << "it was to ask for the password, and has not";
  town.city().signed_in_before = {};
  EXPECT_EQ(whole(wang, true).problem(), "");
  EXPECT_EQ(take_along(), "");
  // One that does not say when has said nothing.
  town.city().says_when = false;
  EXPECT_EQ(whole().problem(), "");
  EXPECT_EQ(take_along(), "fresh_code_needed");
  EXPECT_EQ(whole(wang, true).problem(), "city_account_unfit");
}

TEST_P(CityAccounts, EraseTheirPersonAndGoWithThem) {
  whole();
  const auto self = say_who(last, R"({"name":"示例"})");
  EXPECT_EQ(town.call(last, "POST", "/api/my/people/" + self + "/erase").problem(), "");
  EXPECT_EQ(accounts(), 0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where city_mark is not null"), 0);
  EXPECT_EQ(town.call(last, "GET", "/api/my/session").problem(), "session_expired");
  whole();
  EXPECT_EQ(town.call(last, "GET", "/api/my/people").at("items").as_array().size(), 0U);
}

TEST_P(CityAccounts, FindTheirRecordWithThePhoneThatIsOnIt) {
  const std::string phone = "13900000001";
  const auto known =
      post("officer1", "/api/people",
           R"({"name":"示例 王秀英","phone":")" + phone + R"(","identity_number":"000000194803070028"})")
          .text("id");
  whole();
  const std::string said = R"({"name":"示例 王秀英","last_four":"0028")";
  EXPECT_EQ(say_who(last, said + "}"), "phone_needed");
  EXPECT_EQ(say_who(last, said + R"(,"phone":")" + phone + "\"}"), "phone_needed");
  EXPECT_EQ(say_who(last, said + R"(,"phone":"call me","code":"1"})"), "invalid_phone");
  EXPECT_EQ(say_who(last, said + R"(,"phone":")" + phone + R"(","code":"000000"})"), "wrong_code");
  const auto with_code = [&](const std::string& number, const std::string& last_four) {
    town.pass(between_codes);
    return R"({"name":"示例 王秀英","last_four":")" + last_four + R"(","phone":")" + number +
           R"(","code":")" + town.new_code_for(number) + "\"}";
  };
  EXPECT_EQ(say_who(last, with_code("13900000002", "0028")), "not_on_record") << "another phone";
  EXPECT_EQ(say_who(last, with_code(phone, "0029")), "not_on_record");
  EXPECT_EQ(say_who(last, with_code(phone, "0028")), known);
  EXPECT_EQ(town.call(last, "POST", "/api/my/people/" + known + "/look").status, 200);
  EXPECT_EQ(accounts(), 1) << "the phone itself has no account by that";
}

TEST_P(CityAccounts, MistypedLastFourLeavesTheCodeForAnotherTry) {
  const std::string phone = "13900000001";
  const auto known =
      post("officer1", "/api/people",
           R"({"name":"示例 王秀英","phone":")" + phone + R"(","identity_number":"000000194803070028"})")
          .text("id");
  whole();
  auto code = town.new_code_for(phone);
  const auto say = [&](const std::string& last_four) {
    return say_who(last, R"({"name":"示例 王秀英","last_four":")" + last_four + R"(","phone":")" + phone +
                             R"(","code":")" + code + "\"}");
  };
  EXPECT_EQ(say("0082"), "not_on_record");
  EXPECT_EQ(say("0028"), known);
  EXPECT_EQ(say("0028"), "wrong_code") << "it was used up by what it opened";
  // Wrong ones, of the code or of the four, are few together.
  town.pass(between_codes);
  code = town.new_code_for(phone);
  const auto right = std::exchange(code, "000000");
  EXPECT_EQ(say("0028"), "wrong_code");
  code = right;
  for (int wrong = 1; wrong < free_attempts; ++wrong) EXPECT_EQ(say("0082"), "not_on_record") << wrong;
  EXPECT_EQ(say("0028"), "wrong_code") << "it is dead";
  // Another code gives no more guesses a day than there were.
  town.pass(std::chrono::hours{1});
  code = town.new_code_for(phone);
  EXPECT_EQ(say("0082"), "not_on_record");
  town.pass(std::chrono::hours{1});
  code = town.new_code_for(phone);
  EXPECT_EQ(say("0028"), "too_many_attempts");
}

TEST_P(CityAccounts, OfWhoTheyAreNothingIsTaken) {
  whole();
  const auto self = say_who(last, R"({"name":"示例"})");
  const auto shown = town.call(last, "POST", "/api/my/people/" + self + "/look");
  EXPECT_EQ(shown.text("name"), "示例") << "the token said another";
  EXPECT_TRUE(shown.at("phone").is_null());
  town.read([&](Snapshot& snapshot, Instant) {
    for (const auto* statement :
         {"select city_mark as text from residents", "select body as text from events",
          "select state_hash || device as text from city_sign_ins"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr(wang))) << statement;
      });
    }
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where phone is not null"), 0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from answers"), 1) << "that of saying who one is";
}

TEST_P(CityAccounts, AreKeptWhereAPhoneIsForgotten) {
  whole();
  const auto self = say_who(last, R"({"name":"示例"})");
  town.sign_in_resident("13900000001");
  town.pass(unused_time + std::chrono::hours{1});
  town.write([](Transaction& tx, Instant at) { EXPECT_EQ(end_unused_residents(tx, at, 10), 1); });
  EXPECT_EQ(accounts(), 1);
  whole();
  EXPECT_EQ(town.call(last, "GET", "/api/my/people").at("items").as_array().size(), 1U)
      << "a provider gives a subject to nobody else";
}

TEST_P(CityAccounts, WhoDidNotComeBackIsForgotten) {
  auto browser = town.somewhere();
  begin(browser);
  town.pass(city_sign_in_time + seconds{1});
  begin(browser);
  town.write([](Transaction& tx, Instant at) { EXPECT_EQ(forget_old_city_sign_ins(tx, at, 10), 1); });
  EXPECT_EQ(value<std::int64_t>("select count(*) from city_sign_ins"), 1);
}

TEST_P(CityAccounts, AreNamedToThePageOnlyWhereThereAreSome) {
  EXPECT_EQ(get("nobody", "/api/my/city").text("name.zh"), "示例市账号");
}

TEST_P(CityAccounts, AreFoundWithoutAScan) {
  auto browser = town.somewhere();
  town.come_back_from_city(browser, wang);
  Caller caller;
  caller.at = town.instant();
  caller.host = "town.example";
  caller.device = "d";
  const CityProof proof = IdToken{.subject = wang};
  const CitySettings city{.issuer = "https://city.example",
                          .client_id = "x",
                          .client_secret = {},
                          .name = {},
                          .scopes = "openid"};
  testing::read_plans(town, [&](Transaction& tx) {
    const auto begun = begin_city_sign_in(tx, caller, {}, city, "https://city.example/sign-in");
    const auto at = begun.address.find("&state=") + 7;
    const SignInByCityAccount wish{.code = "c", .state = begun.address.substr(at, 22), .iss = {}};
    EXPECT_TRUE(find_city_sign_in(tx, caller, wish).question);
    sign_in_by_city_account(tx, caller, wish, city, proof);
    EXPECT_THROW(sign_in_by_city_account(tx, caller, wish, city, proof), Problem);
    forget_old_city_sign_ins(tx, caller.at, 10);
    end_unused_residents(tx, caller.at + 2 * unused_time, 10);
  });
}

DOORSTEP_ON_ALL_ENGINES(CityAccounts);

}  // namespace
}  // namespace doorstep::identity
