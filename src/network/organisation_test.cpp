#include "network/organisation.hpp"

#include <gmock/gmock.h>

#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Organisations : public testing::HallTest {
 protected:
  static std::string body(const std::string& name, const std::string& parent) {
    return R"({"kind":"branch","parent":)" + (parent.empty() ? "null" : '"' + parent + '"') +
           R"(,"name":{"zh":")" + name + R"(","en":"Sample"},"official_name":"中共示例支部委员会"})";
  }
  std::string record(const std::string& name, const std::string& parent, const std::string& who = "admin") {
    const auto made = post(who, "/api/organisations", body(name, parent));
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer edit(const std::string& who, const std::string& id, const std::string& change,
              std::int64_t version = 1) {
    return town.call(as(who), "PATCH", "/api/organisations/" + id, change, testing::if_match(version));
  }
  Answer move(const std::string& who, const std::string& id, const std::string& parent,
              std::int64_t version = 1) {
    return edit(who, id, R"({"parent":")" + parent + "\"}", version);
  }
  Answer end(const std::string& who, const std::string& id, std::int64_t version = 1) {
    return post(who, "/api/organisations/" + id + "/end", "", testing::if_match(version));
  }
  std::vector<std::string> below(const std::string& parent) {
    std::vector<std::string> names;
    const auto list = get("officer1", "/api/organisations" + (parent.empty() ? "" : "?parent=" + parent));
    for (const auto& item : list.at("items").as_array())
      names.emplace_back(item.at("name").at("zh").as_string());
    return names;
  }
  std::string root() {
    return get("officer1", "/api/organisations").at("items").as_array().at(0).at("id").as_string().c_str();
  }
};

TEST_P(Organisations, AreRecordedShownAndListedBelowTheirParent) {
  const auto branch = record("示例一支部", town.organisation, "director");
  record("示例二支部", town.organisation, "director");
  const auto shown = get("officer1", "/api/organisations/" + branch);
  EXPECT_EQ(shown.text("kind"), "branch");
  EXPECT_EQ(shown.text("parent"), town.organisation);
  EXPECT_EQ(shown.text("official_name"), "中共示例支部委员会");
  EXPECT_EQ(shown.headers.at("etag"), "\"1\"");
  EXPECT_THAT(below(town.organisation), ElementsAre("示例一支部", "示例二支部"));
  EXPECT_THAT(below(""), ElementsAre("示例镇"));
  const auto above = get("officer1", "/api/organisations/" + town.organisation);
  EXPECT_EQ(above.number("below"), 2);
  EXPECT_EQ(above.number("venues"), 1);
  const auto venues = get("officer1", "/api/organisations/" + town.organisation + "/venues");
  EXPECT_THAT(testing::texts_in(venues.at("items"), "id"), ElementsAre(town.venue));
}

TEST_P(Organisations, AreRenamedByThoseWhoseRoleReachesThem) {
  const auto branch = record("示例支部", town.organisation);
  EXPECT_EQ(edit("director_elsewhere", branch, R"({"official_name":null})").problem(), "not_allowed");
  EXPECT_EQ(edit("manager", branch, R"({"official_name":null})").problem(), "not_allowed")
      << "a manager of one venue has no organisations";
  const auto edited =
      edit("director", branch,
           R"({"kind":"general_branch","name":{"zh":"新名","en":"New"},"official_name":null})");
  EXPECT_EQ(edited.text("kind"), "general_branch");
  EXPECT_EQ(edited.text("name.zh"), "新名");
  EXPECT_TRUE(edited.at("official_name").is_null());
  EXPECT_EQ(edited.number("version"), 2);
  EXPECT_EQ(edit("director", branch, "{}", 1).problem(), "version_differs");
  EXPECT_EQ(edit("director", branch, R"({"name":{"zh":" ","en":""}})", 2).problem(), "too_short");
}

TEST_P(Organisations, MoveWithAllBelowThem) {
  const auto root_id = root();
  const auto upper = record("上级", root_id), lower = record("下级", upper);
  EXPECT_EQ(move("admin", upper, lower).problem(), "organisation_below_itself");
  EXPECT_EQ(move("admin", upper, upper).problem(), "organisation_below_itself");
  EXPECT_EQ(move("admin", upper, "or_1").problem(), "no_such_organisation");
  EXPECT_EQ(edit("director", lower, "{}").problem(), "") << "reached from the root";
  EXPECT_EQ(move("admin", upper, town.organisation).text("parent"), town.organisation);
  EXPECT_THAT(below(town.organisation), ElementsAre("上级"));
  EXPECT_THAT(below(upper), ElementsAre("下级"));
}

TEST_P(Organisations, AreMovedByAnAdministratorOfBothPlaces) {
  const auto there =
      to_string(OrganisationId{value<std::int64_t>("select id from organisations where key = 'there'")});
  const auto branch = record("示例支部", there);
  EXPECT_EQ(move("director", branch, town.organisation).problem(), "not_allowed")
      << "those at the new place would have their roles at it: no manager gives that";
  const auto staff = get("officer1", "/api/session").text("staff.id");
  const auto make_administrator = [&](const std::string& at) {
    post("admin", "/api/grants",
         R"({"staff":")" + staff + R"(","role":"administrator","organisation":")" + at + "\"}");
  };
  make_administrator(there);
  EXPECT_EQ(move("officer1", branch, town.organisation).problem(), "not_allowed") << "of one of them";
  make_administrator(town.organisation);
  EXPECT_EQ(move("officer1", branch, town.organisation).problem(), "");
  EXPECT_EQ(edit("director_elsewhere", branch, "{}", 2).problem(), "not_allowed") << "it is theirs no longer";
}

TEST_P(Organisations, EndWhenNothingHangsOnThem) {
  const auto upper = record("上级", town.organisation), lower = record("下级", upper);
  const auto held_by = [&](const std::string& organisation) {
    const auto refused = end("director", organisation);
    EXPECT_EQ(refused.problem(), "organisation_in_use");
    return testing::texts_in(refused.at("uses"), "use");
  };
  EXPECT_THAT(held_by(upper), ElementsAre("organisations"));
  EXPECT_THAT(held_by(town.organisation), ElementsAre("organisations", "venues"));
  EXPECT_EQ(end("director_elsewhere", lower).problem(), "not_allowed");
  EXPECT_EQ(end("director", lower, 7).problem(), "version_differs");
  const auto staff = get("officer1", "/api/session").text("staff.id");
  const auto grant =
      post("director", "/api/grants",
           R"({"staff":")" + staff + R"(","role":"lecturer","organisation":")" + lower + "\"}");
  EXPECT_THAT(held_by(lower), ElementsAre("roles"));
  EXPECT_EQ(post("director", "/api/grants/" + grant.text("id") + "/end").problem(), "");
  EXPECT_EQ(end("director", lower).problem(), "");
  EXPECT_EQ(end("director", lower, 2).problem(), "organisation_ended");
  EXPECT_THAT(below(upper), IsEmpty());
  EXPECT_FALSE(get("officer1", "/api/organisations/" + lower).at("ended_at").is_null())
      << "its history stays";
  EXPECT_EQ(move("admin", upper, lower).problem(), "organisation_ended");
  EXPECT_EQ(end("director", upper).problem(), "");
}

TEST_P(Organisations, OfTheTownsFilesStayAsTheyWereEdited) {
  const std::vector<OrganisationFile> files{{"a", OrganisationKind::committee, {}, {"甲", "A"}, {}},
                                            {"b", OrganisationKind::branch, "a", {"乙", "B"}, {}}};
  std::map<std::string, OrganisationId> ids;
  const auto import = [&](const std::vector<OrganisationFile>& all) {
    std::string fault;
    town.write([&](Transaction& tx, Instant at) {
      try {
        ids = put_organisations(tx, all, at);
      } catch (const TownFileFault& found) {
        fault = found.what();
      }
    });
    return fault;
  };
  const auto word = [&] { return value<std::string>("select tree from town"); };
  EXPECT_EQ(import(files), "");
  const auto before = word();
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(word(), before) << "nothing differs";
  auto renamed = files;
  renamed[0].name.zh = "新甲";
  renamed[1].name.zh = "新乙";
  EXPECT_EQ(edit("admin", to_string(ids["b"]), R"({"name":{"zh":"改过","en":"Edited"}})").problem(), "");
  EXPECT_EQ(import(renamed), "");
  EXPECT_EQ(get("admin", "/api/organisations/" + to_string(ids["a"])).text("name.zh"), "新甲");
  EXPECT_EQ(get("admin", "/api/organisations/" + to_string(ids["b"])).text("name.zh"), "改过");
  EXPECT_EQ(import({files[1]}), "") << "below one that is there already";
  EXPECT_THAT(import({{"d", OrganisationKind::branch, "c", {"丁", "D"}, {}},
                      {"c", OrganisationKind::committee, {}, {"丙", "C"}, {}}}),
              ::testing::HasSubstr("organisation d: there is no organisation c before it"));
  EXPECT_THAT(import({files[0], files[0]}), ::testing::HasSubstr("twice"));
  EXPECT_EQ(end("admin", to_string(ids["b"]), 2).problem(), "");
  EXPECT_THAT(import(files), ::testing::HasSubstr("organisation b: it has ended"));
}

TEST_P(Organisations, AtTheRootAreTheWholeTowns) {
  EXPECT_EQ(post("director", "/api/organisations", body("另一棵树", "")).problem(), "not_allowed");
  record("另一棵树", "");
  EXPECT_THAT(below(""), ElementsAre("示例镇", "另一棵树"));
}

TEST_P(Organisations, ReadNoTableToItsEnd) {
  const auto branch = record("示例支部", town.organisation);
  const auto id = *parse_id<OrganisationTag>(branch), parent = *parse_id<OrganisationTag>(town.organisation);
  const auto root_id = root();
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    list_organisations(tx, admin, {.parent = parent, .cursor = {}, .limit = {}});
    list_organisations(tx, admin, {.parent = {}, .cursor = {}, .limit = {}});
    list_venues(tx, admin, {.organisation = parent, .cursor = {}, .limit = {}});
    record_organisation(tx, admin, {OrganisationKind::branch, parent, {"示例", "Sample"}, {}});
    edit_organisation(tx, admin,
                      {.organisation = id,
                       .version = 1,
                       .kind = {},
                       .parent = {true, *parse_id<OrganisationTag>(root_id)},
                       .name = {},
                       .official_name = {}});
    end_organisation(tx, admin, {id, 2});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Organisations);

}  // namespace doorstep::network
