#include "network/device.hpp"

#include <algorithm>
#include <thread>

#include <gmock/gmock.h>

#include "network/device_hours.hpp"
#include "network/own_device.hpp"
#include "testing/devices.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::if_match;
using testing::Paired;

// It is Tuesday, 2026-11-24, eight in the evening.
class VenueDevices : public testing::HallTest {
 protected:
  Paired paired(const std::string& more = "") { return testing::paired_device(town, as("manager"), more); }
  Answer own(Paired& device) { return town.call(device.browser, "GET", "/api/device"); }
  Answer press(const std::string& who, const Paired& device, const std::string& button,
               const std::string& body, std::int64_t version) {
    return post(who, device.path("/" + button), body, if_match(version));
  }
  Answer lock(const Paired& device, std::int64_t version, const std::string& who = "manager") {
    return press(who, device, "lock", R"({"reason":"屏幕坏了"})", version);
  }
  Answer close_early(const Paired& device, std::int64_t version, const std::string& more = "",
                     const std::string& who = "greeter") {
    return press(who, device, "close-early",
                 R"({"text":{"zh":"今天取号已满，明天 8:30 再来","en":"No more tickets today"})" + more + "}",
                 version);
  }
  Answer put_hours(const Paired& device, std::int64_t version, const std::string& spans) {
    return town.call(as("manager"), "PUT", device.path("/hours"), R"({"hours":[)" + spans + "]}",
                     if_match(version));
  }
  Answer list(const std::string& who = "greeter") {
    return get(who, "/api/venues/" + town.venue + "/devices");
  }
  std::string local(const boost::json::value& instant) {
    const Zone zone{"Asia/Shanghai"};
    const auto at = *parse_instant(std::string_view{instant.as_string()});
    return to_string(zone.day_of(at)) + ' ' + to_string(zone.time_of(at));
  }
  // "paired manager, locked manager 屏幕坏了", the oldest first.
  std::string history(const Paired& device) {
    std::string all;
    const auto page = get("greeter", device.path("/history"));
    for (const auto& line : page.at("items").as_array()) {
      std::string said{line.at("what").as_string()};
      said += std::string{line.at("by").at("name").as_string()}.substr(std::string_view{"示例"}.size());
      if (line.at("note").is_string()) said += ' ' + std::string{line.at("note").as_string()};
      all = said + (all.empty() ? "" : ", ") + all;
    }
    return all;
  }

  static constexpr const char* weekdays = R"({"days":[1,2,3,4,5],"opens":"08:30","closes":"16:30"})";
};

TEST_P(VenueDevices, KnowWhereTheyStandAndWhoseLinesTheyShow) {
  auto device = paired(R"(,"hall":")" + town.hall + '"');
  const auto self = own(device);
  EXPECT_EQ(self.text("kind"), "display");
  EXPECT_EQ(self.text("venue"), town.venue);
  EXPECT_EQ(self.text("venue_name.zh"), "示例中心");
  EXPECT_EQ(self.text("hall"), town.hall);
  EXPECT_TRUE(self.at("open").as_bool()) << "it goes by no clock";
  EXPECT_FALSE(self.at("locked").as_bool());
  EXPECT_TRUE(self.at("closed_early").is_null());
  const auto edited =
      town.call(as("manager"), "PATCH", device.path(), R"({"name":"南墙的屏","hall":null})", if_match(1));
  EXPECT_EQ(edited.text("name"), "南墙的屏");
  EXPECT_TRUE(own(device).at("hall").is_null());
  EXPECT_EQ(town.call(as("manager"), "PATCH", device.path(), R"({"hall":")" + town.hall + "\"}", if_match(2))
                .text("name"),
            "南墙的屏")
      << "what is not said stays";
  EXPECT_EQ(list().at("items").as_array().size(), 1U);
}

TEST_P(VenueDevices, ShowTheHallOfTheirOwnVenueOnly) {
  const auto elsewhere =
      to_string(VenueId{value<std::int64_t>("select id from venues where key = 'branch'")});
  auto device = testing::show_code(town);
  EXPECT_EQ(
      post("manager_elsewhere", "/api/venues/" + elsewhere + "/devices",
           R"({"code":")" + device.code + R"(","kind":"display","name":"屏","hall":")" + town.hall + "\"}")
          .problem(),
      "no_such_hall");
  EXPECT_EQ(testing::pair(town, as("manager"), device.code).status, 201) << "the code was not used";
}

TEST_P(VenueDevices, ArePairedByTheKeeperOfThatVenueToo) {
  const auto staff = get("officer3", "/api/session").text("staff.id");
  post("admin", "/api/grants",
       R"({"staff":")" + staff + R"(","role":"station_keeper","venue":")" + town.venue + "\"}");
  auto device = testing::show_code(town);
  EXPECT_EQ(testing::pair(town, as("officer2"), device.code).problem(), "not_allowed");
  EXPECT_EQ(testing::pair(town, as("manager_elsewhere"), device.code).problem(), "not_allowed");
  const auto made = testing::pair(town, as("officer3"), device.code);
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(post("officer3", "/api/devices/" + made.text("id") + "/end", "", if_match(1)).status, 200);
}

TEST_P(VenueDevices, AreLockedWithAReasonAndUnlocked) {
  auto device = paired();
  EXPECT_EQ(lock(device, 1, "greeter").problem(), "not_allowed");
  const auto locked = lock(device, 1);
  EXPECT_EQ(locked.text("state"), "locked");
  EXPECT_EQ(locked.text("lock_reason"), "屏幕坏了");
  EXPECT_TRUE(own(device).at("locked").as_bool());
  EXPECT_EQ(lock(device, 1).problem(), "version_differs");
  EXPECT_EQ(lock(device, 2).problem(), "device_locked");
  const auto unlocked = press("director", device, "unlock", "", 2);
  EXPECT_EQ(unlocked.text("state"), "active");
  EXPECT_TRUE(unlocked.at("lock_reason").is_null());
  EXPECT_FALSE(own(device).at("locked").as_bool());
  EXPECT_EQ(press("director", device, "unlock", "", 3).problem(), "device_not_locked");
  EXPECT_EQ(history(device), "paired manager, locked manager 屏幕坏了, unlocked director");
}

TEST_P(VenueDevices, OfTwoWhoLockAtOnceOneDoes) {
  const auto device = paired();
  auto one = as("manager"), other = as("director");
  std::vector<Answer> answers(2);
  const auto press_lock = [&](testing::Browser& who, Answer& answer) {
    answer = town.call(who, "POST", device.path("/lock"), R"({"reason":"坏了"})", if_match(1));
  };
  {
    std::jthread first{[&] { press_lock(one, answers[0]); }};
    std::jthread second{[&] { press_lock(other, answers[1]); }};
  }
  EXPECT_EQ(std::ranges::count(answers, 200, &Answer::status), 1);
  EXPECT_EQ(std::ranges::count(answers, std::string{"version_differs"}, &Answer::problem), 1);
}

TEST_P(VenueDevices, AreClosedEarlyUntilTheyOpenOnADayToCome) {
  auto device = paired();
  put_hours(device, 1, weekdays);
  const auto closed = close_early(device, 2);
  EXPECT_EQ(closed.status, 200) << closed.problem();
  EXPECT_EQ(local(closed.at("closed_early.until")), "2026-11-25 08:30");
  EXPECT_EQ(own(device).text("closed_early.text.zh"), "今天取号已满，明天 8:30 再来");
  EXPECT_EQ(press("officer1", device, "reopen", "", 3).problem(), "");
  EXPECT_TRUE(own(device).at("closed_early").is_null());
  EXPECT_EQ(press("officer1", device, "reopen", "", 4).problem(), "device_not_closed");
  EXPECT_EQ(close_early(device, 4, "", "elsewhere").problem(), "not_allowed");
}

TEST_P(VenueDevices, ThatGoByNoClockAreClosedEarlyUntilTheirVenueOpens) {
  auto device = paired();
  EXPECT_EQ(local(close_early(device, 1).at("closed_early.until")), "2026-11-25 08:30");
  auto around_the_clock = paired();
  put_hours(around_the_clock, 1, R"({"days":[1,2,3,4,5,6,7],"opens":"00:00","closes":"24:00"})");
  EXPECT_EQ(local(close_early(around_the_clock, 2).at("closed_early.until")), "2026-11-25 00:00");
}

TEST_P(VenueDevices, OpenByThemselvesWhenTheEarlyClosingIsOver) {
  auto device = paired();
  const auto until = to_string(town.instant() + std::chrono::hours{1});
  EXPECT_EQ(close_early(device, 1, R"(,"until":"2026-11-24T00:00:00Z")").problem(), "period_empty");
  EXPECT_EQ(close_early(device, 1, R"(,"until":")" + until + '"').status, 200);
  pass(std::chrono::hours{1} - Microseconds{1});
  EXPECT_TRUE(own(device).at("closed_early").is_object());
  pass(Microseconds{1});
  EXPECT_TRUE(own(device).at("closed_early").is_null());
  EXPECT_TRUE(list().at("items").as_array().at(0).at("closed_early").is_null());
}

TEST_P(VenueDevices, KeepAWeekOfTheirOwnAndTheDaysThatTheVenueHasOtherwise) {
  auto device = paired();
  const auto put = put_hours(device, 1, weekdays);
  EXPECT_EQ(put.at("week").as_array().size(), 7U);
  EXPECT_FALSE(put.at("open").as_bool()) << "it is evening, and the venue is open";
  EXPECT_EQ(local(own(device).at("opens_next_at")), "2026-11-25 08:30");
  town.call(as("manager"), "PUT", "/api/venues/" + town.venue + "/exceptions/2026-11-25",
            R"({"closed":true,"note":{"zh":"盘点","en":"Stocktaking"}})");
  EXPECT_EQ(local(own(device).at("opens_next_at")), "2026-11-26 08:30");
  pass(std::chrono::hours{37});  // Thursday, nine in the morning
  EXPECT_TRUE(own(device).at("open").as_bool());
  const auto cleared = put_hours(device, 2, "");
  EXPECT_TRUE(cleared.at("week").as_array().empty());
  EXPECT_TRUE(cleared.at("open").as_bool());
}

TEST_P(VenueDevices, TellWhoListensAndNobodyElse) {
  const auto device = paired();
  const auto told = told_by([&] {
    lock(device, 1);
    close_early(device, 2);
    press("manager", device, "end", "", 3);
  });
  const auto line = "device_changed device:" + device.id + R"( {"device":")" + device.id + "\"}";
  EXPECT_THAT(told, ElementsAre(line, line, line));
  const auto hear = [&](testing::Browser& who, const std::string& id) {
    return town.call(who, "GET", "/api/events?topics=device:" + id).problem();
  };
  auto mine = paired(), other = paired();
  EXPECT_EQ(hear(mine.browser, mine.id), "");
  EXPECT_EQ(hear(mine.browser, other.id), "not_signed_in") << "another device is nobody's business";
  EXPECT_EQ(hear(as("greeter"), mine.id), "");
  EXPECT_EQ(hear(as("elsewhere"), mine.id), "not_allowed");
  EXPECT_EQ(hear(as("nobody"), mine.id), "not_signed_in");
  EXPECT_EQ(hear(mine.browser, "x"), "no_such_topic");
}

TEST_P(VenueDevices, ThatWereUnpairedAreInNoListAndKeepTheirHistory) {
  const auto device = paired();
  EXPECT_EQ(press("manager", device, "end", "", 1).text("state"), "ended");
  EXPECT_TRUE(list().at("items").as_array().empty());
  EXPECT_EQ(history(device), "paired manager, ended manager");
  EXPECT_EQ(lock(device, 2).problem(), "device_ended");
}

TEST_P(VenueDevices, HoldAVenueThatIsAboutToEnd) {
  const auto made = post(
      "director", "/api/venues",
      R"({"kind":"station","name":{"zh":"站","en":"S"},"address":{"zh":"路","en":"R"},"organisation":")" +
          town.organisation + "\"}");
  const auto venue = "/api/venues/" + made.text("id");
  const auto device = testing::show_code(town);
  const auto here = post("director", venue + "/devices",
                         R"({"code":")" + device.code + R"(","kind":"kiosk","name":"自助机"})");
  EXPECT_EQ(here.status, 201) << here.problem();
  EXPECT_EQ(post("director", venue + "/end", "", if_match(1)).problem(), "venue_in_use");
  post("director", "/api/devices/" + here.text("id") + "/end", "", if_match(1));
  EXPECT_EQ(post("director", venue + "/end", "", if_match(1)).status, 200);
}

TEST_P(VenueDevices, AreWorkedWithWithoutAScan) {
  auto device = paired();
  put_hours(device, 1, weekdays);
  const auto id = *parse_id<DeviceTag>(device.id);
  const auto manager = caller_of("manager");
  const HallAt anywhere = [](Snapshot&, HallId, VenueId) { return true; };
  testing::read_plans(town, [&](Transaction& tx) {
    list_devices(tx, manager, {.venue = *parse_id<VenueTag>(town.venue), .cursor = {}, .limit = {}});
    list_device_history(tx, manager, {.device = id, .cursor = {}, .limit = {}});
    edit_device(tx, manager, {.device = id, .version = 2, .name = {}, .hall = {}}, anywhere);
    lock_device(tx, manager, {id, 3, "r"});
    unlock_device(tx, manager, {id, 4});
    network::close_early(tx, manager, {.device = id, .version = 5, .text = {"满", "Full"}, .until = {}});
    reopen_device(tx, manager, {id, 6});
    put_device_hours(tx, manager, {id, 7, {}});
    auto caller = manager;
    caller.paired = PairedDevice{id, ""};
    read_own_device(tx, caller, {});
    end_device(tx, manager, {id, 8});
    has_devices(tx, *parse_id<VenueTag>(town.venue));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(VenueDevices);

}  // namespace doorstep::network
