// Every route is tried by every role. The table says who gets in; a route that is not in it fails the test.
#include <algorithm>
#include <functional>

#include <gmock/gmock.h>

#include "contract/role_table.hpp"
#include "contract/scenes.hpp"
#include "contract/stage.hpp"
#include "testing/devices.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

constexpr auto in = Door::in;
constexpr auto sign_in_first = Door::sign_in;
constexpr auto no = Door::no;

Door door_of(const Answer& answer) {
  EXPECT_LT(answer.status, 500) << answer.problem();
  if (answer.problem() == "not_signed_in") return sign_in_first;
  if (answer.problem() == "not_allowed") return no;
  EXPECT_NE(answer.problem(), "session_expired");
  EXPECT_NE(answer.problem(), "csrf_missing");
  return in;
}

class RolesTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  RolesTest() : stage(GetParam()) {
    system_file = make_system_file(stage);
    taken_in = stage.take_in("officer1", 1, R"(,"applicant":{"name":"A","phone":"13800000000"})");
    ticket = stage.take("question");
    message = stage.dead_message();
    person = stage.person();
    staff = stage.staff("officer3");
    grant = stage.grant(staff);
    absence = stage.absence_of("officer3");
    post = stage.post_held_by("officer3");
    slip = stage.slip("officer3", post, "officer1");
    import = upload(stage.town, stage.as("manager"), "organisations", {"名称"}, {{"示例"}}).text("id");
    device = paired_device(stage.town, stage.as("manager"));
    const auto rooms = "/api/venues/" + stage.town.venue + "/rooms";
    room = stage.post("admin", rooms, R"({"name":{"zh":"室","en":"Room"}})").text("id");
    community = stage.community();
    grid = stage.grid();
    activity = stage.past_activity();
    rating = stage.rating();
    alarm = stage.alarm("officer2", 2);
    inquiry = stage.inquiry();
    houses = stage.houses(community, "示例一路");
  }

  // A text of the table, or a route's path, with things that are there.
  std::string filled(std::string text, const api::Route& route) {
    const std::map<std::string, std::string> parts{
        {"{organisation}", stage.town.organisation},
        {"{venue}", stage.town.venue},
        {"{day}", "2026-12-24"},
        {"{unit}", "branch"},
        {"{inquiry}", inquiry},
        {"{year}", "2026"},
        {"{room}", room},
        {"{device}", device.id},
        {"{community}", community},
        {"{range}", houses},
        {"{grid}", grid},
        {"{activity}", activity},
        {"{rating}", rating},
        {"{file}", system_file},
        {"{alarm}", alarm},
        {"{number}", taken_in.text("reference")},
        {"{grant}", grant},
        {"{staff}", staff},
        {"{session}", session},
        {"{passkey}", "pk_1"},
        {"{attachment}", "at_1"},
        {"{hall}", stage.town.hall},
        {"{window}", stage.town.windows[0]},
        {"{kind}", "organisations"},
        {"{import}", import},
        {"{id}", taken_in.text("id")},
        {"{message}", message},
        {"{person}", person},
        {"{venue}", stage.town.venue},
        {"{post}", post},
        {"{absence}", absence},
        {"{handover}", slip},
        {"{mandate}", mandate},
        {"{matter}", "transfer"},
        {"{token}", route.tag == "cases" ? taken_in.text("token") : ticket}};
    for (const auto& [part, value] : parts) {
      if (const auto at = text.find(part); at != std::string::npos) text.replace(at, part.size(), value);
    }
    return text;
  }

  std::string path_of(const api::Route& route) {
    auto path = filled(route.path, route);
    // A list's sheet is asked as the list is.
    const auto name = route.whole_list ? route.name.substr(0, route.name.rfind("_sheet")) : route.name;
    if (name == "list_grants") path += "?organisation=" + stage.town.organisation;
    if (route.name == "nearest_venues" || route.name == "find_grids")
      path += "?latitude=31.29&longitude=121.31";
    if (route.name == "find_address") path += "?text=1";
    if (name == "list_cases" || name == "list_ratings" || name == "list_deadlines" ||
        name == "list_case_alarms" || name == "list_inquiries" || name == "count_systems" ||
        name == "list_system_files")
      path += "?venue=" + stage.town.venue;
    if (name == "list_system_cases") path += "?system=member_system&stage=sent&venue=" + stage.town.venue;
    if (name == "count_ratings" || name == "count_trips")
      path += "?from=2026-11-01&until=2026-11-30&venue=" + stage.town.venue;
    if (route.name == "read_calendar_sheet") path += "?year=2026";
    if (name == "list_absences") path += "?staff=" + staff;
    if (route.name == "find_gaps") path += "?from=2026-11-25&until=2026-11-25&staff=" + staff;
    if (route.name == "list_import_outcomes") path += "?outcome=recorded";
    if (route.name == "upload_sheet") path += "?kind=organisations&name=list.xlsx";
    if (route.name == "listen") path += "?topics=hall:" + stage.town.hall;
    return path;
  }

  static Sent sent_along(const api::Route& route) {
    if (!route.rules.takes.empty())
      return {.headers = {{"content-type", std::string{route.rules.takes.front()}}}};
    return route.rules.if_match ? if_match(1) : Sent{};
  }

  Stage stage;
  Answer taken_in;
  std::string ticket, message, person, staff, grant, post, absence, slip, room, import, community, houses,
      grid, activity, rating, alarm, inquiry, system_file;
  Paired device;
  std::string mandate = "md_1", session = "se_1";
};

TEST_P(RolesTest, EveryRouteIsOpenToThoseItIsForAndNobodyElse) {
  for (const auto& route : stage.town.api().routes()) {
    if (route->rules.who.is_resident || route->rules.who.is_device) continue;
    const auto row = std::ranges::find(role_table(), route->name, &Row::name);
    EXPECT_NE(row, role_table().end())
        << route->name << " (" << route->method << ' ' << route->path << ") has no row in role_table()";
    if (row == role_table().end()) continue;
    for (std::size_t i = 0; i < std::size(callers); ++i) {
      const auto answer = stage.send(callers[i], route->method, path_of(*route), filled(row->body, *route),
                                     sent_along(*route));
      EXPECT_EQ(door_of(answer), row->doors[i]) << callers[i] << ": " << route->method << ' ' << route->path
                                                << " answered " << answer.status << ' ' << answer.problem();
      if (route->name == "sign_out") stage.forget(callers[i]);
    }
  }
}

TEST_P(RolesTest, WhatIsAResidentsIsTheirsAlone) {
  // Of a place that does not exist.
  person = stage.person(R"({"name":"示例","identity_number":"000000194803070028"})");
  std::map<std::string, Browser> browsers;
  for (const auto* who : residents) {
    // A phone a person: the officer at the window links it.
    const std::string phone = who == residents[0] ? "13900000011" : "13900000012";
    const auto theirs = who == residents[0] ? person : stage.person();
    EXPECT_EQ(stage.link_phone(theirs, phone).status, 204);
    browsers[who] = stage.town.sign_in_resident(phone);
    if (who == residents[0]) continue;
    const auto offered =
        stage.town.call(browsers[who], "POST", "/api/my/people/" + theirs + "/mandates",
                        R"({"phone":"13900000011","last_four":"0028","until":"2027-06-30T00:00:00Z"})");
    EXPECT_EQ(offered.status, 201) << offered.problem();
    mandate = offered.text("id");
  }
  // Signed in at two places, they end the one that came first.
  const auto places = stage.town.call(browsers["resident"], "GET", "/api/my/session/all");
  session = std::string{places.at("items").as_array().at(0).at("id").as_string()};
  stage.town.pass(std::chrono::minutes{1});
  browsers["resident"] = stage.town.sign_in_resident("13900000011");
  std::vector<const api::Route*> routes;
  for (const auto& route : stage.town.api().routes()) {
    if (route->rules.who.is_resident) routes.push_back(route.get());
  }
  for (const auto* route : routes) {
    EXPECT_NE(std::ranges::find(resident_table(), route->name, &ResidentRow::name), resident_table().end())
        << route->name << " has no row in resident_table()";
  }
  for (const auto& row : resident_table()) {
    const auto route = std::ranges::find(routes, row.name, [](const api::Route* each) { return each->name; });
    ASSERT_NE(route, routes.end()) << row.name;
    const auto path = path_of(**route);
    const auto more = sent_along(**route);
    for (const auto* who : callers)
      EXPECT_EQ(stage.send(who, (*route)->method, path, row.body, more).problem(), "not_signed_in") << who;
    const auto strange = stage.town.call(browsers["neighbour"], (*route)->method, path, row.body, more);
    EXPECT_EQ(strange.problem(), row.to_others) << row.name;
    const auto own = stage.town.call(browsers["resident"], (*route)->method, path, row.body, more);
    EXPECT_LT(own.status, 300) << row.name << ' ' << own.problem();
    if (row.name == "erase_self") browsers["resident"] = stage.town.sign_in_resident("13900000013");
  }
}

TEST_P(RolesTest, WhatIsADevicesIsItsAloneAndNothingElseIs) {
  auto resident = stage.town.sign_in_resident("13900000014");
  for (const auto& route : stage.town.api().routes()) {
    const auto path = path_of(*route);
    const auto more = route->rules.if_match ? if_match(1) : Sent{};
    if (!route->rules.who.is_device) {
      if (route->rules.who.anyone) continue;
      const auto answer = stage.town.call(device.browser, route->method, path, "", more);
      EXPECT_NE(answer.problem(), "") << "a device may " << route->name;
      EXPECT_NE(answer.problem(), "not_allowed") << "a device is nobody of the staff: " << route->name;
      continue;
    }
    EXPECT_NE(std::ranges::find(device_table(), route->name), device_table().end())
        << route->name << " has no row in device_table()";
    for (const auto* who : callers)
      EXPECT_EQ(stage.send(who, route->method, path, "", more).problem(), "not_signed_in") << who;
    EXPECT_EQ(stage.town.call(resident, route->method, path, "", more).problem(), "not_signed_in");
    const auto own = stage.town.call(device.browser, route->method, path, "", more);
    EXPECT_LT(own.status, 300) << route->name << ' ' << own.problem();
  }
}

TEST_P(RolesTest, EveryRowOfTheTableIsARoute) {
  const auto& routes = stage.town.api().routes();
  for (const auto& row : role_table()) {
    EXPECT_TRUE(std::ranges::any_of(routes, [&](const auto& route) { return route->name == row.name; }))
        << row.name;
  }
}

TEST_P(RolesTest, EveryTopicIsHeardByThoseItIsFor) {
  const std::map<std::string, std::string> asked{{"hall", stage.town.hall},
                                                 {"ticket", ticket},
                                                 {"case", taken_in.text("token")},
                                                 {"desk", stage.town.venue},
                                                 {"device", device.id}};
  for (const auto& kind : stage.town.api().topics()) {
    EXPECT_NE(std::ranges::find(topic_table(), kind, &Row::name), topic_table().end())
        << "the topic " << kind << " has no row in topic_table()";
  }
  for (const auto& row : topic_table()) {
    for (std::size_t i = 0; i < std::size(callers); ++i) {
      const auto answer = stage.get(callers[i], "/api/events?topics=" + row.name + ':' + asked.at(row.name));
      EXPECT_EQ(door_of(answer), row.doors[i])
          << callers[i] << " hears " << row.name << ": " << answer.problem();
      EXPECT_EQ(answer.on_stream != nullptr, row.doors[i] == in);
    }
  }
}

TEST_P(RolesTest, WhatAManagerMayAnAdministratorMay) {
  // Somebody went home and left the window open.
  EXPECT_EQ(stage.post("officer1", stage.window(1, "/finish")).status, 200);
  EXPECT_EQ(stage.post("officer2", stage.window(1, "/close")).problem(), "window_taken");
  EXPECT_EQ(stage.post("admin", stage.window(1, "/close")).problem(), "");
  // A case that another officer handles.
  const auto advance =
      stage.post("admin", Stage::case_path(taken_in, "/advance"), R"({"to":"review"})", if_match(1));
  EXPECT_EQ(advance.problem(), "");
}

TEST_P(RolesTest, ALookIsRecordedWhetherItWasAllowedOrNot) {
  const auto path = Stage::case_path(taken_in, "/applicant");
  EXPECT_EQ(stage.post("officer2", path, R"({"purpose":"to call back"})").text("name"), "A");
  EXPECT_EQ(stage.post("elsewhere", path, R"({"purpose":"curious"})").problem(), "not_allowed");
  stage.town.read([](Snapshot& snapshot, Instant) {
    const auto looks = [&](bool allowed) {
      return snapshot.value<std::int64_t>("select count(*) from audit where allowed = :allowed",
                                          {{"allowed", allowed}});
    };
    EXPECT_EQ(looks(true), 1);
    EXPECT_EQ(looks(false), 1);
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(RolesTest);

}  // namespace doorstep::testing
