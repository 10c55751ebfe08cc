#include "network/venue.hpp"

#include <gmock/gmock.h>

#include "network/directory.hpp"
#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::if_match;
using ::testing::IsEmpty;

class Venues : public testing::HallTest {
 protected:
  static std::string body(const std::string& organisation, const std::string& more = "") {
    return R"({"kind":"station","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"})" +
           (organisation.empty() ? "" : R"(,"organisation":")" + organisation + '"') + more + "}";
  }
  std::string record(const std::string& more = "", const std::string& who = "director") {
    const auto made = post(who, "/api/venues", body(town.organisation, more));
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer send(const std::string& who, const std::string& method, const std::string& path,
              const std::string& what = "", std::int64_t version = 0) {
    return town.call(as(who), method, "/api/venues/" + path, what,
                     version == 0 ? testing::Sent{} : if_match(version));
  }
  Answer shown(const std::string& venue) { return get("nobody", "/api/venues/" + venue); }
  std::int64_t version(const std::string& venue) { return shown(venue).number("listing.venue.version"); }
  // "2003-06-01 甲, 乙"
  std::string names(const std::string& venue) {
    std::string all;
    const auto page = shown(venue);
    for (const auto& name : page.at("names").as_array()) {
      if (!all.empty()) all += ", ";
      if (name.at("from").is_string()) all += std::string{name.at("from").as_string()} + ' ';
      all += name.at("name").at("zh").as_string();
    }
    return all;
  }
  Answer rename(const std::string& venue, const std::string& name, const std::string& from = "") {
    return send("director", "POST", venue + "/names",
                R"({"name":{"zh":")" + name + R"(","en":"N"})" +
                    (from.empty() ? "" : R"(,"from":")" + from + '"') + "}",
                version(venue));
  }
  std::string there() {
    return to_string(OrganisationId{value<std::int64_t>("select id from organisations where key = 'there'")});
  }
  std::string word() { return value<std::string>("select tree from town"); }
  // A keeper of that venue alone.
  void make_keeper(const std::string& who, const std::string& venue) {
    const auto staff = get(who, "/api/session").text("staff.id");
    EXPECT_EQ(post("admin", "/api/grants",
                   R"({"staff":")" + staff + R"(","role":"station_keeper","venue":")" + venue + "\"}")
                  .status,
              201);
  }
};

TEST_P(Venues, AreRecordedByThoseWhoseRoleReachesWhoRunsThem) {
  const auto before = word();
  const auto venue = record(R"(,"place":{"latitude":31.296512,"longitude":121.3},"step_free":"yes")");
  EXPECT_NE(word(), before) << "roles at the organisation hold at the venue";
  const auto page = shown(venue);
  EXPECT_EQ(page.text("listing.venue.kind"), "station");
  EXPECT_EQ(page.at("listing.venue.place.latitude").as_double(), 31.296512);
  EXPECT_EQ(page.text("listing.venue.step_free"), "yes");
  EXPECT_EQ(page.text("listing.venue.organisation"), town.organisation);
  EXPECT_EQ(names(venue), "示例站");
  EXPECT_EQ(post("manager", "/api/venues", body(town.organisation)).problem(), "not_allowed")
      << "a manager of one venue makes no other";
  EXPECT_EQ(post("director_elsewhere", "/api/venues", body(town.organisation)).problem(), "not_allowed");
  EXPECT_EQ(post("director", "/api/venues", body("")).problem(), "not_allowed")
      << "nobody's is the whole town's";
  EXPECT_EQ(post("admin", "/api/venues", body("")).problem(), "");
  EXPECT_EQ(
      post("director", "/api/venues", body(town.organisation, R"(,"place":{"latitude":91,"longitude":0})"))
          .problem(),
      "out_of_range");
}

TEST_P(Venues, AreEditedAndWhatIsNotSaidStays) {
  const auto venue = record(R"(,"place":{"latitude":31.3,"longitude":121.3})");
  const auto edited =
      send("director", "PATCH", venue,
           R"({"kind":"branch_centre","step_free":"no","step_free_note":{"zh":"有台阶","en":"Steps"}})", 1);
  EXPECT_EQ(edited.text("kind"), "branch_centre");
  EXPECT_EQ(edited.text("step_free_note.zh"), "有台阶");
  EXPECT_EQ(edited.at("place.latitude").as_double(), 31.3);
  EXPECT_EQ(edited.text("address.en"), "Sample Road");
  EXPECT_EQ(edited.number("version"), 2);
  const auto cleared = send("director", "PATCH", venue, R"({"place":null,"step_free_note":null})", 2);
  EXPECT_TRUE(cleared.at("place").is_null());
  EXPECT_TRUE(cleared.at("step_free_note").is_null());
  EXPECT_EQ(send("director", "PATCH", venue, "{}", 1).problem(), "version_differs");
  EXPECT_EQ(send("director_elsewhere", "PATCH", venue, "{}", 3).problem(), "not_allowed");
  EXPECT_EQ(
      send("director", "PATCH", venue, R"({"name":{"zh":"示例站点","en":"Sample"}})", 3).text("name.zh"),
      "示例站点");
  EXPECT_EQ(names(venue), "示例站点") << "a spelling put right is no other name";
}

TEST_P(Venues, AreGivenIntoOtherHandsByAnAdministrator) {
  const auto venue = record();
  const auto give = [&](const std::string& who, std::int64_t at) {
    return send(who, "PATCH", venue, R"({"organisation":")" + there() + "\"}", at);
  };
  EXPECT_EQ(give("director", 1).problem(), "not_allowed");
  const auto before = word();
  EXPECT_EQ(send("director", "PATCH", venue, R"({"organisation":")" + town.organisation + "\"}", 1).problem(),
            "")
      << "the same hands";
  EXPECT_EQ(word(), before) << "nothing changed for anybody";
  EXPECT_EQ(give("admin", 2).text("organisation"), there());
  EXPECT_NE(word(), before);
  EXPECT_EQ(send("director_elsewhere", "PATCH", venue, "{}", 3).problem(), "");
}

TEST_P(Venues, KeepTheirFormerNamesWithTheirDays) {
  const auto venue = record(R"(,"named_since":"2020-01-01")");
  EXPECT_EQ(rename(venue, "最早的名字", "2003-06-01").text("name.zh"), "示例站")
      << "an earlier one is history";
  EXPECT_EQ(rename(venue, "中间的名字", "2015-03-01").problem(), "");
  EXPECT_EQ(rename(venue, "新名").text("name.zh"), "新名");
  EXPECT_EQ(names(venue), "2003-06-01 最早的名字, 2015-03-01 中间的名字, 2020-01-01 示例站, 2026-11-24 新名");
  EXPECT_EQ(rename(venue, "更正", "2026-11-24").text("name.zh"), "更正")
      << "of the same day it is a correction";
  EXPECT_EQ(rename(venue, "将来", "2026-11-25").problem(), "day_to_come");
  const auto last = shown(venue).at("names").as_array().back();
  EXPECT_TRUE(last.at("until").is_null());
  EXPECT_EQ(shown(venue).at("names").as_array().front().at("until").as_string(), "2015-03-01");
}

TEST_P(Venues, WhoseNameHasNoDayAreGivenOne) {
  const auto venue = record();
  EXPECT_EQ(rename(venue, "示例站", "2020-01-01").problem(), "");
  EXPECT_EQ(names(venue), "示例站, 2020-01-01 示例站") << "its English is another";
  const auto again = record();
  EXPECT_EQ(send("director", "POST", again + "/names",
                 R"({"name":{"zh":"示例站","en":"Sample"},"from":"2020-01-01"})", 1)
                .problem(),
            "");
  EXPECT_EQ(names(again), "2020-01-01 示例站");
}

TEST_P(Venues, ServeAsSeveralThingsFromADayOn) {
  const auto venue = record();
  const auto begin = [&](const std::string& function, const std::string& since = "") {
    return send(
        "director", "POST", venue + "/functions",
        R"({"function":")" + function + '"' + (since.empty() ? "" : R"(,"since":")" + since + '"') + "}");
  };
  const auto end = [&](const std::string& function, const std::string& until) {
    return send("director", "POST", venue + "/functions/end",
                R"({"function":")" + function + R"(","until":")" + until + "\"}");
  };
  const auto today = [&] { return testing::texts_in(shown(venue).at("listing.functions")); };
  EXPECT_EQ(begin("warm_station").text("since"), "2026-11-24");
  EXPECT_EQ(begin("tower", "2026-12-01").status, 201);
  EXPECT_THAT(today(), ElementsAre("warm_station"));
  EXPECT_EQ(begin("warm_station", "2026-12-01").problem(), "function_held_already");
  EXPECT_EQ(begin("warm_station", "2026-01-01").problem(), "function_held_already");
  EXPECT_EQ(end("warm_station", "2026-11-24").problem(), "no_such_function") << "it began that day";
  EXPECT_EQ(end("warm_station", "2026-11-30").text("until"), "2026-11-30");
  EXPECT_EQ(begin("warm_station", "2026-11-29").problem(), "function_held_already");
  EXPECT_EQ(begin("warm_station", "2026-11-30").status, 201);
  EXPECT_EQ(shown(venue).at("functions").as_array().size(), 3U);
  EXPECT_EQ(send("manager_elsewhere", "POST", venue + "/functions", R"({"function":"park"})").problem(),
            "not_allowed");
  EXPECT_EQ(begin("palace").problem(), "wrong_type");
}

TEST_P(Venues, KeepTheHoursThatTheirKeeperSets) {
  const auto venue = record();
  make_keeper("officer3", venue);
  const auto put = [&](const std::string& who, const std::string& hours) {
    return send(who, "PUT", venue + "/hours", R"({"hours":[)" + hours + "]}", version(venue));
  };
  const std::string all_week = R"({"days":[1,2,3,4,5,6,7],"opens":"08:00","closes":"20:30"})";
  EXPECT_EQ(put("officer1", all_week).problem(), "not_allowed");
  EXPECT_EQ(put("officer3", all_week).status, 200);
  EXPECT_TRUE(shown(venue).at("listing.open").as_bool());
  EXPECT_EQ(shown(venue).text("listing.open_until"), "2026-11-24T12:30:00.000000Z");
  EXPECT_EQ(
      put("officer3",
          R"({"days":[3],"opens":"00:00","closes":"24:00"},{"days":[2],"opens":"08:00","closes":"11:00"})")
          .status,
      200);
  EXPECT_FALSE(shown(venue).at("listing.open").as_bool());
  EXPECT_EQ(shown(venue).text("listing.opens_next_at"), "2026-11-24T16:00:00.000000Z");
  EXPECT_EQ(shown(venue).at("week").as_array().at(1).at("openings").as_array().size(), 1U);
  EXPECT_EQ(put("officer3", R"({"days":[8],"opens":"08:00","closes":"11:00"})").problem(), "out_of_range");
  EXPECT_EQ(send("officer3", "PUT", venue + "/hours", R"({"hours":[]})", 1).problem(), "version_differs");
  EXPECT_EQ(send("officer3", "PUT", town.venue + "/hours", R"({"hours":[]})", 1).problem(), "not_allowed")
      << "a keeper of another venue";
}

TEST_P(Venues, AreClosedOrOpenOtherwiseOnSomeDays) {
  const auto venue = record();
  make_keeper("officer3", venue);
  const auto put = [&](const std::string& day, const std::string& what) {
    return send("officer3", "PUT", venue + "/exceptions/" + day,
                "{" + what + R"(,"note":{"zh":"示例","en":"Sample"}})");
  };
  const auto days = [&] { return testing::texts_in(shown(venue).at("exceptions"), "day"); };
  EXPECT_EQ(put("2026-11-24", R"("closed":false,"openings":[{"opens":"19:00","closes":"21:00"}])").status,
            200);
  EXPECT_TRUE(shown(venue).at("listing.open").as_bool()) << "it has no week, and is open today";
  EXPECT_EQ(shown(venue).text("listing.note.en"), "Sample");
  EXPECT_EQ(put("2026-11-24", R"("closed":true)").status, 200);
  EXPECT_FALSE(shown(venue).at("listing.open").as_bool());
  EXPECT_THAT(shown(venue).at("listing.today").as_array(), IsEmpty()) << "the hours of before are gone";
  EXPECT_EQ(put("2026-12-24", R"("closed":true)").status, 200);
  EXPECT_THAT(days(), ElementsAre("2026-11-24", "2026-12-24"));
  EXPECT_EQ(send("officer3", "DELETE", venue + "/exceptions/2026-11-24").status, 204);
  EXPECT_EQ(send("officer3", "DELETE", venue + "/exceptions/2026-11-24").status, 204) << "pressed twice";
  EXPECT_EQ(send("officer3", "DELETE", venue + "/exceptions/2026-11-26").status, 204) << "there was none";
  EXPECT_THAT(days(), ElementsAre("2026-12-24"));
  EXPECT_EQ(put("2026-11-24", R"("closed":true)").status, 200) << "and back again";
  EXPECT_EQ(put("nonsense", R"("closed":true)").problem(), "wrong_type");
}

TEST_P(Venues, HaveRooms) {
  const auto venue = record();
  make_keeper("officer3", venue);
  const auto room =
      send("officer3", "POST", venue + "/rooms", R"({"name":{"zh":"活动室","en":"Hall"},"seats":30})");
  EXPECT_EQ(room.text("step_free"), "unknown");
  const auto path = "/api/rooms/" + room.text("id");
  const auto change = [&](const std::string& who, const std::string& what, std::int64_t seen) {
    return town.call(as(who), "PATCH", path, what, if_match(seen));
  };
  EXPECT_EQ(change("officer1", "{}", 1).problem(), "not_allowed");
  EXPECT_EQ(change("officer3", R"({"seats":null,"step_free":"yes"})", 1).text("name.zh"), "活动室");
  EXPECT_EQ(change("officer3", "{}", 1).problem(), "version_differs");
  EXPECT_EQ(change("officer3", R"({"seats":0})", 2).problem(), "out_of_range");
  EXPECT_EQ(shown(venue).at("rooms").as_array().size(), 1U);
  EXPECT_EQ(post("officer3", path + "/end", "", if_match(2)).problem(), "");
  EXPECT_THAT(shown(venue).at("rooms").as_array(), IsEmpty());
  EXPECT_EQ(change("officer3", "{}", 3).problem(), "room_ended");
}

TEST_P(Venues, EndWhenNothingIsInHandThere) {
  const auto venue = record();
  const auto end = [&](const std::string& who) {
    return send(who, "POST", venue + "/end", "", version(venue));
  };
  make_keeper("officer3", venue);
  const auto held = end("director");
  EXPECT_EQ(held.problem(), "venue_in_use") << "it has a keeper";
  EXPECT_THAT(testing::texts_in(held.at("uses"), "use"), ElementsAre("roles"));
  const auto grants = get("admin", "/api/grants?venue=" + venue);
  post("admin", "/api/grants/" + testing::texts_in(grants.at("items"), "id").front() + "/end");
  EXPECT_EQ(end("director_elsewhere").problem(), "not_allowed");
  const auto before = word();
  EXPECT_EQ(end("director").problem(), "");
  EXPECT_NE(word(), before) << "nobody's role reaches it any longer";
  EXPECT_EQ(end("admin").problem(), "venue_ended");
  EXPECT_EQ(send("director", "PATCH", venue, "{}", 2).problem(), "not_allowed");
  EXPECT_FALSE(shown(venue).at("listing.venue.ended_at").is_null()) << "its history stays";
  const auto run = get("director", "/api/organisations/" + town.organisation + "/venues");
  EXPECT_THAT(testing::texts_in(run.at("items"), "id"), ElementsAre(town.venue));
  EXPECT_EQ(get("director", "/api/organisations/" + town.organisation).number("venues"), 1);
  EXPECT_EQ(post("admin", "/api/grants",
                 R"({"staff":")" + get("officer1", "/api/session").text("staff.id") +
                     R"(","role":"lecturer","venue":")" + venue + "\"}")
                .problem(),
            "no_such_venue");
}

TEST_P(Venues, WithAnOpenWindowOrACaseInHandDoNotEnd) {
  town.write(
      [](Transaction& tx, Instant) { tx.run("update grants set until_at = from_at where reach = 'venue'"); });
  const auto end = [&] { return send("admin", "POST", town.venue + "/end", "", version(town.venue)); };
  const auto held_by = [&] {
    const auto refused = end();
    EXPECT_EQ(refused.problem(), "venue_in_use");
    return testing::texts_in(refused.at("uses"), "use");
  };
  const auto waiting = take();
  EXPECT_THAT(held_by(), ElementsAre("people_waiting"));
  EXPECT_EQ(cancel(waiting).status, 200);
  for (const auto* button : {"open"}) pressed("admin", 1, button);
  EXPECT_THAT(held_by(), ElementsAre("open_windows"));
  take();
  EXPECT_THAT(held_by(), ElementsAre("open_windows", "people_waiting"));
  for (const auto* button : {"call-next", "start"}) pressed("admin", 1, button);
  pressed("admin", 1, "cases", R"({"matter":"transfer","materials_received":[]})");
  pressed("admin", 1, "finish");
  pressed("admin", 1, "close");
  EXPECT_THAT(held_by(), ElementsAre("cases"));
  town.write([](Transaction& tx, Instant at) { tx.run("update cases set ended_at = :at", {{"at", at}}); });
  EXPECT_EQ(end().problem(), "");
  EXPECT_EQ(take().problem(), "hall_closed") << "who has ended is not open";
  EXPECT_THAT(get("nobody", "/api/town").at("halls").as_array(), IsEmpty());
}

TEST_P(Venues, ReadNoTableToItsEnd) {
  const auto venue = *parse_id<VenueTag>(record());
  const auto room = *parse_id<RoomTag>(
      send("director", "POST", to_string(venue) + "/rooms", R"({"name":{"zh":"室","en":"R"}})").text("id"));
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    find_venues(tx, admin,
                {.kind = VenueKind::station,
                 .function = VenueFunction::park,
                 .community = "1",
                 .words = "示例",
                 .open = true,
                 .cursor = {},
                 .limit = {}});
    read_venue(tx, admin, {venue});
    nearest_venues(
        tx, admin,
        {.latitude = 31, .longitude = 121, .function = VenueFunction::park, .closed_too = true, .limit = {}});
    rename_venue(tx, admin, {.venue = venue, .version = 1, .name = {"新", "New"}, .from = {}});
    begin_function(tx, admin,
                   {.venue = venue, .function = VenueFunction::park, .since = *parse_day("2026-11-01")});
    end_function(tx, admin, {.venue = venue, .function = VenueFunction::park, .until = {}});
    put_hours(tx, admin, {.venue = venue, .version = 4, .hours = {{{1}, {480}, {600}}}});
    put_exception(tx, admin,
                  {.venue = venue,
                   .day = *parse_day("2026-12-24"),
                   .closed = true,
                   .openings = {},
                   .note = {"示例", "Sample"}});
    remove_exception(tx, admin, {.venue = venue, .day = *parse_day("2026-12-24")});
    edit_room(tx, admin, {.room = room, .version = 1, .name = {}, .seats = {}, .step_free = {}});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Venues);

}  // namespace doorstep::network
