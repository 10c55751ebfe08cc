// Importing a town's folder: what is wrong is named by file and path, doing it twice changes nothing, and the
// town that comes with the program is sound.
#include "app/import.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "app/wiring.hpp"
#include "app/yaml.hpp"
#include "cases/matter.hpp"
#include "testing/import_fixture.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

const fs::path data = fs::path{DOORSTEP_SOURCE_DIR} / "data";

class ImportTest : public testing::ImportTest {
 protected:
  void import_demo() { import(town_folder()); }
};

TEST_P(ImportTest, TheDemoTownIsSound) {
  // The small town's accounts make room for the demo's.
  town.write([](Transaction& tx, Instant) { tx.run("update staff set username = username || '-before'"); });
  const auto counts = import(data / "nanxiang").counts;
  for (const auto* kind : {"organisation", "venue", "hall", "community", "calendar day", "sign-in", "grid"})
    EXPECT_GT(counts.at(kind).added, 0U) << kind;
  EXPECT_EQ(counts.at("matter").added, static_cast<std::size_t>(std::ranges::count_if(
                                           fs::directory_iterator{data / "matters"}, [](const auto& entry) {
                                             return entry.path().extension() == ".yaml";
                                           })));
  EXPECT_TRUE(import(data / "nanxiang").empty()) << "accounts keep their passwords, too";
}

TEST_P(ImportTest, TheDemoTownKnowsTheBranchOfSomeAddresses) {
  import_demo();
  // 示例路1051弄12号
  const auto answer =
      town.call("GET", "/api/address?text=%E7%A4%BA%E4%BE%8B%E8%B7%AF1051%E5%BC%8412%E5%8F%B7");
  EXPECT_EQ(answer.text("finding"), "found");
  const auto& community = answer.at("candidates").as_array().at(0).at("community");
  EXPECT_EQ(community.at("code").as_string(), "310114102003");
  EXPECT_THAT(std::string{community.at_pointer("/branch/official_name").as_string()}, HasSubstr("示例"));
  EXPECT_FALSE(community.at("venue").is_null());
}

TEST_P(ImportTest, AChangeIsTakenOverAndAnOldDefinitionStays) {
  import_demo();
  const auto definitions = value<std::int64_t>("select count(*) from matter_definitions");
  change("matters/suggestion.yaml", "key: suggestion",
         "key: suggestion\n# a change of words alone changes nothing");
  EXPECT_TRUE(import(town_folder()).empty());
  change("nanxiang/town.yaml", "南翔镇社区党群服务中心", "换了名字的中心");
  change("matters/suggestion.yaml", "zh: 哪里可以做得更好", "zh: 改过的，哪里可以做得更好");
  const auto changes = import(town_folder());
  EXPECT_EQ(changes.counts.at("venue").changed, 1U);
  EXPECT_EQ(changes.counts.at("matter").changed, 1U);
  EXPECT_EQ(changes.things.size(), 2U);
  EXPECT_EQ(value<std::int64_t>("select count(*) from matter_definitions"), definitions + 1);
  EXPECT_THAT(boost::json::serialize(town.call("GET", "/api/town").body), HasSubstr("换了名字的中心"));
}

TEST_P(ImportTest, WhatIsWrongIsNamedByFileAndPath) {
  struct Wrong {
    std::string file, old, fresh;
    std::vector<std::string> said;
  };
  const std::vector<Wrong> all{
      {"nanxiang/town.yaml",
       "zone: Asia/Shanghai",
       "zone: Asia/Nowhere",
       {"town.yaml, line 18: zone: ", "Asia/Nowhere"}},
      {"nanxiang/town.yaml", "\ninitials: NX", "\ninitials: NX\ninitials: NY", {"initials", "stands twice"}},
      {"nanxiang/town.yaml",
       "matter: home_visit",
       "matter: nothing",
       {"services[2].matter", "no matter nothing"}},
      {"nanxiang/stations.yaml",
       "key: station_002",
       "key: station_001",
       {"venues[1]", "station_001 is there twice"}},
      {"nanxiang/town.yaml", "initials:", "intials:", {"town.yaml", "intials", "unknown_member"}},
      {"nanxiang/town.yaml",
       "\n    kind: centre",
       "\n    kind: palace",
       {"town.yaml", "venues[0].kind", "branch_centre"}},
      {"nanxiang/town.yaml",
       "opens: \"00:00\"",
       "opens: \"25:00\"",
       {"town.yaml", "venues[0].hours[0].opens"}},
      {"nanxiang/town.yaml",
       "days: [1,",
       "days: [8,",
       {"town.yaml", "venues[0].hours[0].days[0]", "out_of_range"}},
      {"nanxiang/town.yaml", "venue: centre", "venue: nowhere", {"town.yaml", "nowhere"}},
      {"nanxiang/town.yaml", "\nvenues:", "\n  - [", {"town.yaml", "line "}},
      {"nanxiang/town.yaml", "[stations.yaml]", "[none.yaml]", {"none.yaml", "cannot be read"}},
      {"nanxiang/town.yaml",
       "latitude: 31.2962",
       "latitude: north",
       {"town.yaml", "venues[0].place.latitude"}},
      {"nanxiang/town.yaml",
       "[warm_station]",
       "[cold_station]",
       {"town.yaml", "venues[0].functions[0]", "warm_station"}},
      {"nanxiang/stations.yaml",
       "step_free: no",
       "step_free: perhaps",
       {"stations.yaml", "step_free", "unknown"}},
      {"nanxiang/stations.yaml",
       "closes: \"11:30\"",
       "closes: \"14:30\"",
       {"stations.yaml, line 22: venues[0].hours: venue station_001: hours_overlap"}},
      {"nanxiang/stations.yaml",
       "community: \"310114102001\"",
       "community: \"310114102999\"",
       {"stations.yaml, line 15: venues[0].community: ", "310114102999"}},
      {"nanxiang/town.yaml",
       "communities: communities.csv",
       "communities: none.csv",
       {"none.csv", "cannot be read"}},
      {"nanxiang/communities.csv",
       "310114102001,",
       "31011410200l,",
       {"communities.csv, line 2", "31011410200l"}},
      {"nanxiang/addresses.yaml",
       "branch: branch_dehua",
       "branch: nowhere",
       {"community 310114102002", "no organisation nowhere"}},
      {"nanxiang/addresses.yaml", "to: 40", "to: 41", {"community 310114102004", "1051弄 1-41"}},
      {"nanxiang/addresses.yaml",
       "side: odd",
       "side: left",
       {"addresses.yaml", "communities[0].addresses[0].side"}},
      {"nanxiang/grids.yaml", "organisation: east", "organisation: nowhere", {"grid grid_01", "nowhere"}},
      {"nanxiang/communities.csv", "code,name", "name,code", {"communities.csv", "code,name"}},
      {"matters/suggestion.yaml", "key: suggestion", "key: 7", {"suggestion.yaml", "key", "wrong_type"}},
      {"matters/suggestion.yaml", "phase: ", "phase: some", {"suggestion.yaml", "steps[0].phase"}},
  };
  for (const auto& wrong : all) {
    SCOPED_TRACE(wrong.file + ": " + wrong.fresh);
    const auto whole = read(folder.path() / wrong.file);
    change(wrong.file, wrong.old, wrong.fresh);
    const auto said = complaint(town_folder());
    for (const auto& word : wrong.said) EXPECT_THAT(said, HasSubstr(word));
    std::ofstream{folder.path() / wrong.file} << whole;
  }
  fs::remove(town_folder() / "town.yaml");
  EXPECT_THAT(complaint(town_folder()), HasSubstr("town.yaml: the file cannot be read"));
}

TEST(Matters, ThatComeWithTheProgramAreSound) {
  int found = 0;
  for (const auto& entry : fs::directory_iterator{data / "matters"}) {
    if (entry.path().extension() != ".yaml") continue;
    ++found;
    ImportFaults faults;
    const auto document = load_yaml(entry.path(), faults);
    const auto matter = read_document<cases::MatterDefinition>(document, faults);
    EXPECT_TRUE(faults.empty()) << entry.path();
    const auto fault = cases::find_fault(matter);
    EXPECT_FALSE(fault) << entry.path() << ": " << fault->path << ": " << fault->what;
    EXPECT_EQ(matter.key, entry.path().stem());
    for (const auto* text : {&matter.name, &matter.summary, &matter.source}) {
      EXPECT_FALSE(text->zh.empty() || text->en.empty()) << entry.path() << " speaks one language";
    }
  }
  EXPECT_GE(found, 5);
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(engines, ImportTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace doorstep::app
