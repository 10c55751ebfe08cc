// Venues from a sheet.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "network/town_file.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_fixture.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::SheetLines;

class ImportedVenues : public testing::ImportsOfAKind {
 protected:
  ImportedVenues()
      : ImportsOfAKind("venues", {"站点名称", "级别", "管理组织", "地址", "社区", "纬度", "经度", "无障碍"}) {
  }
  void SetUp() override {
    town.write([](Transaction& tx, Instant) {
      put_communities(tx,
                      {{"310114102001", "示例一村"}, {"310114102002", "同名村"}, {"310114102003", "同名村"}});
    });
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
  const auto undone = undo("director", done);
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
