#include "identity/devices.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "identity/sessions.hpp"
#include "testing/devices.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using testing::Answer;
using testing::Showing;

class Devices : public testing::HallTest {
 protected:
  Answer own(Showing& device) { return town.call(device.browser, "GET", "/api/device"); }
  Answer seen(Showing& device) { return town.call(device.browser, "POST", "/api/device/seen"); }
  Answer pair(const std::string& code, const std::string& who = "manager") {
    return testing::pair(town, as(who), code);
  }
  Answer collect(Showing& device) { return testing::collect(town, device); }
};

TEST_P(Devices, ShowACodeThatAColleagueTypesAndFetchTheirSession) {
  auto device = testing::show_code(town);
  EXPECT_EQ(device.code.size(), pairing_code_letters);
  EXPECT_EQ(collect(device).problem(), "pairing_waits");
  EXPECT_EQ(own(device).problem(), "not_signed_in");
  const auto made = pair(device.code);
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_TRUE(made.at("last_seen_at").is_null());
  EXPECT_EQ(collect(device).status, 200);
  EXPECT_EQ(own(device).text("id"), made.text("id"));
  EXPECT_EQ(own(device).text("csrf"), device.browser.csrf);
}

TEST_P(Devices, ShowNoLettersThatLookAlike) {
  std::set<char> shown;
  for (int i = 0; i < 40; ++i) {
    const auto code = testing::show_code(town).code;
    shown.insert(code.begin(), code.end());
  }
  EXPECT_GT(shown.size(), 15U);
  for (const char c : std::string_view{"0O1IL2Z5S8BU"}) EXPECT_FALSE(shown.contains(c)) << c;
}

TEST_P(Devices, ArePairedHoweverTheCodeIsTyped) {
  auto device = testing::show_code(town);
  auto typed = device.code;
  std::ranges::transform(typed, typed.begin(), [](unsigned char c) { return std::tolower(c); });
  EXPECT_EQ(pair(' ' + typed.substr(0, 3) + " - " + typed.substr(3) + ' ').status, 201);
}

TEST_P(Devices, FetchTheirSessionAgainUntilItIsUsed) {
  auto device = testing::show_code(town);
  pair(device.code);
  auto lost = device;
  EXPECT_EQ(collect(lost).status, 200);
  EXPECT_EQ(collect(device).status, 200) << "the first answer did not arrive";
  EXPECT_EQ(seen(device).status, 204);
  auto stranger = testing::Browser{};
  EXPECT_EQ(
      town.call(stranger, "POST", "/api/device/session", R"({"secret":")" + device.secret + "\"}").problem(),
      "no_such_pairing")
      << "the secret is worth nothing any more";
}

TEST_P(Devices, CodesAreDeadAfterTheyWereUsedAfterTenMinutesAndAfterTheNextOne) {
  auto device = testing::show_code(town);
  EXPECT_EQ(pair(device.code).status, 201);
  EXPECT_EQ(pair(device.code).problem(), "wrong_pairing_code") << "used";

  auto late = testing::show_code(town);
  pass(pairing_time);
  EXPECT_EQ(pair(late.code).problem(), "wrong_pairing_code") << "ten minutes old";
  EXPECT_EQ(collect(late).problem(), "no_such_pairing");

  auto again = testing::show_code(town);
  const auto first = again.code;
  const auto started = town.call(again.browser, "POST", "/api/device/pairing");
  EXPECT_EQ(pair(first).problem(), "wrong_pairing_code") << "the same browser was given another";
  EXPECT_EQ(pair(started.text("code")).status, 201);
}

TEST_P(Devices, WrongCodesAreCountedAgainstWhoeverTypesThem) {
  auto device = testing::show_code(town);
  for (int i = 0; i < free_attempts; ++i) EXPECT_EQ(pair("AAAAAA").problem(), "wrong_pairing_code");
  EXPECT_EQ(pair(device.code).problem(), "too_many_attempts");
  EXPECT_EQ(pair(device.code, "director").status, 201) << "somebody else need not wait";
  town.pass(first_wait);
  auto other = testing::show_code(town);
  EXPECT_EQ(pair(other.code).status, 201);
}

TEST_P(Devices, OfTwoManagersAtOnceOnePairs) {
  auto device = testing::show_code(town);
  auto one = as("manager"), other = as("director");
  std::vector<Answer> answers(2);
  {
    std::jthread first{[&] { answers[0] = testing::pair(town, one, device.code); }};
    std::jthread second{[&] { answers[1] = testing::pair(town, other, device.code); }};
  }
  const auto paired = std::ranges::count(answers, 201, &Answer::status);
  EXPECT_EQ(paired, 1);
  EXPECT_EQ(std::ranges::count(answers, std::string{"wrong_pairing_code"}, &Answer::problem), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from devices"), 1);
}

TEST_P(Devices, AreWrittenAsSeenEveryFiveMinutesAtMost) {
  auto device = testing::show_code(town);
  pair(device.code);
  collect(device);
  const auto last = [&] { return value<std::int64_t>("select last_seen_at from device_sessions"); };
  EXPECT_EQ(seen(device).status, 204);
  const auto first = last();
  town.pass(between_seen - Microseconds{1});
  EXPECT_EQ(seen(device).status, 204);
  EXPECT_EQ(last(), first);
  town.pass(Microseconds{1});
  const auto again = seen(device);
  EXPECT_GT(last(), first);
  EXPECT_THAT(again.headers.at("set-cookie"),
              ::testing::HasSubstr("; HttpOnly; SameSite=Strict; Max-Age=34560000"))
      << "the browser keeps it as long as it may, from now on";
  device.browser.csrf = "another";
  EXPECT_EQ(seen(device).problem(), "csrf_missing");
}

TEST_P(Devices, KeepTheirSessionForYearsAndLoseItAtOnceWhenUnpaired) {
  auto device = testing::show_code(town);
  const auto id = pair(device.code).text("id");
  collect(device);
  pass(std::chrono::days{500});
  EXPECT_EQ(own(device).status, 200);
  EXPECT_EQ(post("manager", "/api/devices/" + id + "/end", "", testing::if_match(1)).status, 200);
  EXPECT_EQ(own(device).problem(), "session_expired");
  EXPECT_EQ(seen(device).problem(), "session_expired");
}

TEST_P(Devices, AreUnpairedBeforeTheyFetchTheirSessionAndGetNone) {
  auto device = testing::show_code(town);
  const auto id = pair(device.code).text("id");
  post("manager", "/api/devices/" + id + "/end", "", testing::if_match(1));
  EXPECT_EQ(collect(device).problem(), "no_such_pairing");
}

TEST_P(Devices, WhatIsStoredPairsAndSignsInNobody) {
  auto device = testing::show_code(town);
  pair(device.code);
  collect(device);
  auto other = testing::show_code(town);
  std::string stored;
  town.read([&](Snapshot& snapshot, Instant) {
    for (const auto* statement :
         {"select code_hash, secret_hash, browser from pairings where code_hash is not null",
          "select token_hash, csrf, token_hash from device_sessions"}) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) {
        for (int column = 0; column < 3; ++column) stored += std::string{rows.text(column)} + ' ';
      });
    }
  });
  for (const auto& secret : {other.code, other.secret, device.browser.paired})
    EXPECT_EQ(stored.find(secret), std::string::npos);
}

TEST_P(Devices, OldCodesAreForgotten) {
  for (int i = 0; i < 3; ++i) testing::show_code(town);
  town.write([](Transaction& tx, Instant at) { EXPECT_EQ(forget_old_pairings(tx, at, 100), 0); });
  town.pass(pairing_time + Microseconds{1});
  town.write([](Transaction& tx, Instant at) {
    EXPECT_EQ(forget_old_pairings(tx, at, 2), 2) << "no more than asked for";
    EXPECT_EQ(forget_old_pairings(tx, at, 2), 1);
  });
}

TEST_P(Devices, PairWithoutAScan) {
  auto device = testing::show_code(town);
  pair(device.code);
  auto other = testing::show_code(town);
  const auto at = town.instant();
  const auto manager = caller_of("manager").staff->id;
  testing::read_plans(town, [&](Transaction& tx) {
    Caller caller;
    caller.at = at;
    caller.device = "browser";
    start_pairing(tx, caller, {});
    EXPECT_TRUE(find_pairing(tx, manager, other.code, at));
    EXPECT_FALSE(find_pairing(tx, manager, "AAAAAA", at));
    const auto session = collect_pairing(tx, caller, {Secret{device.secret}});
    caller.paired = authenticate_device(tx, {session.cookie.value, "", false}, at);
    note_seen(tx, caller, {});
    end_device_session(tx, session.view.device, at);
    forget_old_pairings(tx, at, 10);
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Devices);

}  // namespace doorstep::identity
