#include "network/answerer.hpp"

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "identity/grants.hpp"
#include "testing/plans.hpp"
#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

class Answering : public PostTest {
 protected:
  VenueId venue() const { return *parse_id<VenueTag>(town.venue); }
  StaffId staff_id(const std::string& username) { return *parse_id<StaffTag>(staff(username)); }

  std::string who(Day day = *parse_day("2026-11-24")) {
    StaffId found;
    const auto at = town.instant();
    town.read([&](Snapshot& snapshot, Instant) { found = who_answers(snapshot, venue(), day, at); });
    return value<std::string>("select username from staff where id = :id", {{"id", found}});
  }
  void give(const std::string& username, Role role, const Scope& scope) {
    town.write([&](Transaction& tx, Instant at) {
      identity::put_grant(tx, {.staff = StaffId{tx.value<std::int64_t>(
                                   "select id from staff where username = :name", {{"name", username}})},
                               .role = role,
                               .scope = scope,
                               .from = at,
                               .until = {},
                               .given_by = {}});
    });
  }
  void end_roles_of(const std::string& username) {
    town.write([&](Transaction& tx, Instant at) {
      tx.run("update grants set until_at = :at where staff = (select id from staff where username = :name)",
             {{"at", at}, {"name", username}});
    });
  }
};

TEST_P(Answering, IsWhoeverIsOnDutyThatDay) {
  EXPECT_EQ(who(), "manager") << "there is no post";
  const auto first = record().text("id");
  EXPECT_EQ(who(), "manager") << "nobody holds it";
  const auto second = held_post();
  EXPECT_EQ(who(), "officer1") << "the A role of the first post that has somebody";
  EXPECT_EQ(appoint(first, "a", "officer3").problem(), "");
  EXPECT_EQ(who(), "officer3");
}

TEST_P(Answering, IsTheOtherRoleWhileSomebodyIsAwayAndThenTheManager) {
  held_post();
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-25", R"(,"third":null)").problem(), "");
  EXPECT_EQ(who(), "officer1");
  EXPECT_EQ(who(*parse_day("2026-11-25")), "officer2");
  EXPECT_EQ(away("officer2", "2026-11-25", "2026-11-25", R"(,"third":null)", "sudden").problem(),
            "sudden_is_today")
      << "illness begins today";
  EXPECT_EQ(away("officer1", "2026-11-24", "2026-11-24", R"(,"third":null)", "sudden").problem(), "");
  EXPECT_EQ(away("officer2", "2026-11-24", "2026-11-24", R"(,"third":null)", "sudden").problem(), "");
  EXPECT_EQ(who(), "manager");
}

TEST_P(Answering, IsTheNearestManagerWhereNobodyIsOnDuty) {
  give("officer2", Role::centre_manager, WholeTown{});
  EXPECT_EQ(who(), "manager") << "the venue's own comes before the town's";
  end_roles_of("manager");
  EXPECT_EQ(who(), "director") << "then the organisation's above it";
  end_roles_of("director");
  EXPECT_EQ(who(), "officer2") << "a manager comes before an administrator";
  end_roles_of("officer2");
  EXPECT_EQ(who(), "admin");
  end_roles_of("admin");
  EXPECT_THROW(who(), Problem);
}

TEST_P(Answering, IsFoundWithoutAScan) {
  const auto at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) { who_answers(tx, venue(), *parse_day("2026-11-24"), at); });
}

DOORSTEP_ON_ALL_ENGINES(Answering);

}  // namespace
}  // namespace doorstep::network
