// Who may what, where, and for how long.
#include <gmock/gmock.h>

#include "identity/grants.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;

class StaffOfATown : public testing::HallTest {
 protected:
  // Reading the hall's windows takes an officer or a manager of its venue.
  std::string may_work_here(const std::string& who) { return get(who, hall("/windows")).problem(); }
  // A manager of its venue.
  std::string may_manage_here(const std::string& who) {
    return town
        .call(as(who), "PATCH", window(1), "{}",
              testing::if_match(get("admin", window(1)).number("window.version")))
        .problem();
  }

  VenueId venue_called(const std::string& key) {
    return value<VenueId>("select id from venues where key = :key", {{"key", key}});
  }
  StaffId id_of(const std::string& username) {
    return value<StaffId>("select id from staff where username = :username", {{"username", username}});
  }
  void put(const std::string& username, Role role, const Scope& scope) {
    const auto hash = value<std::string>("select password_hash from staff where username = 'officer1'");
    town.write([&](Transaction& tx, Instant at) {
      put_staff(tx, {username, "示例 " + username, {"岗位", "Post"}, role, scope}, hash, at);
    });
  }
  void grant(const std::string& username, Role role, const std::string& venue, Microseconds from,
             std::optional<Microseconds> until) {
    const auto staff = id_of(username);
    const auto at_venue = venue_called(venue);
    town.write([&](Transaction& tx, Instant at) {
      put_grant(tx, {.staff = staff,
                     .role = role,
                     .scope = at_venue,
                     .from = at + from,
                     .until = until ? std::optional{at + *until} : std::nullopt,
                     .given_by = {}});
    });
  }
};

TEST_P(StaffOfATown, MayWhatTheirRoleMayAtTheirVenue) {
  const struct {
    const char* who;
    const char* work;
    const char* manage;
  } table[] = {{"officer1", "", "not_allowed"},
               {"greeter", "not_allowed", "not_allowed"},
               {"elsewhere", "not_allowed", "not_allowed"},
               {"manager", "", ""},
               {"admin", "", ""}};
  for (const auto& row : table) {
    EXPECT_EQ(may_work_here(row.who), row.work) << row.who;
    EXPECT_EQ(may_manage_here(row.who), row.manage) << row.who;
  }
}

TEST_P(StaffOfATown, HoldAGrantForItsPeriodOnly) {
  grant("elsewhere", Role::window_officer, "centre", minutes{30}, hours{2});
  EXPECT_EQ(may_work_here("elsewhere"), "not_allowed") << "it has not begun";
  town.pass(minutes{29});
  EXPECT_EQ(may_work_here("elsewhere"), "not_allowed");
  town.pass(minutes{1});
  EXPECT_EQ(may_work_here("elsewhere"), "") << "in the session that was there before";
  town.pass(minutes{89});
  EXPECT_EQ(may_work_here("elsewhere"), "");
  town.pass(minutes{1});
  EXPECT_EQ(may_work_here("elsewhere"), "not_allowed") << "it has ended";
}

TEST_P(StaffOfATown, HoldSeveralGrantsTogether) {
  grant("officer1", Role::centre_manager, "branch", minutes{0}, std::nullopt);
  EXPECT_THAT(testing::texts_in(get("officer1", "/api/session").at("roles")),
              ElementsAre("window_officer", "centre_manager"));
  EXPECT_EQ(may_work_here("officer1"), "");
  EXPECT_EQ(may_manage_here("officer1"), "not_allowed") << "a manager of the branch is none of the centre";
  grant("officer1", Role::centre_manager, "centre", minutes{0}, std::nullopt);
  EXPECT_EQ(may_manage_here("officer1"), "");
}

TEST_P(StaffOfATown, MoveToAnotherVenueAndRoleWithTheirSession) {
  EXPECT_EQ(may_work_here("elsewhere"), "not_allowed");
  town.pass(minutes{1});
  put("elsewhere", Role::centre_manager, venue_called("centre"));
  EXPECT_EQ(may_manage_here("elsewhere"), "");
  town.pass(minutes{1});
  put("elsewhere", Role::window_officer, venue_called("branch"));
  EXPECT_EQ(may_work_here("elsewhere"), "not_allowed");
  EXPECT_EQ(value<std::int64_t>("select count(*) from grants where staff = :staff",
                                {{"staff", id_of("elsewhere")}}),
            3)
      << "what was stays as history";
}

TEST_P(StaffOfATown, WhoHaveLeftAreOutAtOnceAndStayInTheHistory) {
  auto browser = as("officer1");
  const auto staff = id_of("officer1");
  town.write([&](Transaction& tx, Instant at) {
    tx.run("update staff set ended_at = :at where id = :id", {{"at", at}, {"id", staff}});
  });
  EXPECT_EQ(town.call(browser, "GET", "/api/session").problem(), "session_expired");
  EXPECT_EQ(town.call(browser, "POST", window(1, "/open")).problem(), "session_expired");
  EXPECT_EQ(
      town.call("POST", "/api/session",
                std::string{R"({"username":"officer1","password":")"} + testing::SmallTown::password + "\"}")
          .problem(),
      "wrong_credentials");
  town.read([&](Snapshot& snapshot, Instant) {
    EXPECT_EQ(officer(snapshot, staff).name, "示例 officer1");
    EXPECT_EQ(officer(snapshot, staff).post.en, "Window");
    EXPECT_FALSE(officer(snapshot, std::optional<StaffId>{}));
    EXPECT_TRUE(has_staff(snapshot, "officer1"));
    EXPECT_FALSE(has_staff(snapshot, "officer9"));
  });
}

TEST_P(StaffOfATown, WhoLookAreNamedWithTheirPurpose) {
  command("officer1", [&](Transaction& tx, const Caller& caller) {
    audit_look(tx, caller, "look_at_something", "cs_1", "核对", false);
  });
  EXPECT_EQ(value<StaffId>("select staff from audit"), id_of("officer1"));
  EXPECT_EQ(value<std::string>("select action from audit"), "look_at_something");
  EXPECT_EQ(value<std::string>("select subject from audit"), "cs_1");
  EXPECT_EQ(value<std::string>("select purpose from audit"), "核对");
  EXPECT_EQ(value<bool>("select allowed from audit"), false);
}

DOORSTEP_ON_ALL_ENGINES(StaffOfATown);

}  // namespace
}  // namespace doorstep::identity
