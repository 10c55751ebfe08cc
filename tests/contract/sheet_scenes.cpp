// Lists as sheets: what they refuse, and what they cost.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"
#include "testing/devices.hpp"

namespace doorstep::testing {

namespace {

How get(const std::string& path) {
  return [=](Stage& stage) { return stage.get("admin", path); };
}

How of_the_audit(const std::string& body) {
  return [=](Stage& stage) { return stage.post("auditor", "/api/audit/read.xlsx", body); };
}

}  // namespace

void add_sheet_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"read_audit_sheet", "no_such_person", of_the_audit(R"({"person":"pe_1","purpose":"a complaint"})")},
      {"read_audit_sheet", "purpose_missing", of_the_audit(R"({"purpose":" "})")},
      {"read_audit_sheet", "one_filter_at_a_time",
       of_the_audit(R"({"staff":"st_1","refused":true,"purpose":"a complaint"})")},
      {"list_grants_sheet", "no_such_organisation", get("/api/grants.xlsx?organisation=or_1")},
      {"list_grants_sheet", "no_such_venue", get("/api/grants.xlsx?venue=ve_1")},
      {"list_grants_sheet", "one_place_only", get("/api/grants.xlsx?organisation=or_1&venue=ve_1")},
      {"list_organisation_tree_sheet", "no_such_organisation", get("/api/organisations.xlsx?parent=or_1")},
      {"list_venues_sheet", "no_such_organisation", get("/api/organisations/or_1/venues.xlsx")},
      {"list_addresses_sheet", "no_such_community", get("/api/communities/1/addresses.xlsx")},
      {"list_device_history_sheet", "no_such_device", get("/api/devices/dv_1/history.xlsx")},
      {"list_devices_sheet", "no_such_venue", get("/api/venues/ve_1/devices.xlsx")},
      {"list_posts_sheet", "no_such_venue", get("/api/venues/ve_1/posts.xlsx")},
      {"list_roster_sheet", "no_such_venue", get("/api/venues/ve_1/roster.xlsx")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

// As many statements for all of a list as for a page of it, and one for the town's clock.
void play_sheets(Stage& stage) {
  const auto get = [&](const std::string& path) {
    const auto answer = stage.get("admin", "/api/" + path);
    EXPECT_EQ(answer.status, 200) << path << ' ' << answer.problem();
  };
  const auto venue = "venues/" + stage.town.venue;
  // A grid with a head, who is looked up.
  const auto head = stage.staff("officer2");
  stage.post(
      "admin", "/api/grants",
      R"({"staff":")" + head + R"(","role":"grid_head","organisation":")" + stage.town.organisation + "\"}");
  const auto edited =
      stage.send("admin", "PATCH", "/api/grids/" + stage.grid(), R"({"head":")" + head + "\"}", if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  for (const auto& list :
       {std::string{"staff.xlsx"}, "grants.xlsx?venue=" + stage.town.venue,
        "organisations.xlsx?parent=" + stage.town.organisation, std::string{"venues.xlsx"},
        std::string{"matters.xlsx"}, "organisations/" + stage.town.organisation + "/venues.xlsx",
        std::string{"communities.xlsx"}, "communities/" + stage.community() + "/addresses.xlsx",
        std::string{"grids.xlsx?words=x"}, std::string{"calendar.xlsx?year=2026"},
        std::string{"past-activities.xlsx"}, std::string{"imports.xlsx"},
        "devices/" + paired_device(stage.town, stage.as("manager")).id + "/history.xlsx",
        venue + "/devices.xlsx", venue + "/posts.xlsx", venue + "/roster.xlsx", std::string{"handovers.xlsx"},
        "desk/cases.xlsx?venue=" + stage.town.venue})
    get(list);
  // Of somebody for whose post the manager answers.
  stage.post_held_by("officer1");
  const auto absences = stage.get("manager", "/api/absences.xlsx?staff=" + stage.staff("officer1"));
  EXPECT_EQ(absences.status, 200) << absences.problem();
  const auto looked =
      stage.post("auditor", "/api/audit/read.xlsx",
                 R"({"person":")" + stage.person() +
                     R"(","before":"2030-01-01T00:00:00Z","since":"2020-01-01T00:00:00Z","purpose":"p"})");
  EXPECT_EQ(looked.status, 200) << looked.problem();
}

}  // namespace doorstep::testing
