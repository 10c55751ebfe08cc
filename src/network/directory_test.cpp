#include "network/directory.hpp"

#include <gmock/gmock.h>

#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

LocalTime at(const char* text) { return *parse_local_time(text); }

VenueFile station(const std::string& key, double latitude, const char* opens, const char* closes,
                  const std::vector<VenueFunction>& functions) {
  VenueFile file{.key = key,
                 .kind = VenueKind::station,
                 .name = {key, key},
                 .address = {"示例路", "Sample Road"},
                 .hours = {},
                 .exceptions = {}};
  if (*opens != 0) file.hours = {{{1, 2, 3, 4, 5, 6, 7}, at(opens), at(closes)}};
  file.place = Place{latitude, 121.31};
  file.functions = functions;
  return file;
}

// It is a Tuesday, eight in the evening.
class Directory : public testing::HallTest {
 protected:
  void SetUp() override {
    using enum VenueFunction;
    town.write([&](Transaction& tx, Instant) {
      put_communities(tx, {{"310114102001", "示例社区"}});
      auto night = station("night", 31.30, "18:00", "22:00", {community_station, warm_station});
      night.community = "310114102001";
      put_venue(tx, night);
      put_venue(tx, station("near", 31.2901, "08:30", "17:00", {community_station, warm_station}));
      put_venue(tx, station("always", 31.31, "00:00", "24:00", {tower}));
      put_venue(tx, station("never", 31.2902, "", "", {park}));
      put_venue(tx, station("far", 32.5, "00:00", "24:00", {warm_station}));
    });
  }
  std::vector<std::string> keys(const std::string& query) {
    std::vector<std::string> found;
    const auto list = get("nobody", "/api/venues" + query);
    EXPECT_EQ(list.status, 200) << list.problem();
    for (const auto& item : list.at("items").as_array())
      found.emplace_back(item.at_pointer("/venue/name/zh").as_string());
    return found;
  }
  Answer near(const std::string& more) {
    return get("nobody", "/api/venues/nearest?latitude=31.29&longitude=121.31" + more);
  }
  std::vector<std::string> nearest(const std::string& more) {
    std::vector<std::string> found;
    const auto list = near(more);
    EXPECT_EQ(list.status, 200) << list.problem();
    for (const auto& item : list.at("items").as_array())
      found.emplace_back(item.at_pointer("/listing/venue/name/zh").as_string());
    return found;
  }
};

TEST_P(Directory, ListsThoseThatFitAllThatIsAskedFor) {
  EXPECT_THAT(keys(""), ElementsAre("示例中心", "示例中心", "night", "near", "always", "never", "far"));
  EXPECT_THAT(keys("?kind=station&function=warm_station"), ElementsAre("night", "near", "far"));
  EXPECT_THAT(keys("?function=warm_station&community=310114102001"), ElementsAre("night"));
  EXPECT_THAT(keys("?function=council_hall"), IsEmpty());
  EXPECT_THAT(keys("?community=1"), IsEmpty());
  EXPECT_EQ(get("nobody", "/api/venues?kind=palace").problem(), "wrong_type");
}

TEST_P(Directory, ListsThoseThatHaveTheWordsAndAreOpen) {
  EXPECT_THAT(keys("?words=NIGHT"), ElementsAre("night"));
  EXPECT_THAT(keys("?words=ROAD%20ne"), ElementsAre("near", "never"))
      << "one word of the address, one of the name";
  EXPECT_THAT(keys("?words=night%20near"), IsEmpty());
  EXPECT_THAT(keys("?words=%EF%BC%AE%EF%BC%A9%EF%BC%A7%EF%BC%A8%EF%BC%B4"), ElementsAre("night")) << "wide";
  EXPECT_THAT(keys("?open=true"), ElementsAre("示例中心", "示例中心", "night", "always", "far"));
  EXPECT_THAT(keys("?open=false&function=warm_station"), ElementsAre("night", "near", "far"));
  EXPECT_THAT(keys("?open=true&words=wa&kind=station"), ElementsAre("always"));
  EXPECT_EQ(get("nobody", "/api/venues?words=" + std::string(201, 'x')).problem(), "too_long");
}

TEST_P(Directory, GoesThroughWhatIsLookedForPageByPage) {
  std::vector<std::string> found;
  std::string cursor;
  int pages = 0;
  do {
    const auto page = get("nobody", "/api/venues?open=true&limit=1" + cursor);
    const auto& items = page.at("items").as_array();
    EXPECT_LE(items.size(), 1U);
    for (const auto& item : items) found.emplace_back(item.at_pointer("/venue/name/zh").as_string());
    cursor = page.at("next").is_null() ? "" : "&cursor=" + page.text("next");
  } while (!cursor.empty() && ++pages < 10);
  EXPECT_THAT(found, ElementsAre("示例中心", "示例中心", "night", "always", "far"));
}

TEST_P(Directory, SaysOfEachWhetherItIsOpen) {
  const auto list = get("nobody", "/api/venues?function=warm_station");
  const auto& items = list.at("items").as_array();
  EXPECT_TRUE(items.at(0).at("open").as_bool());
  EXPECT_EQ(items.at(0).at("open_until").as_string(), "2026-11-24T14:00:00.000000Z");
  EXPECT_FALSE(items.at(1).at("open").as_bool());
  EXPECT_EQ(items.at(1).at("opens_next_at").as_string(), "2026-11-25T00:30:00.000000Z");
  EXPECT_THAT(testing::texts_in(items.at(0).at("functions")),
              ElementsAre("community_station", "warm_station"));
}

TEST_P(Directory, FindsTheNearestThatAreOpenNow) {
  EXPECT_THAT(nearest(""), ElementsAre("night", "always"))
      << "what is over a hundred kilometres away is not near";
  EXPECT_THAT(nearest("&closed_too=true"), ElementsAre("near", "never", "night", "always"));
  EXPECT_THAT(nearest("&closed_too=true&limit=2"), ElementsAre("near", "never"));
  EXPECT_THAT(nearest("&function=warm_station"), ElementsAre("night"));
  EXPECT_THAT(nearest("&function=park"), IsEmpty()) << "it is never open";
  const auto first = near("").at("items").as_array().at(0);
  EXPECT_EQ(first.at("distance_metres").as_int64(), 1'112);
  EXPECT_EQ(near("&limit=21").problem(), "out_of_range");
  EXPECT_EQ(get("nobody", "/api/venues/nearest?latitude=91&longitude=0").problem(), "out_of_range");
  EXPECT_EQ(get("nobody", "/api/venues/nearest?latitude=31").problem(), "missing_member");
  EXPECT_EQ(get("nobody", "/api/venues/nearest?latitude=north&longitude=0").problem(), "wrong_type");
}

TEST_P(Directory, NeverFindsWhatHasEndedOrHasNoPlace) {
  town.write([](Transaction& tx, Instant at) {
    tx.run("update venues set ended_at = :at where key = 'night'", {{"at", at}});
    tx.run("update venues set latitude = null, longitude = null where key = 'always'");
  });
  EXPECT_THAT(nearest(""), IsEmpty());
  EXPECT_THAT(nearest("&closed_too=true"), ElementsAre("near", "never"));
  EXPECT_THAT(keys("?function=warm_station"), ElementsAre("near", "far"));
}

TEST_P(Directory, KnowsOnlyTheFunctionsOfToday) {
  town.write([](Transaction& tx, Instant) {
    tx.run(
        "update venue_functions set until_day = '2026-11-24' where function = 'warm_station'"
        " and venue in (select id from venues where key = 'night')");
    tx.run(
        "update venue_functions set since_day = '2026-11-25' where function = 'warm_station'"
        " and venue in (select id from venues where key = 'far')");
  });
  EXPECT_THAT(keys("?function=warm_station"), ElementsAre("near"));
  pass(std::chrono::hours{5});
  EXPECT_THAT(keys("?function=warm_station"), ElementsAre("near", "far"));
}

TEST_P(Directory, ShowsAVenueWithAllThatIsKnownOfIt) {
  const auto id = to_string(VenueId{value<std::int64_t>("select id from venues where key = 'night'")});
  const auto page = get("nobody", "/api/venues/" + id);
  EXPECT_EQ(page.text("community.name"), "示例社区");
  EXPECT_EQ(page.at("week").as_array().size(), 7U);
  EXPECT_TRUE(page.at("functions").as_array().at(0).at("since").is_null()) << "for longer than was recorded";
  EXPECT_FALSE(page.headers.contains("etag")) << "what is true now is not true later";
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Directory);

}  // namespace doorstep::network
