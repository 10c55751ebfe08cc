// What was held: recorded, put right, listed by day. It is Tuesday, 2026-11-24.
#include "network/past_activity.hpp"

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::if_match;
using ::testing::IsEmpty;
using testing::texts_in;

class PastActivities : public testing::HallTest {
 protected:
  Answer record(const std::string& who, const std::string& day, const std::string& more = "") {
    return post(who, "/api/past-activities",
                R"({"title":"示例活动","day":")" + day + R"(","kind":"club","organisation":")" +
                    town.organisation + '"' + more + "}");
  }
  std::string recorded(const std::string& day, const std::string& more = "") {
    const auto made = record("director", day, more);
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer edit(const std::string& who, const std::string& id, const std::string& change,
              std::int64_t version) {
    return town.call(as(who), "PATCH", "/api/past-activities/" + id, change, if_match(version));
  }
  Answer end(const std::string& who, const std::string& id, std::int64_t version) {
    return post(who, "/api/past-activities/" + id + "/end", "", if_match(version));
  }
  std::vector<std::string> listed(const std::string& filter = "") {
    return texts_in(get("greeter", "/api/past-activities" + filter).at("items"), "id");
  }
};

TEST_P(PastActivities, AreKeptWithWhatIsKnownOfThem) {
  const auto made =
      record("director", "2026-11-24",
             R"(,"venue":")" + town.venue + R"(","attended":35,"minutes":90,"note":"雨天改在室内")");
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(made.text("title"), "示例活动");
  EXPECT_EQ(made.text("kind"), "club");
  EXPECT_EQ(made.text("organisation_name.zh"), "示例中心");
  EXPECT_EQ(made.text("venue_name.zh"), "示例中心");
  EXPECT_EQ(made.number("attended"), 35);
  EXPECT_EQ(made.number("minutes"), 90);
  const auto edited =
      edit("director", made.text("id"), R"({"venue":null,"attended":0,"note":null,"day":"2026-11-23"})", 1);
  EXPECT_EQ(edited.status, 200) << edited.problem();
  EXPECT_TRUE(edited.at("venue_name").is_null());
  EXPECT_EQ(edited.number("attended"), 0) << "nobody came, which is not: nobody counted";
  EXPECT_EQ(edited.number("minutes"), 90) << "what is not said stays";
  EXPECT_EQ(edited.number("version"), 2);
}

TEST_P(PastActivities, AreListedByDayTheLatestFirstPageByPage) {
  const auto spring = recorded("2026-03-07"), autumn = recorded("2026-10-01"),
             spring_too = recorded("2026-03-07", R"(,"venue":")" + town.venue + '"');
  EXPECT_THAT(listed(), ElementsAre(autumn, spring_too, spring));
  EXPECT_THAT(listed("?venue=" + town.venue), ElementsAre(spring_too));
  EXPECT_THAT(listed("?kind=lesson"), IsEmpty());
  EXPECT_THAT(listed("?organisation=" + town.organisation + "&kind=club"),
              ElementsAre(autumn, spring_too, spring));
  const auto first = get("greeter", "/api/past-activities?limit=2");
  EXPECT_THAT(texts_in(first.at("items"), "id"), ElementsAre(autumn, spring_too));
  recorded("2026-11-01");
  EXPECT_THAT(listed("?limit=2&cursor=" + first.text("next")), ElementsAre(spring))
      << "what is new in the meantime moves nothing";
  EXPECT_EQ(get("greeter", "/api/past-activities?cursor=3").problem(), "bad_cursor");
  EXPECT_EQ(get("nobody", "/api/past-activities").problem(), "not_signed_in");
}

TEST_P(PastActivities, AreThoseOfOrganisationsWhereOneIsAManager) {
  const auto id = recorded("2026-11-24");
  EXPECT_EQ(record("manager", "2026-11-24").problem(), "not_allowed") << "of the venue alone";
  EXPECT_EQ(record("director_elsewhere", "2026-11-24").problem(), "not_allowed");
  EXPECT_EQ(edit("director_elsewhere", id, "{}", 1).problem(), "not_allowed");
  EXPECT_EQ(end("director_elsewhere", id, 1).problem(), "not_allowed");
  EXPECT_EQ(end("admin", id, 1).status, 200);
}

TEST_P(PastActivities, AreOfNoDayToCome) {
  EXPECT_EQ(record("director", "2026-11-25").problem(), "day_to_come");
  const auto id = recorded("2026-11-24");
  EXPECT_EQ(edit("director", id, R"({"day":"2026-11-25"})", 1).problem(), "day_to_come");
}

TEST_P(PastActivities, LeaveTheListWhenTheyWereAMistakeAndAreNotChangedAnyMore) {
  const auto id = recorded("2026-11-24");
  EXPECT_EQ(end("director", id, 7).problem(), "version_differs");
  EXPECT_EQ(end("director", id, 1).status, 200);
  EXPECT_THAT(listed(), IsEmpty());
  EXPECT_EQ(edit("director", id, "{}", 2).problem(), "past_activity_ended");
  EXPECT_EQ(end("director", id, 2).problem(), "past_activity_ended");
  EXPECT_EQ(value<std::int64_t>("select count(*) from past_activities"), 1) << "and stay on record";
}

TEST_P(PastActivities, ReadNoTableToItsEnd) {
  const auto organisation = *parse_id<OrganisationTag>(town.organisation);
  const auto venue = *parse_id<VenueTag>(town.venue);
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    const auto made = record_past_activity(tx, admin,
                                           {.title = "示例",
                                            .day = *parse_day("2026-11-24"),
                                            .kind = ActivityKind::club,
                                            .organisation = organisation,
                                            .venue = venue,
                                            .attended = {},
                                            .minutes = {},
                                            .note = {}});
    list_past_activities(tx, admin,
                         {.organisation = organisation,
                          .venue = venue,
                          .kind = ActivityKind::club,
                          .cursor = cursor_after(made.id.value),
                          .limit = {}});
    EditPastActivity change;
    change.activity = made.id;
    change.version = 1;
    edit_past_activity(tx, admin, change);
    end_past_activity(tx, admin, {made.id, 2});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(PastActivities);

}  // namespace doorstep::network
