#include "network/addresses.hpp"

#include <gmock/gmock.h>

#include "network/address_file.hpp"
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

const std::string north = "310114102001", south = "310114102002";

// Two communities: the north has a branch below the organisation of the town's venue, the south has none.
class Addresses : public testing::HallTest {
 protected:
  Addresses() {
    town.write([](Transaction& tx, Instant) {
      put_communities(tx, {{north, "北示例社区"}, {south, "南示例_社区"}});
    });
    branch = record_organisation("branch");
    name_branch("admin", north, branch, 1);
  }

  std::string record_organisation(const std::string& kind) {
    return post("admin", "/api/organisations",
                R"({"kind":")" + kind + R"(","parent":")" + town.organisation +
                    R"(","name":{"zh":"示例支部","en":"Sample"},"official_name":"中共示例支部委员会"})")
        .text("id");
  }
  Answer name_branch(const std::string& who, const std::string& community, const std::string& organisation,
                     std::int64_t version) {
    const auto value = organisation.empty() ? "null" : '"' + organisation + '"';
    return town.call(as(who), "PATCH", "/api/communities/" + community, R"({"branch":)" + value + "}",
                     if_match(version));
  }
  Answer record(const std::string& who, const std::string& community, const std::string& houses) {
    return post(who, "/api/communities/" + community + "/addresses", "{" + houses + "}");
  }
  Answer find(const std::string& text) {
    std::string encoded;
    for (const char character : text) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(character);
      (encoded += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return get("nobody", "/api/address?text=" + encoded);
  }
  // "found 北示例社区", "to_choose 北示例社区 南示例_社区", "not_known"
  std::string finding(const std::string& text) {
    const auto answer = find(text);
    std::string said = answer.text("finding");
    for (const auto& each : answer.at("candidates").as_array())
      (said += ' ') += each.at_pointer("/community/name").as_string();
    return said;
  }
  std::vector<std::string> streets(const std::string& community) {
    return texts_in(get("nobody", "/api/communities/" + community + "/addresses").at("items"), "street");
  }

  std::string branch;
};

TEST_P(Addresses, LeadToTheCommunityItsBranchAndItsVenue) {
  EXPECT_EQ(record("director", north, R"("street":"南翔镇 示例路","side":"odd","from":1,"to":99)").status,
            201);
  const auto community = "/api/venues/" + town.venue;
  const auto edited =
      town.call(as("director"), "PATCH", community, R"({"community":")" + north + "\"}", if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  EXPECT_TRUE(find("示例路9号").at("candidates").as_array().at(0).at("community").at("venue").is_null())
      << "it serves as something else";
  EXPECT_EQ(post("director", community + "/functions", R"({"function":"community_station"})").status, 201);
  const auto answer = find("上海市嘉定区南翔镇示例路９号 301室");
  EXPECT_EQ(answer.text("finding"), "found");
  EXPECT_EQ(answer.text("understood.street"), "示例路");
  EXPECT_EQ(answer.number("understood.number"), 9);
  const auto& found = answer.at("candidates").as_array().at(0).at("community");
  EXPECT_EQ(found.at("code").as_string(), north);
  EXPECT_EQ(found.at_pointer("/branch/official_name").as_string(), "中共示例支部委员会");
  EXPECT_EQ(found.at_pointer("/venue/id").as_string(), town.venue);
}

TEST_P(Addresses, AreNeverGuessed) {
  record("admin", north, R"("street":"示例路","side":"odd")");
  record("admin", south, R"("street":"示例路","side":"even","to":98)");
  record("admin", south, R"("street":"示例新村")");
  record("admin", north, R"("street":"别的路","lane":7,"to":20)");
  const std::string only_north = " 北示例社区", only_south = " 南示例_社区";
  const std::pair<const char*, std::string> table[] = {
      {"示例路9号", "found" + only_north},
      {"示例路8弄3号", "found" + only_south},
      {"示例路100号", "not_known"},
      {"示例路", "to_choose" + only_north + only_south},
      {"示例新村", "found" + only_south},
      {"示例新村12号", "found" + only_south},
      {"别的路7弄20号", "found" + only_north},
      {"别的路7弄21号", "not_known"},
      {"别的路7弄", "to_choose" + only_north},
      {"别的路7号", "not_known"},
      {"别的路", "to_choose" + only_north},
      {"没有的路1号", "not_known"},
      {"12号", "not_known"},
      {"？", "not_known"},
  };
  for (const auto& [text, said] : table) EXPECT_EQ(finding(text), said) << text;
}

TEST_P(Addresses, OfOneHouseBelongToOneCommunity) {
  EXPECT_EQ(record("admin", north, R"("street":"示例路","from":1,"to":50)").status, 201);
  const auto second = record("admin", south, R"("street":"示例路","from":50,"to":60)");
  EXPECT_EQ(second.problem(), "addresses_overlap");
  EXPECT_THAT(second.text("detail"), HasSubstr("北示例社区"));
  EXPECT_THAT(second.text("detail"), HasSubstr("示例路 1-50"));
  EXPECT_EQ(record("admin", south, R"("street":"示例路","lane":50)").problem(), "addresses_overlap");
  EXPECT_EQ(record("admin", north, R"("street":"示例路","from":1,"to":50)").problem(), "addresses_overlap")
      << "a second click";
  EXPECT_EQ(record("admin", south, R"("street":"示例路","from":51)").status, 201);
}

TEST_P(Addresses, ThatHaveEndedAreFree) {
  const auto first = record("admin", north, R"("street":"示例路")").text("id");
  EXPECT_EQ(post("director_elsewhere", "/api/addresses/" + first + "/end").problem(), "not_allowed");
  EXPECT_EQ(post("director", "/api/addresses/" + first + "/end").status, 204);
  EXPECT_EQ(post("director", "/api/addresses/" + first + "/end").problem(), "no_such_addresses");
  EXPECT_EQ(finding("示例路1号"), "not_known");
  EXPECT_THAT(streets(north), IsEmpty());
  EXPECT_EQ(record("admin", south, R"("street":"示例路")").status, 201);
}

TEST_P(Addresses, AreReplacedAtOnceOrNotAtAll) {
  const auto replace = [&](const std::string& who, const std::string& range, const std::string& houses) {
    return post(who, "/api/addresses/" + range + "/replace", "{" + houses + "}");
  };
  const auto first = record("admin", north, R"("street":"示例路","from":1,"to":50)").text("id");
  record("admin", south, R"("street":"示例路","from":51)");
  const std::string fewer = R"("street":"示例路","from":1,"to":40)";
  EXPECT_EQ(replace("director_elsewhere", first, fewer).problem(), "not_allowed");
  EXPECT_EQ(replace("director", first, R"("street":"示例路","to":51)").problem(), "addresses_overlap");
  EXPECT_EQ(replace("director", first, R"("street":"示例路","from":9,"to":1)").problem(),
            "numbers_backwards");
  EXPECT_EQ(finding("示例路45号"), "found 北示例社区") << "what was refused changed nothing";
  const auto second = replace("director", first, fewer);
  EXPECT_EQ(second.status, 201) << second.problem();
  EXPECT_NE(second.text("id"), first);
  EXPECT_EQ(finding("示例路40号"), "found 北示例社区");
  EXPECT_EQ(finding("示例路45号"), "not_known");
  EXPECT_EQ(replace("director", first, fewer).problem(), "no_such_addresses") << "a colleague was quicker";
  EXPECT_THAT(streets(north), ElementsAre("示例路"));
}

TEST_P(Addresses, AreChangedByThoseWhoseRoleReachesTheBranch) {
  const std::string houses = R"("street":"示例路")";
  EXPECT_EQ(record("director_elsewhere", north, houses).problem(), "not_allowed");
  EXPECT_EQ(record("manager", north, houses).problem(), "not_allowed") << "a manager of one venue";
  EXPECT_EQ(record("director", south, houses).problem(), "not_allowed") << "it is nobody's yet";
  EXPECT_EQ(name_branch("director_elsewhere", south, branch, 1).problem(), "not_allowed");
  EXPECT_EQ(name_branch("director", south, branch, 1).problem(), "not_allowed") << "nor is it for the taking";
  EXPECT_EQ(name_branch("admin", south, branch, 1).at("branch").is_null(), false);
  EXPECT_EQ(record("director", south, houses).status, 201);
  EXPECT_EQ(name_branch("director", south, "", 1).problem(), "version_differs");
  EXPECT_TRUE(name_branch("director", south, "", 2).at("branch").is_null());
  EXPECT_EQ(name_branch("director", south, "", 3).problem(), "not_allowed");
}

TEST_P(Addresses, LeadToABranchAndToNothingElse) {
  const auto firm = record_organisation("firm");
  EXPECT_EQ(name_branch("admin", south, firm, 1).problem(), "not_a_branch");
  EXPECT_EQ(post("admin", "/api/organisations/" + branch + "/end", "", if_match(1)).problem(),
            "organisation_in_use");
  const auto edited =
      town.call(as("admin"), "PATCH", "/api/organisations/" + branch, R"({"kind":"firm"})", if_match(1));
  EXPECT_EQ(edited.status, 200);
  const auto list = get("nobody", "/api/communities");
  EXPECT_TRUE(list.at("items").as_array().at(0).at("branch").is_null()) << "what became a firm is none";
  EXPECT_EQ(name_branch("admin", north, "", 2).status, 200);
  EXPECT_EQ(post("admin", "/api/organisations/" + branch + "/end", "", if_match(2)).problem(), "");
}

TEST_P(Addresses, OfCommunitiesAreFoundByTheirNameAndCode) {
  const auto found = [&](const std::string& wish) {
    return texts_in(get("nobody", "/api/communities?" + wish).at("items"), "code");
  };
  const auto named = [&](const std::string& part) { return found("words=" + part); };
  EXPECT_THAT(named("%E5%8C%97"), ElementsAre(north)) << "北";
  EXPECT_THAT(named("%E7%A4%BE%E5%8C%BA"), ElementsAre(north, south)) << "社区";
  EXPECT_THAT(named("%25%E5%8C%97_"), ElementsAre(north)) << "no sign stands for anything";
  EXPECT_THAT(named("%E7%A4%BE%E5%8C%BA%20102001"), ElementsAre(north))
      << "one word of the name, one of the code";
  EXPECT_THAT(found("without_branch=true"), ElementsAre(south));
  EXPECT_THAT(found("without_branch=true&" + ("words=" + north)), IsEmpty());
  EXPECT_EQ(get("nobody", "/api/communities?words=").problem(), "too_short");
}

TEST_P(Addresses, ReadNoTableToItsEnd) {
  const auto id = *parse_id<AddressRangeTag>(record("admin", north, R"("street":"示例路")").text("id"));
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    find_address(tx, admin, {"示例路12号"});
    find_address(tx, admin, {"示例路"});
    list_communities(tx, admin, {.words = "示例", .without_branch = true, .cursor = {}, .limit = {}});
    list_addresses(tx, admin, {.community = north, .cursor = {}, .limit = {}});
    record_addresses(tx, admin, {south, "别的路", {}, {}, {}, {}});
    edit_community(tx, admin, {south, 1, {}});
    const auto other = replace_addresses(tx, admin, {id, "示例路", {}, {}, 1, 9});
    end_addresses(tx, admin, {other.id});
  });
}

// As an import says it, from a file.
class AddressFiles : public Addresses {
 protected:
  std::string import(const std::vector<CommunityToPut>& communities) {
    std::string fault;
    town.write([&](Transaction& tx, Instant at) {
      try {
        put_addresses(tx, communities, at);
      } catch (const TownFileFault& found) {
        fault = found.what();
      }
    });
    return fault;
  }
  static CommunityToPut houses(const std::string& community, const std::vector<HousesFile>& all) {
    return {.file = {.code = community, .branch = {}, .addresses = all}};
  }
  std::int64_t rows() { return value<std::int64_t>("select count(*) from address_ranges"); }
};

TEST_P(AddressFiles, AreTheSameWhenTheyAreImportedAgain) {
  const std::vector<CommunityToPut> files{
      houses(north, {{.street = "示例路", .side = HouseSide::odd}, {.street = "示例新村"}}),
      houses(south, {{.street = "示例路", .side = HouseSide::even, .from = 2, .to = 98}})};
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(rows(), 3);
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(rows(), 3);
  EXPECT_EQ(finding("示例路3号"), "found 北示例社区");
}

TEST_P(AddressFiles, GiveHousesToAnotherCommunity) {
  EXPECT_EQ(import({houses(north, {{.street = "示例路"}, {.street = "示例新村"}})}), "");
  EXPECT_EQ(import({houses(south, {{.street = "示例路"}})}), "");
  EXPECT_EQ(finding("示例路3号"), "found 南示例_社区");
  EXPECT_EQ(finding("示例新村3号"), "found 北示例社区") << "what the file is silent about stays";
  EXPECT_EQ(import({houses(north, {{.street = "示例路"}})}), "");
  EXPECT_EQ(finding("示例路3号"), "found 北示例社区") << "and back";
}

TEST_P(AddressFiles, LeaveAloneWhatWasEditedOnAPage) {
  const std::vector<CommunityToPut> files{houses(north, {{.street = "示例路"}, {.street = "示例新村"}})};
  EXPECT_EQ(import(files), "");
  const auto list = get("nobody", "/api/communities/" + north + "/addresses");
  for (const auto& range : texts_in(list.at("items"), "id"))
    EXPECT_EQ(post("admin", "/api/addresses/" + range + "/end").status, 204);
  EXPECT_EQ(record("admin", south, R"("street":"示例新村","from":1,"to":9)").status, 201);
  EXPECT_EQ(import(files), "");
  EXPECT_EQ(finding("示例路3号"), "not_known") << "what was ended does not come back";
  EXPECT_EQ(finding("示例新村3号"), "found 南示例_社区");
  EXPECT_EQ(import({houses(north, {{.street = "示例新村", .to = 20}})}), "");
  EXPECT_EQ(finding("示例新村3号"), "found 南示例_社区") << "houses that are in its way are left out";
  const auto other = *parse_id<OrganisationTag>(record_organisation("general_branch"));
  EXPECT_EQ(import({{.file = {.code = north, .branch = "b", .addresses = {}}, .branch = other}}), "");
  const auto communities = get("nobody", "/api/communities");
  EXPECT_EQ(communities.at("items").as_array().at(0).at_pointer("/branch/organisation").as_string(), branch);
  EXPECT_EQ(import({{.file = {.code = south, .branch = "b", .addresses = {}}, .branch = other}}), "");
  EXPECT_EQ(get("nobody", "/api/communities").at("items").as_array().at(1).at("version").as_int64(), 2);
}

TEST_P(AddressFiles, SayWhatIsWrong) {
  EXPECT_THAT(import({houses("9", {})}), HasSubstr("community 9: there is no such community"));
  EXPECT_THAT(import({houses(north, {}), houses(north, {})}), HasSubstr("twice"));
  EXPECT_THAT(import({houses(north, {{.street = "示例路12号"}})}), HasSubstr("street_unclear"));
  EXPECT_THAT(import({houses(north, {{.street = "示例路", .from = 9, .to = 1}})}),
              HasSubstr("numbers_backwards"));
  EXPECT_THAT(
      import({houses(north, {{.street = "示例路"}}), houses(south, {{.street = "示例路", .lane = 3}})}),
      HasSubstr("示例路 3弄 overlaps 示例路 of community " + north));
  const auto firm = *parse_id<OrganisationTag>(record_organisation("firm"));
  EXPECT_THAT(import({{.file = {.code = south, .branch = "shop", .addresses = {}}, .branch = firm}}),
              HasSubstr("shop is no branch"));
  EXPECT_EQ(rows(), 0);
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Addresses);
DOORSTEP_ON_ALL_ENGINES(AddressFiles);

}  // namespace doorstep::network
