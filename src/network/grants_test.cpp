#include "network/grants.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

class Grants : public testing::HallTest {
 protected:
  std::string staff(const std::string& username) { return get(username, "/api/session").text("staff.id"); }
  // `where` is what stands behind the role: R"(,"venue":"ve_…")".
  Answer give(const std::string& who, const std::string& to, const std::string& role,
              const std::string& where = "") {
    return post(who, "/api/grants", R"({"staff":")" + staff(to) + R"(","role":")" + role + '"' + where + "}");
  }
  std::string at_organisation() { return R"(,"organisation":")" + town.organisation + '"'; }
  std::string at_venue() { return R"(,"venue":")" + town.venue + '"'; }
  Answer end(const std::string& who, const Answer& grant) {
    return post(who, "/api/grants/" + grant.text("id") + "/end");
  }
  // What an officer of another venue may at the windows here.
  std::string door(const std::string& who) { return get(who, hall("/windows")).problem(); }
  std::string time(Microseconds from_now) { return to_string(town.instant() + from_now); }
};

TEST_P(Grants, OpenADoorAtOnceAndCloseItAgain) {
  EXPECT_EQ(door("elsewhere"), "not_allowed");
  const auto given = give("admin", "elsewhere", "window_officer", at_organisation());
  EXPECT_EQ(given.problem(), "");
  EXPECT_EQ(given.text("organisation"), town.organisation);
  EXPECT_TRUE(given.at("venue").is_null());
  EXPECT_EQ(door("elsewhere"), "") << "the organisation runs the venue";
  EXPECT_EQ(end("admin", given).status, 204);
  EXPECT_EQ(end("admin", given).status, 204) << "pressed twice";
  EXPECT_EQ(door("elsewhere"), "not_allowed");
}

TEST_P(Grants, HoldForTheirPeriodAndNoLonger) {
  using std::chrono::minutes;
  const auto period = R"(,"from":")" + time(minutes{10}) + R"(","until":")" + time(minutes{30}) + '"';
  EXPECT_EQ(give("admin", "elsewhere", "window_officer", at_venue() + period).problem(), "");
  EXPECT_EQ(door("elsewhere"), "not_allowed") << "not yet";
  pass(minutes{15});
  EXPECT_EQ(door("elsewhere"), "");
  pass(minutes{20});
  EXPECT_EQ(door("elsewhere"), "not_allowed") << "no longer";
  EXPECT_EQ(
      give("admin", "elsewhere", "window_officer", at_venue() + R"(,"until":")" + time(minutes{0}) + '"')
          .problem(),
      "period_empty");
}

TEST_P(Grants, OfOneRoleDoNotOverlap) {
  using std::chrono::minutes;
  const auto until = R"(,"until":")" + time(minutes{30}) + '"',
             after = R"(,"from":")" + time(minutes{30}) + '"';
  EXPECT_EQ(give("admin", "elsewhere", "greeter", at_venue() + until).problem(), "");
  EXPECT_EQ(give("admin", "elsewhere", "greeter", at_venue()).problem(), "role_held_already");
  EXPECT_EQ(give("admin", "elsewhere", "greeter", at_venue() + after).problem(), "") << "one after the other";
  EXPECT_EQ(give("admin", "elsewhere", "greeter", at_organisation()).problem(), "") << "at another place";
  EXPECT_EQ(give("admin", "elsewhere", "lecturer", at_venue()).problem(), "") << "another role";
}

TEST_P(Grants, AreGivenByThoseWhoMay) {
  const struct {
    const char *who, *role;
    std::string where, problem;
  } table[] = {
      {"manager", "branch_secretary", at_venue(), ""},
      {"manager", "greeter", at_organisation(), "not_allowed"},  // a manager of a venue has no organisation
      {"manager", "centre_manager", at_venue(), "not_allowed"},  // nor makes others of their kind
      {"manager_elsewhere", "greeter", at_venue(), "not_allowed"},
      {"director", "station_keeper", at_organisation(), ""},
      {"director", "grid_head", at_venue(), ""},
      {"director", "auditor", at_organisation(), "not_allowed"},
      {"director", "administrator", "", "not_allowed"},
      {"director", "lecturer", "", "not_allowed"},  // in the whole town
      {"director_elsewhere", "lecturer", at_organisation(), "not_allowed"},
      {"officer1", "lecturer", at_venue(), "not_allowed"},
      {"auditor", "lecturer", at_venue(), "not_allowed"},
      {"admin", "centre_manager", at_organisation(), ""},
      {"admin", "administrator", "", ""},
  };
  for (const auto& row : table) {
    const auto given = give(row.who, "officer2", row.role, row.where);
    EXPECT_EQ(given.problem(), row.problem) << row.who << " gives " << row.role << row.where;
  }
}

TEST_P(Grants, LastNoLongerThanTheGivers) {
  using std::chrono::hours;
  const auto until = [&](Microseconds from_now) { return R"(,"until":")" + time(from_now) + '"'; };
  EXPECT_EQ(give("admin", "officer1", "administrator", until(hours{2})).problem(), "");
  EXPECT_EQ(give("officer1", "officer1", "administrator", R"(,"from":")" + time(hours{2}) + '"').problem(),
            "period_beyond_own")
      << "nobody makes themselves administrator for good";
  EXPECT_EQ(give("officer1", "officer2", "lecturer").problem(), "period_beyond_own");
  EXPECT_EQ(give("officer1", "officer2", "lecturer", until(hours{3})).problem(), "period_beyond_own");
  EXPECT_EQ(give("officer1", "officer2", "lecturer", until(hours{2})).problem(), "");
}

TEST_P(Grants, OfAPlaceThatServesNobodyOpenNobodysFile) {
  const auto firm =
      post("admin", "/api/organisations",
           R"({"kind":"firm","parent":")" + town.organisation + R"(","name":{"zh":"示例","en":"Sample"}})");
  const auto newcomer =
      post("admin", "/api/staff",
           R"({"username":"new","name":"示例","post":{"zh":"岗","en":"P"},"password":"window-and-door"})");
  const auto at = [&](const std::string& place) {
    return post(
        "admin", "/api/grants",
        R"({"staff":")" + newcomer.text("id") + R"(","role":"greeter","organisation":")" + place + "\"}");
  };
  const std::string search = R"({"name":"示例","purpose":"at the desk"})";
  at(firm.text("id"));
  EXPECT_EQ(post("new", "/api/people/find", search).problem(), "not_allowed");
  at(town.organisation);
  EXPECT_EQ(post("new", "/api/people/find", search).problem(), "");
}

TEST_P(Grants, AreTakenBackByThoseWhoMayGiveThem) {
  const auto officer = give("admin", "officer2", "greeter", at_venue());
  const auto boss = give("admin", "officer2", "centre_manager", at_venue());
  EXPECT_EQ(end("manager_elsewhere", officer).problem(), "not_allowed");
  EXPECT_EQ(end("manager", boss).problem(), "not_allowed");
  EXPECT_EQ(end("manager", officer).problem(), "");
  EXPECT_EQ(end("admin", boss).problem(), "");
}

TEST_P(Grants, LeaveTheTownItsLastAdministrator) {
  const auto mine = [&] {
    const auto list = get("admin", "/api/grants");
    for (const auto& grant : list.at("items").as_array()) {
      if (grant.at("role").as_string() == "administrator") return std::string{grant.at("id").as_string()};
    }
    return std::string{};
  }();
  const auto path = "/api/grants/" + mine + "/end";
  EXPECT_EQ(post("admin", path).problem(), "last_administrator");
  const auto until = R"(,"until":")" + time(std::chrono::hours{24}) + '"';
  EXPECT_EQ(give("admin", "officer2", "administrator", until).problem(), "");
  EXPECT_EQ(post("admin", path).problem(), "last_administrator") << "the other one is for a day only";
  EXPECT_EQ(give("admin", "officer3", "administrator").problem(), "");
  EXPECT_EQ(post("admin", path).problem(), "");
}

TEST_P(Grants, AreListedByPlaceAndByWhoHasThem) {
  const auto given = give("admin", "officer2", "station_keeper", at_organisation());
  const auto here = get("director", "/api/grants?organisation=" + town.organisation);
  EXPECT_THAT(testing::texts_in(here.at("items"), "role"), ElementsAre("station_keeper"));
  const auto at_the_venue = get("manager", "/api/grants?venue=" + town.venue);
  EXPECT_THAT(testing::texts_in(at_the_venue.at("items"), "role"), Contains("window_officer"));
  EXPECT_EQ(get("manager", "/api/grants").problem(), "not_allowed");
  const auto roles_seen_by = [&](const std::string& who) {
    std::string roles;
    const auto list = get(who, "/api/staff");
    for (const auto& member : list.at("items").as_array()) {
      if (member.at("username").as_string() != "officer2") continue;
      for (const auto& role : testing::texts_in(member.at("grants"), "role")) roles += role + ' ';
    }
    return roles;
  };
  EXPECT_EQ(roles_seen_by("director"), "window_officer station_keeper ");
  EXPECT_EQ(roles_seen_by("manager"), "window_officer ") << "who manages a venue sees the roles at it";
  EXPECT_EQ(roles_seen_by("director_elsewhere"), "");
  EXPECT_EQ(end("admin", given).problem(), "");
  const auto after = get("director", "/api/grants?organisation=" + town.organisation);
  EXPECT_THAT(testing::texts_in(after.at("items"), "role"), Not(Contains("station_keeper")));
}

TEST_P(Grants, SayWhoGaveThemAndWhoTookThemBack) {
  const auto given = give("director", "officer2", "lecturer", at_venue());
  end("admin", given);
  EXPECT_EQ(value<std::int64_t>("select count(*) from grants g join staff a on a.id = g.given_by"
                                " join staff b on b.id = g.ended_by"
                                " where a.username = 'director' and b.username = 'admin'"),
            1);
}

TEST_P(Grants, ReadNoTableToItsEnd) {
  const auto held = give("admin", "officer2", "administrator");
  auto& admin = caller_of("admin");
  const auto venue = *parse_id<VenueTag>(town.venue);
  testing::read_plans(town, [&](Transaction& tx) {
    list_grants(tx, admin, {.organisation = {}, .venue = venue, .cursor = {}, .limit = {}});
    give_role(tx, admin,
              {.staff = admin.staff->id,
               .role = Role::lecturer,
               .organisation = {},
               .venue = venue,
               .from = {},
               .until = {}});
    end_role(tx, admin, {*parse_id<identity::GrantTag>(held.text("id"))});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Grants);

}  // namespace doorstep::network
