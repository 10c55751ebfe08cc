// Volunteers: put to people's records, found by the place where they help. It is Tuesday, 2026-11-24.
#include "network/volunteers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::if_match;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Volunteers : public testing::HallTest {
 protected:
  std::string person(const std::string& name) {
    const auto made = post("officer1", "/api/people", R"({"name":")" + name + "\"}");
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer put(const std::string& who, const std::string& id, const std::string& volunteering,
             std::int64_t version = 1) {
    return town.call(as(who), "PUT", "/api/people/" + id + "/volunteering",
                     R"({"volunteering":)" + volunteering + "}", if_match(version));
  }
  std::string here(const std::string& more = "") const {
    return R"({"skills":["haircuts","care"],"since":"2020-03-05","venue":")" + town.venue + '"' + more + "}";
  }
  Answer find(const std::string& who, const std::string& place, const std::string& more = "") {
    return post(who, "/api/volunteers/find", "{" + place + R"(,"purpose":"排班")" + more + "}");
  }
  std::vector<std::string> found(const std::string& place) {
    std::vector<std::string> ids;
    const auto list = find("officer1", place);
    for (const auto& item : list.at("items").as_array())
      ids.emplace_back(item.at("person").at("id").as_string());
    return ids;
  }
  std::string at_venue() const { return R"("venue":")" + town.venue + '"'; }
  Answer look(const std::string& id) {
    return post("officer1", "/api/people/" + id + "/look", R"({"purpose":"核对"})");
  }
};

TEST_P(Volunteers, AreFoundWhereTheyHelpMaskedAndPageByPage) {
  const auto one = person("王示例"), other = person("李示例"), third = person("赵示例");
  for (const auto& id : {one, other, third}) EXPECT_EQ(put("greeter", id, here()).status, 200);
  EXPECT_THAT(found(at_venue()), ElementsAre(one, other, third));
  const auto first = find("officer1", at_venue(), R"(,"limit":2)");
  EXPECT_THAT(first.at("items").as_array(), SizeIs(2));
  const auto& shown = first.at("items").as_array().at(0);
  EXPECT_EQ(shown.at("person").at("name").as_string(), "王*");
  EXPECT_EQ(shown.at("since").as_string(), "2020-03-05");
  EXPECT_EQ(shown.at("skills").as_array().at(1).as_string(), "care");
  const auto rest = find("officer1", at_venue(), R"(,"cursor":")" + first.text("next") + '"');
  EXPECT_THAT(rest.at("items").as_array(), SizeIs(1));
  const auto elsewhere = find("director", R"("organisation":")" + town.organisation + '"');
  EXPECT_THAT(elsewhere.at("items").as_array(), IsEmpty());
}

TEST_P(Volunteers, AreShownInFullInTheirFileAlone) {
  const auto id = person("王示例");
  EXPECT_EQ(put("officer1", id, here(R"(,"register_number":"310000900012")")).status, 200);
  const auto file = look(id);
  EXPECT_EQ(file.text("volunteering.register_number"), "310000900012");
  EXPECT_EQ(file.text("volunteering.place_name"), "示例中心");
  EXPECT_EQ(
      value<std::int64_t>("select count(*) from person_facts where cast(sealed as TEXT) like '%haircuts%'"),
      0);
}

TEST_P(Volunteers, AreFoundWhereTheyHelpNowAndNoLonger) {
  const auto id = person("王示例");
  EXPECT_EQ(put("officer1", id, here()).status, 200);
  const auto branch = R"({"skills":[],"organisation":")" + town.organisation + "\"}";
  EXPECT_EQ(put("officer1", id, branch, 2).status, 200);
  EXPECT_THAT(found(at_venue()), IsEmpty());
  const auto with_organisation = find("director", R"("organisation":")" + town.organisation + '"');
  EXPECT_THAT(with_organisation.at("items").as_array(), SizeIs(1));
  EXPECT_EQ(put("officer1", id, "null", 3).status, 200);
  EXPECT_TRUE(look(id).at("volunteering").is_null());
  const auto none = find("director", R"("organisation":")" + town.organisation + '"');
  EXPECT_THAT(none.at("items").as_array(), IsEmpty());
}

TEST_P(Volunteers, AreErasedWithThePerson) {
  const auto id = person("王示例");
  EXPECT_EQ(put("officer1", id, here()).status, 200);
  const auto erased =
      post("manager", "/api/people/" + id + "/erase", R"({"purpose":"本人要求"})", if_match(2));
  EXPECT_EQ(erased.status, 200) << erased.problem();
  EXPECT_THAT(found(at_venue()), IsEmpty());
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_facts"), 0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_marks"), 0);
}

TEST_P(Volunteers, AreFoundAsWhoeverStandsForThem) {
  const auto one = person("王示例"), other = person("王示例");
  EXPECT_EQ(put("officer1", one, here()).status, 200);
  const auto merge = [&](std::int64_t into_version, std::int64_t version) {
    return post("officer1", "/api/people/" + one + "/merge",
                R"({"into":")" + other + R"(","into_version":)" + std::to_string(into_version) +
                    R"(,"reason":"recorded_twice"})",
                if_match(version));
  };
  EXPECT_EQ(merge(1, 2).status, 200);
  EXPECT_THAT(found(at_venue()), ElementsAre(other));
  const auto version = look(other).number("version");
  EXPECT_EQ(put("officer1", other, R"({"skills":[]})", version).status, 200);
  EXPECT_THAT(found(at_venue()), IsEmpty()) << "by their own record they help nowhere in particular";
}

TEST_P(Volunteers, AreLookedForWithAPurposeByThoseWhoSeeToThemThere) {
  const auto id = person("王示例");
  EXPECT_EQ(put("officer1", id, here()).status, 200);
  EXPECT_EQ(find("greeter", at_venue()).problem(), "not_allowed");
  EXPECT_EQ(find("elsewhere", at_venue()).problem(), "not_allowed");
  EXPECT_EQ(find("auditor", at_venue()).problem(), "not_allowed");
  EXPECT_EQ(put("auditor", id, here(), 2).problem(), "not_allowed");
  find("manager", at_venue());
  const auto looks = [&](bool allowed) {
    return value<std::int64_t>(
        "select count(*) from audit where action = 'find_volunteers' and allowed = :allowed",
        {{"allowed", allowed}});
  };
  EXPECT_EQ(looks(true), 1);
  EXPECT_EQ(looks(false), 3);
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit_people p join audit a on a.id = p.audit"
                                " where a.action = 'find_volunteers'"),
            1)
      << "and whoever was found sees it";
}

TEST_P(Volunteers, AreChangedByWhoeverSawThemLast) {
  const auto id = person("王示例");
  EXPECT_EQ(put("officer1", id, here()).status, 200);
  EXPECT_EQ(put("officer1", id, here()).problem(), "version_differs") << "the second of two clicks";
}

TEST_P(Volunteers, ReadNoTableToItsEnd) {
  const auto id = *parse_id<identity::PersonTag>(person("王示例"));
  const auto venue = *parse_id<VenueTag>(town.venue);
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    const NewVolunteering wish{
        .skills = {}, .register_number = {}, .since = {}, .venue = venue, .organisation = {}};
    put_volunteering(tx, admin, {id, 1, wish});
    const FindVolunteers there{
        .venue = venue, .organisation = {}, .purpose = "排班", .cursor = {}, .limit = {}};
    EXPECT_TRUE(find_volunteers(tx, admin, there).has_value());
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Volunteers);

}  // namespace doorstep::network
