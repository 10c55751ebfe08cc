#include "network/post.hpp"

#include <gmock/gmock.h>

#include "network/absence.hpp"
#include "network/handover.hpp"
#include "network/roster.hpp"
#include "testing/plans.hpp"
#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

using ::testing::ElementsAre;
using testing::if_match;
using ::testing::IsEmpty;

class Posts : public PostTest {
 protected:
  std::string list() const { return "/api/venues/" + town.venue + "/posts"; }
};
TEST_P(Posts, AreRecordedHeldAndShown) {
  const auto made = record();
  EXPECT_EQ(made.status, 201);
  const auto id = made.text("id");
  EXPECT_EQ(appoint(id, "a", "officer1").text("a.name"), "示例 officer1");
  const auto held = appoint(id, "b", "officer2");
  EXPECT_EQ(held.text("b.name"), "示例 officer2");
  EXPECT_EQ(duty(held.at("on_duty")), "officer1 a");
  const auto shown = get("greeter", list());
  EXPECT_THAT(testing::texts_in(shown.at("items"), "id"), ElementsAre(id));
  EXPECT_EQ(shown.at("items").at(0).at("version"), 3);
  EXPECT_EQ(get("greeter", "/api/venues/ve_1/posts").problem(), "no_such_venue");
}

TEST_P(Posts, AreTheManagersOfTheirVenue) {
  EXPECT_EQ(record("manager_elsewhere").problem(), "not_allowed");
  EXPECT_EQ(record("officer1").problem(), "not_allowed");
  const auto id = record("director").text("id");
  EXPECT_EQ(appoint(id, "a", "officer1", "", "manager_elsewhere").problem(), "not_allowed");
  const auto renamed = R"({"name":{"zh":"导办台","en":"Guide desk"}})";
  const auto rename = [&](const char* who, std::int64_t version) {
    return town.call(as(who), "PATCH", "/api/posts/" + id, renamed, if_match(version));
  };
  EXPECT_EQ(rename("manager_elsewhere", 1).problem(), "not_allowed");
  EXPECT_EQ(rename("manager", 7).problem(), "version_differs");
  EXPECT_EQ(rename("manager", 1).text("name.zh"), "导办台");
  EXPECT_EQ(post("manager_elsewhere", "/api/posts/" + id + "/end", "", if_match(2)).problem(), "not_allowed");
}

TEST_P(Posts, AreHandedOnFromADayOn) {
  const auto id = held_post();
  EXPECT_EQ(appoint(id, "a", "officer3", R"(,"from":"2026-11-26")").text("a.name"), "示例 officer1");
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer1 a", "officer3 a"));
  EXPECT_EQ(appoint(id, "a", "officer3", R"(,"from":"2026-11-23")").problem(), "day_has_passed");
  EXPECT_EQ(appoint(id, "a", "", R"(,"from":"2026-11-25")").problem(), "");
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer2 b", "officer2 b"))
      << "what was to come is called off as well";
  EXPECT_EQ(appoint(id, "a", "greeter").text("a.name"), "示例 greeter") << "on the same day, anew";
}

TEST_P(Posts, NeverHaveOnePersonInBothRoles) {
  const auto id = held_post();
  EXPECT_EQ(appoint(id, "b", "officer1").problem(), "has_the_other_role");
  appoint(id, "a", "officer3", R"(,"from":"2026-11-26")");
  EXPECT_EQ(appoint(id, "b", "officer3").problem(), "has_the_other_role") << "to come";
  EXPECT_EQ(appoint(id, "b", "officer1", R"(,"from":"2026-11-26")").problem(), "");
}

TEST_P(Posts, PassOverWhoNoLongerWorksHere) {
  const auto id = held_post();
  const auto end = [&](const std::string& username) {
    EXPECT_EQ(post("admin", "/api/staff/" + staff(username) + "/end").problem(), "");
  };
  end("officer1");
  EXPECT_EQ(duty(get("manager", list()).at("items").at(0).at("on_duty")), "officer2 b");
  EXPECT_EQ(appoint(id, "a", "officer1").problem(), "no_such_staff");
}

TEST_P(Posts, EndWithTheirRolesAndRoster) {
  const auto id = held_post();
  post("manager", "/api/posts/" + id + "/roster",
       R"({"day":"2026-11-25","staff":")" + staff("officer3") + "\"}");
  const auto slip = post("officer1", "/api/posts/" + id + "/handovers",
                         R"({"to":")" + staff("officer2") + R"(","note":"在办的事"})");
  const auto end = [&](std::int64_t version) {
    return post("manager", "/api/posts/" + id + "/end", "", if_match(version));
  };
  EXPECT_EQ(end(3).problem(), "post_in_use");
  post("officer1", "/api/handovers/" + slip.text("id") + "/withdraw", "", if_match(1));
  EXPECT_EQ(end(2).problem(), "version_differs");
  const auto ended = end(3);
  EXPECT_FALSE(ended.at("ended_at").is_null());
  EXPECT_TRUE(ended.at("a").is_null());
  EXPECT_THAT(get("manager", list()).at("items").as_array(), IsEmpty());
  EXPECT_EQ(end(4).problem(), "post_ended");
  EXPECT_EQ(appoint(id, "a", "officer1").problem(), "post_ended");
  EXPECT_EQ(town.call(as("manager"), "PATCH", "/api/posts/" + id, "{}", if_match(4)).problem(), "post_ended");
  EXPECT_EQ(value<std::int64_t>("select count(*) from roster"), 0);
}

TEST_P(Posts, KeepTheirVenueFromEnding) {
  const auto station =
      post("admin", "/api/venues",
           R"({"kind":"station","organisation":")" + town.organisation +
               R"(","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})")
          .text("id");
  const auto body = R"({"name":{"zh":"综合窗口","en":"General window"}})";
  const auto made = post("admin", "/api/venues/" + station + "/posts", body);
  const auto end = [&] { return post("admin", "/api/venues/" + station + "/end", "", if_match(1)); };
  EXPECT_EQ(end().problem(), "venue_in_use");
  EXPECT_EQ(post("admin", "/api/posts/" + made.text("id") + "/end", "", if_match(1)).problem(), "");
  EXPECT_EQ(end().problem(), "");
  EXPECT_EQ(post("admin", "/api/venues/" + station + "/posts", body).problem(), "venue_ended");
}

TEST_P(Posts, ReadNoTableWhole) {
  const auto post_id = *parse_id<PostTag>(held_post());
  const auto venue_id = *parse_id<VenueTag>(town.venue);
  auto& manager = caller_of("manager");
  auto& officer = caller_of("officer1");
  const auto day = *parse_day("2026-11-25");
  const auto other = *parse_id<StaffTag>(staff("officer3"));
  testing::read_plans(town, [&](Transaction& tx) {
    list_posts(tx, manager, {.venue = venue_id, .cursor = {}, .limit = {}});
    list_roster(tx, manager, {.venue = venue_id, .from = {}, .days = 42, .cursor = {}, .limit = {}});
    put_roster(tx, manager, {post_id, day, other});
    find_gaps(tx, officer, {.staff = {}, .from = day, .until = day, .third = other});
    const auto away = record_absence(
        tx, officer, {.staff = {}, .kind = AbsenceKind::planned, .from = day, .until = day, .third = other});
    list_absences(tx, manager, {.staff = officer.staff->id, .cursor = {}, .limit = {}});
    end_absence(tx, officer, {away.absence.id, 1, {}});
    const auto slip = write_handover(tx, officer, {post_id, other, "在办的事"});
    withdraw_handover(tx, officer, {slip.id, 1});
    list_handovers(tx, officer, {});
    appoint_to_post(tx, manager, {post_id, PostRole::a, other, day});
    end_post(tx, manager, {post_id, 4});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Posts);

}  // namespace doorstep::network
