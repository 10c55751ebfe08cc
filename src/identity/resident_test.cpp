// Residents sign in with a code that only their phone was told.
#include "identity/resident.hpp"

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr const char* phone = "13900000001";

class Residents : public testing::HallTest {
 protected:
  testing::Answer ask(const std::string& number = phone) {
    auto anybody = town.somewhere();
    return town.call(anybody, "POST", "/api/my/codes", R"({"phone":")" + number + "\"}");
  }
  testing::Answer sign_in(const std::string& code, const std::string& number = phone) {
    browser.remote = town.somewhere().remote;
    return town.call(browser, "POST", "/api/my/session",
                     R"({"phone":")" + number + R"(","code":")" + code + "\"}");
  }
  // Asks for a code and signs in with it.
  void come_in(const std::string& number = phone) { browser = town.sign_in_resident(number); }
  std::int64_t accounts() {
    return value<std::int64_t>("select count(*) from residents where ended_at is null");
  }

  testing::Browser browser;
};

TEST_P(Residents, SignInWithTheCodeThatTheirPhoneWasSent) {
  EXPECT_EQ(ask().status, 204);
  const auto message = town.message_to(phone);
  EXPECT_THAT(message, HasSubstr("验证码"));
  const auto code = testing::code_in(message);
  EXPECT_THAT(code, MatchesRegex("[0-9]+"));
  EXPECT_EQ(code.size(), code_digits);
  const auto session = sign_in(code);
  EXPECT_EQ(session.status, 200) << session.problem();
  EXPECT_THAT(session.headers.at("set-cookie"), HasSubstr("Path=/; HttpOnly")) << "scripts cannot read it";
  EXPECT_EQ(town.call(browser, "GET", "/api/my/session").status, 200);
}

TEST_P(Residents, AreWrittenToInTheirLanguage) {
  town.call("POST", "/api/my/codes", R"({"phone":"13900000001"})", {.headers = {{"accept-language", "en"}}});
  EXPECT_THAT(town.message_to(phone), HasSubstr("Your code is"));
}

TEST_P(Residents, MayTypeTheirNumberAsTheyLike) {
  ask("+86 139-0000 0001");
  EXPECT_EQ(sign_in(town.code_sent_to(phone), "１３９ ００００ ０００１").status, 200);
  EXPECT_EQ(ask("call me").problem(), "invalid_phone");
  EXPECT_EQ(ask("+49 170 0000001").status, 204) << "a phone of another country is one, too";
}

TEST_P(Residents, UseACodeOnceAndInTime) {
  ask();
  const auto code = town.code_sent_to(phone);
  EXPECT_EQ(sign_in(code == "000000" ? "000001" : "000000").problem(), "wrong_code");
  EXPECT_EQ(sign_in(code, "13900000002").problem(), "wrong_code") << "it was another phone's";
  EXPECT_EQ(sign_in(code).status, 200);
  EXPECT_EQ(sign_in(code).problem(), "wrong_code") << "it was used";
  town.pass(between_codes);
  ask();
  const auto late = town.code_sent_to(phone);
  town.pass(code_time);
  EXPECT_EQ(sign_in(late).problem(), "wrong_code") << "it is too old";
}

TEST_P(Residents, HaveOneCodeAtATime) {
  ask();
  const auto first = town.code_sent_to(phone);
  town.pass(between_codes);
  ask();
  const auto second = town.code_sent_to(phone);
  if (first != second) {
    EXPECT_EQ(sign_in(first).problem(), "wrong_code");
  }
  EXPECT_EQ(sign_in(second).status, 200);
}

TEST_P(Residents, AreNotSentOneCodeAfterTheOther) {
  EXPECT_EQ(ask().status, 204);
  const auto again = ask();
  EXPECT_EQ(again.problem(), "code_too_soon");
  EXPECT_EQ(again.headers.at("retry-after"), "60");
  for (int i = 1; i < codes_an_hour; ++i) {
    town.pass(between_codes);
    EXPECT_EQ(ask().status, 204) << i;
  }
  town.pass(between_codes);
  EXPECT_EQ(ask().problem(), "code_too_soon") << "enough for this hour";
  town.pass(std::chrono::hours{1});
  EXPECT_EQ(ask().status, 204);
}

TEST_P(Residents, WhoGuessACodeHaveToWait) {
  ask();
  const auto code = town.code_sent_to(phone);
  const std::string wrong = code == "000000" ? "000001" : "000000";
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(wrong).problem(), "wrong_code");
  EXPECT_EQ(sign_in(code).problem(), "too_many_attempts") << "even with the right one";
  town.pass(between_codes);
  EXPECT_EQ(sign_in(code).problem(), "wrong_code") << "it is dead by now";
  town.pass(between_codes);
  ask();
  EXPECT_EQ(sign_in(town.code_sent_to(phone)).status, 200);
}

TEST_P(Residents, TellNobodyWhetherTheyWereHereBefore) {
  come_in();
  town.pass(between_codes);
  const auto known = ask();
  const auto unknown = ask("13900000002");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(sign_in("x").body.at("detail"), sign_in("x", "13900000002").body.at("detail"));
  EXPECT_EQ(sign_in("x", "13900000003").problem(), "wrong_code") << "no code was ever sent there";
}

TEST_P(Residents, ComeBackToTheSameAccountUnlessItWasLong) {
  come_in();
  EXPECT_EQ(accounts(), 1);
  town.pass(unused_time - std::chrono::hours{1});
  come_in();
  const auto first = value<std::int64_t>("select id from residents where ended_at is null");
  town.pass(unused_time);
  come_in();
  EXPECT_NE(value<std::int64_t>("select id from residents where ended_at is null"), first)
      << "by now the number may be somebody else's";
  EXPECT_EQ(accounts(), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where phone is not null"), 1);
}

TEST_P(Residents, StayInUntilTheySignOutOrAMonthHasPassed) {
  come_in();
  town.pass(resident_session_time - std::chrono::seconds{1});
  EXPECT_EQ(town.call(browser, "GET", "/api/my/session").status, 200);
  town.pass(std::chrono::seconds{1});
  EXPECT_EQ(town.call(browser, "GET", "/api/my/session").problem(), "session_expired");
  come_in();
  const auto before = browser;
  EXPECT_EQ(town.call(browser, "DELETE", "/api/my/session").status, 204);
  EXPECT_EQ(browser.resident, "") << "the cookie is cleared";
  browser = before;
  EXPECT_EQ(town.call(browser, "GET", "/api/my/session").problem(), "session_expired");
}

TEST_P(Residents, WriteOnlyWithTheWordThatTheirPageKnows) {
  come_in();
  browser.csrf = "forged";
  EXPECT_EQ(town.call(browser, "POST", "/api/my/people", R"({"name":"示例"})").problem(), "csrf_missing");
}

TEST_P(Residents, AreNoStaffAndStaffAreNoResidents) {
  come_in();
  EXPECT_EQ(town.call(browser, "GET", "/api/session").problem(), "not_signed_in");
  EXPECT_EQ(get("admin", "/api/my/session").problem(), "not_signed_in");
  browser.session = browser.resident;
  EXPECT_EQ(town.call(browser, "GET", "/api/session").problem(), "session_expired");
}

TEST_P(Residents, LeaveNeitherPhoneNorCodeToBeRead) {
  ask();
  const auto code = town.code_sent_to(phone);
  sign_in(code);
  town.read([&](Snapshot& snapshot, Instant) {
    for (const auto* statement : {"select phone_mark as text from residents",
                                  "select phone_mark || coalesce(code_hash, '') as text from sign_in_codes",
                                  "select subject as text from outbox", "select body as text from events"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr(phone))) << statement;
        EXPECT_THAT(std::string{rows.text(0)}, Not(HasSubstr(code))) << statement;
      });
    }
    for (const auto* statement : {"select phone from residents", "select body from answers"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        const auto bytes = rows.bytes(0);
        const std::string text{reinterpret_cast<const char*>(bytes.data), bytes.size};
        EXPECT_THAT(text, Not(HasSubstr(phone))) << statement;
        EXPECT_THAT(text, Not(HasSubstr(code))) << statement;
      });
    }
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from outbox where length(body) > 0"), 0)
      << "what was delivered is not kept";
}

TEST_P(Residents, WhatHasHadItsTimeIsForgotten) {
  come_in();
  town.pass(resident_session_time + std::chrono::hours{1});
  town.write([](Transaction& tx, Instant at) {
    EXPECT_EQ(forget_old_codes(tx, at, 10), 1);
    EXPECT_EQ(forget_resident_sessions(tx, at, 10), 1);
    EXPECT_EQ(forget_old_codes(tx, at, 10), 0);
  });
}

TEST_P(Residents, AreFoundWithoutAScan) {
  come_in();
  auto caller = town.caller_of("officer1");
  caller.staff.reset();
  const auto token = browser.resident;
  town.pass(between_codes);
  caller.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) {
    ask_for_code(tx, caller, {phone});
    EXPECT_FALSE(sign_in_by_code(tx, caller, {phone, Secret{"x"}}));
    resident_of(tx, phone, caller.at);
    caller.resident = authenticate_resident(tx, {token, "", false}, caller.at);
    read_resident_session(tx, caller, {});
    phone_of(tx, caller.resident->id);
    sign_out_resident(tx, caller, {});
    resident_of(tx, phone, caller.at + unused_time);
    forget_old_codes(tx, caller.at, 10);
    forget_resident_sessions(tx, caller.at, 10);
  });
}

DOORSTEP_ON_ALL_ENGINES(Residents);

}  // namespace
}  // namespace doorstep::identity
