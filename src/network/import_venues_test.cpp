// Venues from a sheet.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::SheetLines;

class ImportedVenues : public testing::HallTest {
 protected:
  void SetUp() override {
    town.write([](Transaction& tx, Instant) {
      put_communities(tx,
                      {{"310114102001", "示例一村"}, {"310114102002", "同名村"}, {"310114102003", "同名村"}});
    });
  }
  Answer upload(const std::string& who, const SheetLines& rows) {
    auto import =
        testing::upload(town, as(who), "venues",
                        {"站点名称", "级别", "管理组织", "地址", "社区", "纬度", "经度", "无障碍"}, rows);
    EXPECT_EQ(import.status, 201) << import.problem();
    return import;
  }
  Answer run(const std::string& who, const Answer& import) {
    return testing::run_import(town, as(who), import);
  }
  std::vector<std::string> things(const std::string& who, const Answer& import, const std::string& outcome) {
    const auto list = get(who, "/api/imports/" + import.text("id") + "/outcomes?outcome=" + outcome);
    return testing::texts_in(list.at("items"), "thing");
  }
  // The columns in which the rows of the preview are faulty, the first of each.
  std::vector<std::string> faulty_columns(const std::string& who, const Answer& import) {
    const auto rows = post(who, "/api/imports/" + import.text("id") + "/rows");
    std::vector<std::string> columns;
    for (const auto& item : rows.at("items").as_array()) {
      const auto& faults = item.at("faults").as_array();
      columns.emplace_back(faults.empty() ? "none" : std::string{faults.at(0).at("column").as_string()});
    }
    return columns;
  }
};

TEST_P(ImportedVenues, AreThereWithWhatTheirRowSays) {
  const auto done =
      run("director", upload("director", {{"示例红吧", "站点", "示例社区", "示例路 1 号", "示例一村",
                                           "31.2950", "121.3150", "有"},
                                          {"示例客堂", "station", "示例镇", "示例路 2 号", "", "", "", ""}}));
  EXPECT_EQ(done.number("recorded"), 2);
  const auto shown = get("nobody", "/api/venues/" + things("director", done, "recorded").at(0));
  EXPECT_EQ(shown.text("listing.venue.name.zh"), "示例红吧");
  EXPECT_EQ(shown.text("listing.venue.kind"), "station");
  EXPECT_EQ(shown.text("listing.venue.address.zh"), "示例路 1 号");
  EXPECT_EQ(shown.text("community.name"), "示例一村");
  EXPECT_EQ(shown.text("listing.venue.step_free"), "yes");
  EXPECT_NEAR(shown.at("listing.venue.place.latitude").as_double(), 31.295, 1e-6);
}

TEST_P(ImportedVenues, AreShownWithWhatIsWrong) {
  const auto import = upload("director", {{"一", "车站", "示例镇", "路", "", "", "", ""},
                                          {"二", "站点", "没有的组织", "路", "", "", "", ""},
                                          {"三", "站点", "示例镇", "", "", "", "", ""},
                                          {"四", "站点", "示例镇", "路", "没有的村", "", "", ""},
                                          {"五", "站点", "示例镇", "路", "同名村", "", "", ""},
                                          {"六", "站点", "示例镇", "路", "", "910", "121", ""},
                                          {"七", "站点", "示例镇", "路", "", "31.2", "", ""},
                                          {"八", "站点", "示例镇", "路", "310114102002", "", "", "也许"},
                                          {"示例中心", "站点", "示例镇", "路", "", "", "", ""},
                                          {"九", "站点", "", "路", "", "", "", ""}});
  EXPECT_THAT(faulty_columns("director", import),
              ElementsAre("kind", "organisation", "address_zh", "community", "community", "latitude",
                          "longitude", "step_free", "name_zh", ""))
      << "the last is nobody's, and so the whole town's to record";
  EXPECT_EQ(run("director", import).number("refused"), 10);
}

TEST_P(ImportedVenues, AreTakenBackButForThoseThatServe) {
  const auto done = run("director", upload("director", {{"一", "站点", "示例镇", "路", "", "", "", ""},
                                                        {"二", "站点", "示例镇", "路", "", "", "", ""}}));
  const auto made = things("director", done, "recorded");
  EXPECT_EQ(
      post("director", "/api/venues/" + made.at(0) + "/functions", R"({"function":"warm_station"})").status,
      201);
  const auto undone = run("director", testing::import_step(town, as("director"), done, "undo"));
  EXPECT_THAT(things("director", undone, "kept"), ElementsAre(made[0]));
  EXPECT_THAT(things("director", undone, "ended"), ElementsAre(made[1]));
}

TEST_P(ImportedVenues, ReadNoTableToItsEnd) {
  const auto kind = venues_kind({});
  const imports::Cells cells{{"name_zh", "示例"},
                             {"kind", "station"},
                             {"organisation", "示例镇"},
                             {"address_zh", "示例路"},
                             {"community", "示例一村"}};
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    kind.look_up(tx, admin, cells, {});
    kind.end(tx, admin, kind.record(tx, admin, cells, {}));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedVenues);

}  // namespace doorstep::network
