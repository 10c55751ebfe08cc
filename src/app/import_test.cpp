// Importing a town's folder: what is wrong is named by file and path, doing it twice changes nothing, and the
// town that comes with the program is sound.
#include "app/import.hpp"

#include <fstream>
#include <sstream>

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "app/wiring.hpp"
#include "app/yaml.hpp"
#include "cases/matter.hpp"
#include "testing/small_town.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

const fs::path data = fs::path{DOORSTEP_SOURCE_DIR} / "data";

class ImportTest : public testing::SmallTownTest {
 protected:
  ImportTest() {
    fs::copy(data, folder.path(), fs::copy_options::recursive);
    // Hashing the passwords of a demo takes long, and only one test is about that.
    change("nanxiang/town.yaml", "\ndemo: true", "\ndemo: false");
  }

  fs::path town_folder() const { return folder.path() / "nanxiang"; }

  static std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
  }

  // Replaces the first `old` in a file of the data.
  void change(const std::string& file, const std::string& old, const std::string& fresh) {
    auto text = read(folder.path() / file);
    const auto at = text.find(old);
    ASSERT_NE(at, std::string::npos) << file << " has no " << old;
    std::ofstream{folder.path() / file} << text.replace(at, old.size(), fresh);
  }

  std::string complaint() {
    const auto before = rows();
    try {
      import_town(town.journal(), town_folder());
    } catch (const ImportError& error) {
      EXPECT_EQ(rows(), before) << "all of it or nothing";
      return error.what();
    }
    return "nothing";
  }

  // How much there is of what an import makes.
  std::vector<std::int64_t> rows() {
    std::vector<std::int64_t> counts;
    town.read([&](Snapshot& snapshot, Instant) {
      for (const auto* table : {"town",
                                "organisations",
                                "venues",
                                "venue_names",
                                "venue_functions",
                                "venue_rooms",
                                "venue_hours",
                                "venue_exceptions",
                                "venue_exception_hours",
                                "calendar_days",
                                "communities",
                                "address_ranges",
                                "grids",
                                "halls",
                                "service_groups",
                                "services",
                                "windows",
                                "window_groups",
                                "matters",
                                "matter_definitions",
                                "staff",
                                "grants"}) {
        counts.push_back(snapshot.value<std::int64_t>("select count(*) from " + std::string{table}));
      }
    });
    return counts;
  }

  testing::TemporaryFolder folder;
};

TEST_P(ImportTest, TheDemoTownIsSound) {
  // The small town's accounts make room for the demo's.
  town.write([](Transaction& tx, Instant) { tx.run("update staff set username = username || '-before'"); });
  const auto report = import_town(town.journal(), data / "nanxiang");
  EXPECT_GT(report.venues, 0U);
  EXPECT_GT(report.halls, 0U);
  EXPECT_GT(report.communities, 0U);
  EXPECT_GT(report.calendar_days, 0U);
  EXPECT_GT(report.staff_made, 0U);
  EXPECT_EQ(report.matters_changed, static_cast<std::size_t>(std::ranges::count_if(
                                        fs::directory_iterator{data / "matters"}, [](const auto& entry) {
                                          return entry.path().extension() == ".yaml";
                                        })));
  EXPECT_EQ(import_town(town.journal(), data / "nanxiang").staff_made, 0U) << "accounts keep their passwords";
}

TEST_P(ImportTest, TheDemoTownHasTheNetworksSizes) {
  import_town(town.journal(), town_folder());
  town.read([](Snapshot& snapshot, Instant) {
    const auto count = [&](const std::string& of) {
      return snapshot.value<std::int64_t>("select count(*) from " + of);
    };
    EXPECT_EQ(count("venue_functions where function = 'warm_station'"), 56);
    EXPECT_EQ(count("venue_functions f join venues v on v.id = f.venue where f.function = 'warm_station'"
                    " and v.kind = 'station'"),
              51)
        << "1 + 4 + 51";
    EXPECT_EQ(count("venue_functions where function = 'community_station'"), 39)
        << "one for each community and village";
    EXPECT_EQ(count("grids"), 12);
    EXPECT_EQ(count("communities c where not exists (select 1 from venues v where v.community = c.code)"), 0);
  });
}

TEST_P(ImportTest, TheDemoTownKnowsTheBranchOfSomeAddresses) {
  import_town(town.journal(), town_folder());
  // 示例路1051弄12号
  const auto answer =
      town.call("GET", "/api/address?text=%E7%A4%BA%E4%BE%8B%E8%B7%AF1051%E5%BC%8412%E5%8F%B7");
  EXPECT_EQ(answer.text("finding"), "found");
  const auto& community = answer.at("candidates").as_array().at(0).at("community");
  EXPECT_EQ(community.at("code").as_string(), "310114102003");
  EXPECT_THAT(std::string{community.at_pointer("/branch/official_name").as_string()}, HasSubstr("示例"));
  EXPECT_FALSE(community.at("venue").is_null());
}

TEST_P(ImportTest, DoingItAgainChangesNothing) {
  import_town(town.journal(), town_folder());
  const auto before = rows();
  const auto again = import_town(town.journal(), town_folder());
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(again.matters_changed, 0U);
}

TEST_P(ImportTest, AChangeIsTakenOverAndAnOldDefinitionStays) {
  import_town(town.journal(), town_folder());
  const auto before = rows();
  change("matters/suggestion.yaml", "key: suggestion",
         "key: suggestion\n# a change of words alone changes nothing");
  EXPECT_EQ(import_town(town.journal(), town_folder()).matters_changed, 0U);
  change("nanxiang/town.yaml", "南翔镇社区党群服务中心", "换了名字的中心");
  import_town(town.journal(), town_folder());
  EXPECT_EQ(rows(), before);
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
       {"town.yaml", "zone", "Asia/Nowhere"}},
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
       {"venue station_001", "hours_overlap"}},
      {"nanxiang/stations.yaml",
       "community: \"310114102001\"",
       "community: \"310114102999\"",
       {"venue station_001", "310114102999"}},
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
    const auto said = complaint();
    for (const auto& word : wrong.said) EXPECT_THAT(said, HasSubstr(word));
    std::ofstream{folder.path() / wrong.file} << whole;
  }
  fs::remove(town_folder() / "town.yaml");
  EXPECT_THAT(complaint(), HasSubstr("town.yaml: the file cannot be read"));
}

TEST(Matters, ThatComeWithTheProgramAreSound) {
  int found = 0;
  for (const auto& entry : fs::directory_iterator{data / "matters"}) {
    if (entry.path().extension() != ".yaml") continue;
    ++found;
    const auto matter = read_yaml<cases::MatterDefinition>(entry.path());
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
