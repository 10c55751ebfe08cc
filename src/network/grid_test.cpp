#include "network/grid.hpp"

#include <gmock/gmock.h>

#include "network/grid_file.hpp"
#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::if_match;
using ::testing::IsEmpty;
using testing::texts_in;

// A square of a hundredth of a degree, by its south-west corner.
std::vector<Place> square(double latitude, double longitude) {
  return {{latitude, longitude},
          {latitude, longitude + 0.01},
          {latitude + 0.01, longitude + 0.01},
          {latitude + 0.01, longitude},
          {latitude, longitude}};
}

class Grids : public testing::HallTest {
 protected:
  std::string body(const std::vector<Place>& ring, const std::string& more = "") {
    return R"({"name":{"zh":"示例网格","en":"Sample"},"organisation":")" + town.organisation +
           R"(","ring":)" + write_json(ring) + more + "}";
  }
  std::string record(const std::vector<Place>& ring, const std::string& who = "director") {
    const auto made = post(who, "/api/grids", body(ring));
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer edit(const std::string& who, const std::string& grid, const std::string& change,
              std::int64_t version) {
    return town.call(as(who), "PATCH", "/api/grids/" + grid, change, if_match(version));
  }
  std::vector<std::string> at(const std::string& latitude, const std::string& longitude) {
    return texts_in(
        get("nobody", "/api/grids/at?latitude=" + latitude + "&longitude=" + longitude).at("items"), "id");
  }
  std::string staff(const std::string& who) { return get(who, "/api/session").text("staff.id"); }
  std::string make_head(const std::string& who, const std::string& organisation) {
    const auto grant = post(
        "admin", "/api/grants",
        R"({"staff":")" + staff(who) + R"(","role":"grid_head","organisation":")" + organisation + "\"}");
    EXPECT_EQ(grant.status, 201) << grant.problem();
    return grant.text("id");
  }
};

TEST_P(Grids, AreFoundByAPointThatLiesInThem) {
  const auto west = record(square(31.29, 121.30)), east = record(square(31.29, 121.31));
  EXPECT_THAT(at("31.295", "121.305"), ElementsAre(west));
  EXPECT_THAT(at("31.295", "121.315"), ElementsAre(east));
  EXPECT_THAT(at("31.295", "121.31"), ElementsAre(west, east)) << "on the line between two";
  EXPECT_THAT(at("31.305", "121.305"), IsEmpty());
  const auto page = get("nobody", "/api/grids/" + west);
  EXPECT_EQ(page.at("ring").as_array().size(), 5U);
  EXPECT_EQ(page.text("grid.organisation"), town.organisation);
  const auto areas = get("nobody", "/api/grids/areas");
  EXPECT_THAT(texts_in(areas.at("items"), "id"), ElementsAre(west, east));
  EXPECT_EQ(areas.at("items").as_array().at(0).at("ring"), page.at("ring"));
  const auto moved = edit("director", west, R"({"ring":)" + write_json(square(31.30, 121.30)) + "}", 1);
  EXPECT_EQ(moved.status, 200) << moved.problem();
  EXPECT_THAT(at("31.295", "121.305"), IsEmpty());
  EXPECT_THAT(at("31.305", "121.305"), ElementsAre(west));
  EXPECT_EQ(post("director", "/api/grids/" + west + "/end", "", if_match(2)).status, 200);
  EXPECT_THAT(at("31.305", "121.305"), IsEmpty());
  EXPECT_THAT(texts_in(get("nobody", "/api/grids").at("items"), "id"), ElementsAre(east));
  EXPECT_THAT(texts_in(get("nobody", "/api/grids/areas").at("items"), "id"), ElementsAre(east));
  EXPECT_EQ(edit("director", west, "{}", 3).problem(), "grid_ended");
  EXPECT_EQ(edit("director", east, "{}", 7).problem(), "version_differs");
}

TEST_P(Grids, AreSmallSimpleAndClosed) {
  const auto refused = [&](const std::vector<Place>& ring) {
    return post("director", "/api/grids", body(ring)).problem();
  };
  auto open = square(31.29, 121.30);
  open.pop_back();
  EXPECT_EQ(refused(open), "ring_not_closed");
  EXPECT_EQ(refused({{31, 121}, {31, 121.01}, {31, 121}}), "too_short");
  EXPECT_EQ(refused({{31, 121}, {31.01, 121.01}, {31.01, 121}, {31, 121.01}, {31, 121}}),
            "ring_crosses_itself");
  EXPECT_EQ(refused({{31, 121}, {31, 122}, {31.01, 122}, {31, 121}}), "ring_too_wide");
  EXPECT_EQ(refused(std::vector<Place>(502, {31, 121})), "too_long");
  EXPECT_EQ(refused({{91, 121}, {31, 121.01}, {31.01, 121}, {91, 121}}), "out_of_range");
}

TEST_P(Grids, HaveAHeadWhoHasThatRoleThere) {
  const auto grid = record(square(31.29, 121.30));
  const auto appoint = [&](const std::string& who, std::int64_t version) {
    return edit("director", grid, R"({"head":")" + staff(who) + "\"}", version);
  };
  EXPECT_EQ(appoint("officer1", 1).problem(), "not_a_grid_head");
  EXPECT_EQ(edit("director", grid, R"({"head":"st_1"})", 1).problem(), "no_such_staff");
  const auto elsewhere = value<std::int64_t>("select id from organisations where key = 'there'");
  make_head("officer2", to_string(OrganisationId{elsewhere}));
  EXPECT_EQ(appoint("officer2", 1).problem(), "not_a_grid_head") << "of another place";
  const auto grant = make_head("officer1", town.organisation);
  EXPECT_EQ(appoint("officer1", 1).text("head.name"), "示例 officer1");
  EXPECT_EQ(post("admin", "/api/grants/" + grant + "/end").status, 204);
  EXPECT_TRUE(get("nobody", "/api/grids/" + grid).at("grid.head").is_null()) << "who is none any more";
  EXPECT_TRUE(edit("director", grid, R"({"head":null})", 2).at("head").is_null());
}

TEST_P(Grids, ShowAHeadOnlyWhoIsOneThereOrAbove) {
  const auto unit =
      post("admin", "/api/organisations",
           R"({"kind":"branch","name":{"zh":"示例","en":"Sample"},"parent":")" + town.organisation + "\"}")
          .text("id");
  const auto there =
      to_string(OrganisationId{value<std::int64_t>("select id from organisations where key = 'there'")});
  const auto above = make_head("officer1", town.organisation);
  auto wish = body(square(31.29, 121.30), R"(,"head":")" + staff("officer1") + '"');
  wish.replace(wish.find(town.organisation), town.organisation.size(), unit);
  const auto grid = post("director", "/api/grids", wish);
  EXPECT_EQ(grid.text("head.name"), "示例 officer1") << "one above is one here, too";
  const auto shown = [&] {
    const auto page = get("nobody", "/api/grids/" + grid.text("id"));
    const auto list = get("nobody", "/api/grids");
    const bool in_list = !list.at("items").as_array().at(0).at("head").is_null();
    EXPECT_EQ(!page.at("grid.head").is_null(), in_list);
    return in_list;
  };
  EXPECT_TRUE(shown());
  make_head("officer1", there);
  EXPECT_EQ(post("admin", "/api/grants/" + above + "/end").status, 204);
  EXPECT_FALSE(shown()) << "they are one still, but of another place";
  make_head("officer1", unit);
  EXPECT_TRUE(shown());
}

TEST_P(Grids, AreDrawnByThoseWhoseRoleReachesTheOrganisation) {
  EXPECT_EQ(post("manager", "/api/grids", body(square(31.29, 121.30))).problem(), "not_allowed");
  EXPECT_EQ(post("director_elsewhere", "/api/grids", body(square(31.29, 121.30))).problem(), "not_allowed");
  const auto grid = record(square(31.29, 121.30), "admin");
  EXPECT_EQ(edit("director_elsewhere", grid, "{}", 1).problem(), "not_allowed");
  const auto firm =
      post("admin", "/api/organisations", R"({"kind":"firm","name":{"zh":"示例","en":"Sample"}})");
  auto wish = body(square(31.29, 121.30));
  wish.replace(wish.find(town.organisation), town.organisation.size(), firm.text("id"));
  EXPECT_EQ(post("admin", "/api/grids", wish).status, 201);
  EXPECT_EQ(post("admin", "/api/organisations/" + firm.text("id") + "/end", "", if_match(1)).problem(),
            "organisation_in_use");
}

TEST_P(Grids, OfAFileStayAsTheyWereEdited) {
  town.write([](Transaction& tx, Instant) { put_communities(tx, {{"310114102001", "示例社区"}}); });
  const auto organisation = *parse_id<OrganisationTag>(town.organisation);
  const auto file = [&](const std::string& key, const std::vector<Place>& ring) {
    return GridToPut{{key, {"网格", "Grid"}, "here", "310114102001", ring}, organisation};
  };
  const auto import = [&](const std::vector<GridToPut>& grids) {
    std::string fault;
    town.write([&](Transaction& tx, Instant) {
      try {
        put_grids(tx, grids);
      } catch (const TownFileFault& found) {
        fault = found.what();
      }
    });
    return fault;
  };
  const std::vector files{file("a", square(31.29, 121.30)), file("b", square(31.29, 121.31))};
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(import(files), "");
  const auto ids = texts_in(get("nobody", "/api/grids").at("items"), "id");
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(get("nobody", "/api/grids/" + ids[0]).number("grid.version"), 1) << "nothing differs";
  EXPECT_EQ(import({file("a", square(31.30, 121.30))}), "");
  EXPECT_THAT(at("31.305", "121.305"), ElementsAre(ids[0]));
  EXPECT_EQ(post("director", "/api/grids/" + ids[1] + "/end", "", if_match(1)).status, 200);
  EXPECT_EQ(edit("director", ids[0], R"({"head":null})", 2).status, 200);
  EXPECT_EQ(import({files[0]}), "");
  EXPECT_THAT(at("31.295", "121.305"), ElementsAre(ids[0])) << "another head leaves the area to the files";
  EXPECT_EQ(edit("director", ids[0], R"({"name":{"zh":"改过","en":"Edited"}})", 4).status, 200);
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(get("nobody", "/api/grids/" + ids[0]).text("grid.name.zh"), "改过");
  EXPECT_THAT(texts_in(get("nobody", "/api/grids").at("items"), "id"), ElementsAre(ids[0]));
  EXPECT_THAT(import({files[0], files[0]}), HasSubstr("grid a: it is there twice"));
  auto wrong = files[0];
  wrong.file.community = "9";
  EXPECT_THAT(import({wrong}), HasSubstr("no community 9"));
  wrong = files[0];
  wrong.file.ring.pop_back();
  EXPECT_THAT(import({wrong}), HasSubstr("ring_not_closed"));
}

TEST_P(Grids, ReadNoTableToItsEnd) {
  const auto id = *parse_id<GridTag>(record(square(31.29, 121.30)));
  const auto organisation = *parse_id<OrganisationTag>(town.organisation);
  make_head("officer1", town.organisation);
  const std::optional head{*parse_id<StaffTag>(staff("officer1"))};
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    edit_grid(tx, admin, {id, 1, {}, {}, {true, head}, {true, square(31.29, 121.32)}});
    list_grids(tx, admin, {.organisation = {}, .words = "示例", .cursor = {}, .limit = {}});
    list_grids(tx, admin, {.organisation = organisation, .words = {}, .cursor = {}, .limit = {}});
    list_grid_areas(tx, admin, {});
    read_grid(tx, admin, {id});
    find_grids(tx, admin, {31.295, 121.305});
    record_grid(tx, admin, {{"示例", "Sample"}, organisation, {}, {}, square(31.29, 121.31)});
    end_grid(tx, admin, {id, 2});
    has_grids(tx, organisation);
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Grids);

}  // namespace doorstep::network
