// The town that comes with the program has the sizes of the real network, and says what in it is invented.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

#include "app/town_package.hpp"
#include "network/venue.hpp"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

using network::VenueFunction;
using network::VenueKind;
using ::testing::HasSubstr;

class DemoTown : public ::testing::Test {
 protected:
  std::vector<network::VenueFile> serving_as(VenueFunction function) const {
    std::vector<network::VenueFile> found;
    for (const auto& venue : package.venues) {
      const auto functions = venue.functions.value_or(std::vector<VenueFunction>{});
      if (std::ranges::count(functions, function) > 0) found.push_back(venue);
    }
    return found;
  }
  static std::ptrdiff_t count(const std::vector<network::VenueFile>& venues, VenueKind kind) {
    return std::ranges::count(venues, kind, &network::VenueFile::kind);
  }

  const Package package = read_package(fs::path{DOORSTEP_SOURCE_DIR} / "data" / "nanxiang");
};

TEST_F(DemoTown, IsOneCentreFourBranchCentresAndTheirStations) {
  EXPECT_EQ(count(package.venues, VenueKind::centre), 1);
  std::set<std::string> branches;
  for (const auto& venue : package.venues) {
    if (venue.kind == VenueKind::branch_centre) branches.insert(venue.name.zh);
  }
  EXPECT_EQ(branches, (std::set<std::string>{"东社区党群服务分中心", "翔华党群服务分中心",
                                             "永乐村党群服务分中心", "南翔智地党群服务分中心"}));
}

TEST_F(DemoTown, HasFiftySixWarmStations) {
  const auto warm = serving_as(VenueFunction::warm_station);
  EXPECT_EQ(warm.size(), 56U);
  EXPECT_EQ(count(warm, VenueKind::centre), 1);
  EXPECT_EQ(count(warm, VenueKind::branch_centre), 4);
  EXPECT_EQ(count(warm, VenueKind::station), 51);
}

TEST_F(DemoTown, HasAStationInEachCommunityAndVillage) {
  std::set<std::string> codes, served;
  for (const auto& community : package.community_names) codes.insert(community.code);
  EXPECT_EQ(codes.size(), 39U);
  const auto stations = serving_as(VenueFunction::community_station);
  EXPECT_EQ(stations.size(), 39U) << "each has one";
  for (const auto& venue : stations) served.insert(venue.community.value_or(""));
  EXPECT_EQ(served, codes);
  // Two of them are branch centres as well: one venue, two functions.
  std::set<std::string> both;
  for (const auto& venue : stations) {
    if (venue.kind == VenueKind::branch_centre) both.insert(venue.key);
  }
  EXPECT_EQ(both, (std::set<std::string>{"xianghua", "yongle"}));
}

TEST_F(DemoTown, HasEveryKindOfStation) {
  for (const auto function :
       {VenueFunction::tower, VenueFunction::park, VenueFunction::living_room, VenueFunction::model_building,
        VenueFunction::council_hall, VenueFunction::grid_point})
    EXPECT_GE(serving_as(function).size(), 2U) << name_of(function);
  EXPECT_EQ(package.grids.size(), 12U);
}

TEST_F(DemoTown, HasAboutTwentyWindows) {
  std::size_t windows = 0;
  std::set<std::string> venues;
  for (const auto& hall : package.halls) {
    windows += hall.windows.size();
    venues.insert(hall.venue);
  }
  EXPECT_GE(windows, 18U);
  EXPECT_LE(windows, 22U);
  EXPECT_EQ(venues, (std::set<std::string>{"centre", "east", "xianghua", "yongle", "zhidi"}))
      << "all five take people in";
}

TEST_F(DemoTown, SaysWhatIsInvented) {
  for (const auto& venue : package.venues) {
    EXPECT_THAT(venue.address.zh, HasSubstr("示例")) << venue.key;
    EXPECT_THAT(venue.address.en, HasSubstr("ample")) << venue.key;
    if (venue.kind != VenueKind::station) continue;
    EXPECT_THAT(venue.name.zh, HasSubstr("示例")) << venue.key;
  }
  for (const auto& organisation : package.organisations) {
    EXPECT_THAT(organisation.name.zh, HasSubstr("示例")) << organisation.key;
    EXPECT_THAT(organisation.official_name.value_or("示例"), HasSubstr("示例")) << organisation.key;
  }
  for (const auto& grid : package.grids) EXPECT_THAT(grid.name.zh, HasSubstr("示例")) << grid.key;
  for (const auto& staff : package.staff) EXPECT_THAT(staff.name, HasSubstr("示例")) << staff.username;
  for (const auto& community : package.communities) {
    for (const auto& houses : community.addresses.value_or(std::vector<network::HousesFile>{}))
      EXPECT_THAT(houses.street, HasSubstr("示例"));
  }
}

// The town's files hold staff and nobody else; an identity number in one of them would be somebody's.
TEST_F(DemoTown, HasNoIdentityNumbers) {
  for (const auto& document : package.documents) {
    std::ifstream in{document.file};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    std::size_t digits = 0;
    for (const char c : text) {
      digits = c >= '0' && c <= '9' ? digits + 1 : 0;
      EXPECT_LT(digits, 17U) << document.file;
    }
  }
}

}  // namespace
}  // namespace doorstep::app
