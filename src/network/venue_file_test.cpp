#include "network/venue_file.hpp"

#include <gmock/gmock.h>

#include "network/directory.hpp"
#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::network {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::if_match;

Day day(const char* text) { return *parse_day(text); }
LocalTime at(const char* text) { return *parse_local_time(text); }

VenueFile sample() {
  return {.key = "sample",
          .kind = VenueKind::station,
          .name = {"示例站", "Sample"},
          .address = {"示例路", "Sample Road"},
          .hours = {{{1, 2, 3}, at("08:30"), at("17:00")}},
          .exceptions = {{.day = day("2026-12-24"), .closed = true, .note = {"示例", "Sample"}}},
          .organisation = {},
          .named_since = day("2020-01-01"),
          .former_names = std::vector<FormerNameFile>{{day("2003-06-01"), {"旧名", "Old"}}},
          .community = {},
          .place = Place{31.3, 121.3},
          .step_free = StepFree::yes,
          .step_free_note = {},
          .functions = std::vector{VenueFunction::tower, VenueFunction::warm_station, VenueFunction::tower},
          .rooms = std::vector<RoomFile>{
              {.key = "hall", .name = {"活动室", "Hall"}, .seats = 30, .step_free = {}}}};
}

class VenueFiles : public testing::HallTest {
 protected:
  std::string import(const VenueFile& file, const std::optional<OrganisationId>& run_by = {}) {
    std::string fault;
    town.write([&](Transaction& tx, Instant) {
      try {
        venue = to_string(put_venue(tx, file, run_by));
      } catch (const TownFileFault& found) {
        fault = found.what();
      }
    });
    return fault;
  }
  testing::Answer shown() { return get("nobody", "/api/venues/" + venue); }
  std::int64_t version() { return shown().number("listing.venue.version"); }
  void send(const std::string& method, const std::string& rest, const std::string& body,
            bool versioned = false) {
    const auto answer = town.call(as("admin"), method, "/api/venues/" + venue + rest, body,
                                  versioned ? if_match(version()) : testing::Sent{});
    EXPECT_LT(answer.status, 300) << rest << ' ' << answer.problem();
  }

  std::string venue;
};

TEST_P(VenueFiles, AreTheSameWhenTheyAreImportedAgain) {
  EXPECT_EQ(import(sample()), "");
  const auto before = shown().body;
  EXPECT_EQ(before.at("names").as_array().size(), 2U);
  EXPECT_EQ(before.at("functions").as_array().size(), 2U);
  EXPECT_EQ(before.at_pointer("/listing/venue/version").as_int64(), 1);
  EXPECT_EQ(import(sample()), "");
  EXPECT_EQ(shown().body, before);
}

TEST_P(VenueFiles, ChangeWhatDiffersAndDropNothing) {
  import(sample());
  auto file = sample();
  file.name.en = "Sample station";
  file.hours = {{{6}, at("10:00"), at("12:00")}};
  file.exceptions = {{.day = day("2026-12-25"),
                      .closed = false,
                      .note = {"活动", "Event"},
                      .openings = std::vector<Opening>{{at("13:00"), at("15:00")}}}};
  file.functions = std::vector{VenueFunction::park};
  file.rooms->front().seats = 40;
  file.place = {};
  file.step_free = {};
  EXPECT_EQ(import(file), "");
  const auto page = shown();
  EXPECT_EQ(page.text("listing.venue.name.en"), "Sample station");
  EXPECT_EQ(page.at("listing.venue.place.latitude").as_double(), 31.3) << "the file is silent about it";
  EXPECT_EQ(page.text("listing.venue.step_free"), "yes");
  EXPECT_EQ(page.at("exceptions").as_array().size(), 2U);
  EXPECT_EQ(page.at("functions").as_array().size(), 3U);
  EXPECT_EQ(page.at("rooms").as_array().at(0).at("seats").as_int64(), 40);
  EXPECT_EQ(page.at("week").as_array().at(5).at("openings").as_array().size(), 1U);
  EXPECT_EQ(page.at("week").as_array().at(0).at("openings").as_array().size(), 0U);
  EXPECT_EQ(page.at("names").as_array().size(), 2U) << "put right, not renamed";
  file.named_since = day("2026-01-01");
  file.name.zh = "新名";
  EXPECT_EQ(import(file), "");
  EXPECT_EQ(shown().at("names").as_array().size(), 3U) << "a later day is another name";
}

TEST_P(VenueFiles, LeaveAloneWhatWasEditedOnAPage) {
  import(sample());
  send("PATCH", "", R"({"address":{"zh":"改过","en":"Edited"}})", true);
  send("PUT", "/hours", R"({"hours":[]})", true);
  send("POST", "/functions/end", R"({"function":"tower"})");
  send("PUT", "/exceptions/2026-12-24", R"({"closed":false,"note":{"zh":"改过","en":"Edited"}})");
  const auto room = testing::texts_in(shown().at("rooms"), "id").front();
  EXPECT_EQ(town.call(as("admin"), "POST", "/api/rooms/" + room + "/end", "", if_match(1)).status, 200);
  const auto before = shown().body;
  auto file = sample();
  file.name.zh = "另一个名字";
  file.functions->push_back(VenueFunction::park);
  file.exceptions.front().closed = true;
  EXPECT_EQ(import(file), "");
  EXPECT_EQ(shown().body, before);
  send("DELETE", "/exceptions/2026-12-24", "");
  EXPECT_EQ(import(file), "");
  EXPECT_TRUE(shown().at("exceptions").as_array().empty()) << "what was taken away does not come back";
}

TEST_P(VenueFiles, SayTreeChangedOnlyWhenSomebodyElseRunsThem) {
  const auto word = [&] { return value<std::string>("select tree from town"); };
  const auto here = *parse_id<OrganisationTag>(town.organisation);
  import(sample(), here);
  const auto before = word();
  import(sample(), here);
  import(sample());
  EXPECT_EQ(word(), before);
  EXPECT_EQ(shown().text("listing.venue.organisation"), town.organisation) << "without one it stays";
  import(sample(), OrganisationId{value<std::int64_t>("select id from organisations where key = 'there'")});
  EXPECT_NE(word(), before);
}

TEST_P(VenueFiles, SayWhatIsWrong) {
  const auto wrong = [&](const std::function<void(VenueFile&)>& spoil) {
    auto file = sample();
    spoil(file);
    return import(file);
  };
  EXPECT_THAT(wrong([](VenueFile& file) { file.hours.push_back(file.hours.front()); }),
              HasSubstr("venue sample: hours_overlap (08:30)"));
  EXPECT_THAT(wrong([](VenueFile& file) { file.hours.front().closes = at("08:00"); }),
              HasSubstr("hours_backwards"));
  EXPECT_THAT(wrong([](VenueFile& file) { file.community = "1"; }), HasSubstr("no community 1"));
  EXPECT_THAT(wrong([](VenueFile& file) { file.named_since = {}; }), HasSubstr("named_since"));
  EXPECT_THAT(wrong([](VenueFile& file) { file.former_names->front().from = day("2021-01-01"); }),
              HasSubstr("named_since"));
  EXPECT_THAT(wrong([](VenueFile& file) {
                file.exceptions.front().openings = std::vector<Opening>{{at("08:00"), at("09:00")}};
              }),
              HasSubstr("2026-12-24 it is closed and has openings"));
  std::string twice;
  town.write([&](Transaction& tx, Instant) {
    try {
      put_venues(tx, {{sample()}, {sample()}});
    } catch (const TownFileFault& found) {
      twice = found.what();
    }
  });
  EXPECT_THAT(twice, HasSubstr("twice"));
  EXPECT_EQ(import(sample()), "");
  town.write([](Transaction& tx, Instant at) {
    tx.run("update venues set ended_at = :at where key = 'sample'", {{"at", at}});
  });
  EXPECT_THAT(import(sample()), HasSubstr("venue sample: it has ended"));
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(VenueFiles);

}  // namespace doorstep::network
