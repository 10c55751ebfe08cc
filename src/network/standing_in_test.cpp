#include "network/standing_in.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

Day day(int number) { return {20'000 + number}; }
constexpr StaffId a{1}, b{2}, c{3}, d{4};

// A has a post with B; all but D have a role there.
Steads steads(std::vector<Away> away) {
  return {.people = {{a, {.has_left = false, .others = {b}}}}, .away = std::move(away), .serving = {a, b, c}};
}

TEST(StandingIn, GoesFromOneselfToTheOtherRoleToTheThirdToTheManager) {
  const auto today = day(5);
  const struct {
    const char* what;
    std::vector<Away> away;
    Acts acts;
  } table[] = {
      {"there", {}, {ActsBy::themselves, a, {}}},
      {"away on other days", {{a, day(4), day(4), {}}, {a, day(6), day(9), {}}}, {ActsBy::themselves, a, {}}},
      {"away", {{a, day(5), day(7), {}}}, {ActsBy::other_role, b, day(7)}},
      {"away, and a third named who is not needed",
       {{a, day(5), day(7), c}},
       {ActsBy::other_role, b, day(7)}},
      {"two absences at once",
       {{a, day(5), day(5), {}}, {a, day(3), day(8), {}}},
       {ActsBy::other_role, b, day(8)}},
      {"both away", {{a, day(5), day(5), {}}, {b, day(5), day(5), {}}}, {ActsBy::manager, {}, day(5)}},
      {"both away, a third named",
       {{a, day(5), day(5), c}, {b, day(5), day(5), {}}},
       {ActsBy::third, c, day(5)}},
      {"both away, the other role named the third",
       {{a, day(5), day(5), {}}, {b, day(4), day(6), c}},
       {ActsBy::third, c, day(5)}},
      {"the third away as well",
       {{a, day(5), day(5), c}, {b, day(5), day(5), {}}, {c, day(5), day(5), {}}},
       {ActsBy::manager, {}, day(5)}},
      {"a third without a role there",
       {{a, day(5), day(5), d}, {b, day(5), day(5), {}}},
       {ActsBy::manager, {}, day(5)}},
      {"a third for another time",
       {{a, day(5), day(5), {}}, {a, day(6), day(6), c}, {b, day(5), day(5), {}}},
       {ActsBy::manager, {}, day(5)}},
      {"whoever was named as their own third",
       {{a, day(5), day(5), {}}, {b, day(5), day(5), a}},
       {ActsBy::manager, {}, day(5)}},
  };
  for (const auto& row : table) EXPECT_EQ(who_acts(a, steads(row.away), today), row.acts) << row.what;
}

TEST(StandingIn, ForSomebodyWhoHasLeftHasNoEnd) {
  auto gone = steads({});
  gone.people[a].has_left = true;
  EXPECT_EQ(who_acts(a, gone, day(5)), (Acts{ActsBy::other_role, b, {}}));
  gone.people[a].others.clear();
  EXPECT_EQ(who_acts(a, gone, day(5)), (Acts{ActsBy::manager, {}, {}}));
}

TEST(StandingIn, IsForThemselvesWhereNothingIsKnownOfThem) {
  EXPECT_EQ(who_acts(d, steads({}), day(5)), (Acts{ActsBy::themselves, d, {}}));
}

Steads any_steads() {
  Steads any = steads({});
  any.people[a].has_left = *rc::gen::arbitrary<bool>();
  any.people[a].others = *rc::gen::container<std::vector<StaffId>>(
      rc::gen::map(rc::gen::inRange(1, 6), [](int id) { return StaffId{id}; }));
  any.serving = {};
  for (int id = 1; id < 6; ++id) {
    if (*rc::gen::arbitrary<bool>()) any.serving.insert(StaffId{id});
  }
  for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
    const auto from = day(*rc::gen::inRange(0, 10));
    const auto third = *rc::gen::inRange(0, 6);
    any.away.push_back({StaffId{*rc::gen::inRange(1, 6)}, from, from + *rc::gen::inRange(0, 4),
                        third == 0 ? std::nullopt : std::optional{StaffId{third}}});
  }
  return any;
}

RC_GTEST_PROP(AnySteads, AreNeverFilledBySomebodyWhoIsAwayOrMayNotAct, ()) {
  const auto any = any_steads();
  const auto acts = who_acts(a, any, day(5));
  if (acts.by == ActsBy::themselves || !acts.staff) return;
  RC_ASSERT(*acts.staff != a);
  RC_ASSERT(!is_away(any.away, *acts.staff, day(5)));
  RC_ASSERT(any.serving.contains(*acts.staff));
}

RC_GTEST_PROP(AnySteads, AreLeftOnlyByThoseWhoAreAwayOrHaveLeft, ()) {
  const auto any = any_steads();
  const bool absent = any.people.at(a).has_left || is_away(any.away, a, day(5));
  RC_ASSERT((who_acts(a, any, day(5)).by == ActsBy::themselves) == !absent);
}

RC_GTEST_PROP(AnySteads, AreTheManagersOnlyWhenTheOtherRolesCannotAct, ()) {
  const auto any = any_steads();
  if (who_acts(a, any, day(5)).by != ActsBy::manager) return;
  for (const auto other : any.people.at(a).others)
    RC_ASSERT(other == a || is_away(any.away, other, day(5)) || !any.serving.contains(other));
}

// officer1 and officer2 have a post at the venue.
class StandIns : public PostTest {
 protected:
  StaffId id_of(const std::string& username) { return *parse_id<StaffTag>(staff(username)); }
  // "officer2", "the manager", or "themselves".
  std::string acts_for(const std::string& username) {
    const auto asked = id_of(username);
    std::string who = "themselves";
    town.read([&](Snapshot& snapshot, Instant at) {
      const auto found = stand_ins(snapshot, *parse_id<VenueTag>(town.venue), {asked},
                                   {Role::window_officer, Role::centre_manager}, at);
      if (found.empty()) return;
      const auto& acts = found.at(asked);
      who = acts.staff ? snapshot.value<std::string>("select username from staff where id = :id",
                                                     {{"id", *acts.staff}})
                       : "the manager";
    });
    return who;
  }
};

TEST_P(StandIns, AreFoundInThePostsAndTheAbsencesOfTheDay) {
  held_post();
  EXPECT_EQ(acts_for("officer1"), "themselves");
  EXPECT_EQ(away("officer1", "2026-11-24", "2026-11-25").problem(), "");
  EXPECT_EQ(acts_for("officer1"), "officer2");
  EXPECT_EQ(acts_for("officer2"), "themselves");
  EXPECT_EQ(away("officer2", "2026-11-24", "2026-11-24", R"(,"third":")" + staff("officer3") + '"').problem(),
            "");
  EXPECT_EQ(acts_for("officer1"), "officer3") << "whom the other role has named";
  pass(std::chrono::hours{24});
  EXPECT_EQ(acts_for("officer1"), "officer2") << "who is back";
  pass(std::chrono::hours{24});
  EXPECT_EQ(acts_for("officer1"), "themselves");
}

TEST_P(StandIns, AreTheManagersWhereThePostIsElsewhereOrTheOtherMayNot) {
  EXPECT_EQ(away("officer3", "2026-11-24", "2026-11-24").problem(), "");
  EXPECT_EQ(acts_for("officer3"), "the manager") << "who has no post";
  const auto id = record().text("id");
  appoint(id, "a", "officer3");
  appoint(id, "b", "greeter");
  EXPECT_EQ(acts_for("officer3"), "the manager") << "a greeter handles no cases";
  appoint(id, "b", "officer1");
  EXPECT_EQ(acts_for("officer3"), "officer1");
}

TEST_P(StandIns, ActForThoseWhoHaveLeft) {
  held_post();
  EXPECT_EQ(post("admin", "/api/staff/" + staff("officer1") + "/end").problem(), "");
  EXPECT_EQ(acts_for("officer1"), "officer2");
}

TEST_P(StandIns, ServeByARoleAtTheVenueOrAboveIt) {
  const auto serve = [&](const std::string& username) {
    const auto id = id_of(username);
    bool serves = false;
    town.read([&](Snapshot& snapshot, Instant at) {
      serves = !serving_at(snapshot, *parse_id<VenueTag>(town.venue), {id},
                           {Role::window_officer, Role::centre_manager}, at)
                    .empty();
    });
    return serves;
  };
  for (const auto* who : {"officer1", "manager", "director"}) EXPECT_TRUE(serve(who)) << who;
  for (const auto* who : {"greeter", "elsewhere", "manager_elsewhere", "director_elsewhere", "auditor"})
    EXPECT_FALSE(serve(who)) << who;
}

DOORSTEP_ON_ALL_ENGINES(StandIns);

}  // namespace
}  // namespace doorstep::network
