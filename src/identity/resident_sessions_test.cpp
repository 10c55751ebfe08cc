// Residents see where they are signed in, and sign out there.
#include "identity/resident_sessions.hpp"

#include <gmock/gmock.h>

#include "identity/resident.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using testing::Answer;
using testing::Browser;
using ::testing::SizeIs;

constexpr const char* phone = "13900000001";

class ResidentSessions : public testing::HallTest {
 protected:
  // One phone number, in two browsers; the first came first.
  ResidentSessions() {
    first = town.sign_in_resident(phone);
    town.pass(std::chrono::hours{1});
    second = town.sign_in_resident(phone);
  }

  Answer list(Browser& browser, const std::string& more = {}) {
    return town.call(browser, "GET", "/api/my/session/all" + more);
  }
  Answer end(Browser& browser, const std::string& session) {
    return town.call(browser, "POST", "/api/my/session/all/" + session + "/end");
  }
  std::string whether_signed_in(Browser& browser) {
    return town.call(browser, "GET", "/api/my/session").problem();
  }
  static std::string id_in(const Answer& answer, std::size_t index) {
    return std::string{answer.at("items").as_array().at(index).at("id").as_string()};
  }

  Browser first, second;
};

TEST_P(ResidentSessions, AreShownTheNewestFirst) {
  const auto shown = list(first);
  const auto& items = shown.at("items").as_array();
  ASSERT_THAT(items, SizeIs(2));
  EXPECT_FALSE(items.at(0).at("current").as_bool());
  EXPECT_TRUE(items.at(1).at("current").as_bool());
  const auto since = [&](std::size_t index) {
    return *parse_instant(std::string{items.at(index).at("signed_in_at").as_string()});
  };
  EXPECT_EQ(since(0), town.instant());
  EXPECT_EQ(since(1), town.instant() - std::chrono::hours{1});
  const auto page = list(first, "?limit=1");
  EXPECT_EQ(id_in(page, 0), id_in(shown, 0));
  EXPECT_EQ(id_in(list(first, "?limit=1&cursor=" + page.text("next")), 0), id_in(shown, 1));
}

TEST_P(ResidentSessions, EndOneAtATime) {
  const auto shown = list(first);
  EXPECT_EQ(end(first, id_in(shown, 0)).status, 204);
  EXPECT_EQ(whether_signed_in(second), "session_expired");
  EXPECT_EQ(end(first, id_in(shown, 0)).status, 204) << "pressed twice";
  EXPECT_THAT(list(first).at("items").as_array(), SizeIs(1));
  EXPECT_EQ(end(first, id_in(shown, 1)).status, 204) << "one's own, as by signing out";
  EXPECT_EQ(whether_signed_in(first), "session_expired");
}

TEST_P(ResidentSessions, AreNobodyElses) {
  auto stranger = town.sign_in_resident("13900000002");
  EXPECT_THAT(list(stranger).at("items").as_array(), SizeIs(1));
  EXPECT_EQ(end(stranger, id_in(list(first), 0)).problem(), "no_such_session");
  EXPECT_EQ(end(stranger, "se_1").problem(), "no_such_session");
  EXPECT_EQ(town.call(stranger, "POST", "/api/my/session/others/end").status, 204);
  EXPECT_EQ(whether_signed_in(first), "");
  EXPECT_EQ(whether_signed_in(second), "");
  EXPECT_EQ(get("officer1", "/api/my/session/all").problem(), "not_signed_in");
}

TEST_P(ResidentSessions, EndAllButTheOneThatAsks) {
  // One from before sessions had names is not shown, and ends with the others.
  town.write([](Transaction& tx, Instant) { tx.run("update resident_sessions set id = null"); });
  town.pass(between_codes);
  auto third = town.sign_in_resident(phone);
  EXPECT_THAT(list(third).at("items").as_array(), SizeIs(1));
  EXPECT_EQ(town.call(third, "POST", "/api/my/session/others/end").status, 204);
  EXPECT_EQ(whether_signed_in(first), "session_expired");
  EXPECT_EQ(whether_signed_in(second), "session_expired");
  EXPECT_EQ(whether_signed_in(third), "");
  EXPECT_EQ(town.call(third, "POST", "/api/my/session/others/end").status, 204) << "there is none left";
}

TEST_P(ResidentSessions, AreGoneFromTheListWithTheirTime) {
  town.pass(resident_session_time - std::chrono::hours{1});
  EXPECT_EQ(whether_signed_in(first), "session_expired");
  EXPECT_THAT(list(second).at("items").as_array(), SizeIs(1));
}

TEST_P(ResidentSessions, OfTheCitysAccountAreItsOwn) {
  auto here = town.sign_in_by_city("wang");
  auto there = town.sign_in_by_city("wang");
  EXPECT_THAT(list(here).at("items").as_array(), SizeIs(2));
  EXPECT_EQ(town.call(here, "POST", "/api/my/session/others/end").status, 204);
  EXPECT_EQ(whether_signed_in(there), "session_expired");
  EXPECT_EQ(whether_signed_in(first), "");
}

TEST_P(ResidentSessions, AreFoundWithoutAScan) {
  Caller caller;
  caller.at = town.instant();
  const auto session = *parse_id<SessionTag>(id_in(list(first), 0));
  testing::read_plans(town, [&](Transaction& tx) {
    caller.resident = authenticate_resident(tx, {first.resident, "", false}, caller.at);
    list_resident_sessions(tx, caller, {.cursor = {}, .limit = {}});
    end_resident_session(tx, caller, {session});
    end_other_resident_sessions(tx, caller, {});
  });
}

DOORSTEP_ON_ALL_ENGINES(ResidentSessions);

}  // namespace
}  // namespace doorstep::identity
