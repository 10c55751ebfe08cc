#include "hall/window.hpp"

#include <gmock/gmock.h>

#include "hall/hall_file.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Windows : public testing::HallTest {
 protected:
  testing::Answer edit(const std::string& who, const std::string& body, std::int64_t version) {
    return town.call(as(who), "PATCH", window(1), body, testing::if_match(version));
  }
  std::int64_t version() { return get("manager", window(1)).number("window.version"); }
  std::string state(std::size_t number) { return get("manager", window(number)).text("window.state"); }
};

TEST_P(Windows, AreOpenedPausedAndClosedByTheirOfficer) {
  auto desk = pressed("officer1", 1, "open");
  EXPECT_EQ(desk.text("window.state"), "open");
  EXPECT_EQ(desk.text("window.officer.name"), "示例 officer1");
  EXPECT_THAT(testing::texts_in(desk.at("window.groups")), ElementsAre("A", "B"));
  desk = pressed("officer1", 1, "pause");
  EXPECT_EQ(desk.text("window.state"), "paused");
  EXPECT_EQ(desk.text("window.officer.name"), "示例 officer1") << "whose break it is";
  EXPECT_EQ(pressed("officer1", 1, "open").text("window.state"), "open");
  desk = pressed("officer1", 1, "close");
  EXPECT_EQ(desk.text("window.state"), "closed");
  EXPECT_TRUE(desk.at("window.officer").is_null());
}

TEST_P(Windows, TellTheHallWhenTheyChangeAndOnlyThen) {
  const auto changed = "window_changed hall:" + town.hall + R"( {"window":1})";
  for (const auto* button : {"open", "pause", "open", "close"}) {
    EXPECT_THAT(told_by([&] { pressed("officer1", 1, button); }), ElementsAre(changed)) << button;
  }
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "close"); }), IsEmpty()) << "it was closed";
  pressed("officer1", 1, "open");
  EXPECT_THAT(told_by([&] { pressed("officer1", 1, "open"); }), IsEmpty()) << "it was open";
  const auto edited = told_by([&] { edit("manager", R"({"note":{"zh":"休息","en":"Break"}})", version()); });
  EXPECT_THAT(edited, ElementsAre(changed));
}

TEST_P(Windows, HaveOneOfficerWhoSitsAtNoOther) {
  pressed("officer1", 1, "open");
  pressed("officer1", 2, "open");
  EXPECT_EQ(state(1), "closed");
  EXPECT_EQ(state(2), "open");

  take();
  pressed("officer1", 2, "call-next");
  EXPECT_EQ(press("officer1", 1, "open").problem(), "window_busy")
      << "somebody is on the way to the other window";
  EXPECT_EQ(state(1), "closed");
  EXPECT_EQ(state(2), "open");
}

TEST_P(Windows, AreFreedByTheManagerAndWhoWasCalledKeepsTheirPlace) {
  const auto first = take();
  const auto second = take();
  pressed("officer1", 1, "open");
  for (const auto* gone_at : {"call-next", "start"}) {
    pressed("officer1", 1, gone_at);
    const auto told = told_by([&] { pressed("manager", 1, "close"); });
    EXPECT_THAT(told, ElementsAre("ticket_returned hall:" + town.hall + R"( {"number":"A001"})",
                                  "window_changed hall:" + town.hall + R"( {"window":1})"));
    auto waits = ticket(first);
    EXPECT_EQ(waits.text("state"), "waiting");
    EXPECT_EQ(waits.number("ahead"), 0);
    EXPECT_EQ(waits.number("times_called"), 0) << "they may be called three times again";
    EXPECT_TRUE(waits.at("window").is_null());
    EXPECT_EQ(ticket(second).number("ahead"), 1);

    pressed("officer2", 1, "open");
    EXPECT_EQ(pressed("officer2", 1, "call-next").text("serving.number"), "A001");
    pressed("manager", 1, "close");
    pressed("officer1", 1, "open");
    pressed("officer1", 1, "call-next");
  }
  EXPECT_EQ(press("officer1", 1, "close").problem(), "window_busy") << "one's own ticket one finishes";
}

TEST_P(Windows, AreLeftAloneByAnImportOnceTheManagerHasEditedThem) {
  const auto import_again = [&](const char* name) {
    town.write([&](Transaction& tx, Instant) {
      const auto key = tx.value<std::string>("select key from halls where id = :id",
                                             {{"id", HallId{*parse_id(HallTag::prefix, town.hall)}}});
      put_hall(tx,
               {.key = key,
                .venue = "centre",
                .groups = {},
                .services = {},
                .windows = {{1, {name, name}, {"B"}}, {2, {name, name}, {"B"}}}},
               tx.value<VenueId>("select venue from halls where key = :key", {{"key", key}}));
    });
  };
  ASSERT_EQ(edit("manager", R"({"name":{"zh":"综合","en":"General"},"groups":["A"]})", 1).status, 200);
  import_again("Later");
  const auto listed = get("manager", hall("/windows")).at("items");
  EXPECT_EQ(listed.at(0).at("name").at("en").as_string(), "General");
  EXPECT_THAT(testing::texts_in(listed.at(0).at("groups")), ElementsAre("A"));
  EXPECT_EQ(listed.at(1).at("name").at("en").as_string(), "Later");
  EXPECT_THAT(testing::texts_in(listed.at(1).at("groups")), ElementsAre("B"));
}

TEST_P(Windows, AreNotInTheWayOfAnOfficerWhoMovedToAnotherVenue) {
  pressed("officer1", 1, "open");
  HallId branch_hall;
  town.write([&](Transaction& tx, Instant at) {
    const auto branch = tx.value<VenueId>("select id from venues where key = 'branch'");
    branch_hall = put_hall(tx,
                           {.key = "branch hall",
                            .venue = "branch",
                            .groups = {{"C", {"综合", "All"}}},
                            .services = {},
                            .windows = {{1, {"一号", "One"}, {"C"}}}},
                           branch);
    identity::put_staff(tx, {"officer1", "示例 officer1", {"窗口", "Window"}, Role::window_officer, branch},
                        tx.value<std::string>("select password_hash from staff where username = 'officer1'"),
                        at);
  });
  EXPECT_EQ(press("officer1", 1, "close").problem(), "not_allowed")
      << "the old window is no longer theirs to press";
  const auto windows = get("officer1", "/api/halls/" + to_string(branch_hall) + "/windows");
  const auto there = testing::texts_in(windows.at("items"), "id").front();
  EXPECT_EQ(post("officer1", "/api/windows/" + there + "/open").problem(), "");
  EXPECT_EQ(state(1), "closed");
}

TEST_P(Windows, HaveASignThatTheManagerWrites) {
  const auto edited = edit("manager",
                           R"({"name":{"zh":"综合","en":"General"},"note":{"zh":"休息","en":"Break"},)"
                           R"("groups":["B","A","B"]})",
                           1);
  ASSERT_EQ(edited.status, 200) << edited.problem();
  EXPECT_EQ(edited.text("name.en"), "General");
  EXPECT_EQ(edited.text("note.en"), "Break");
  EXPECT_EQ(edited.number("version"), 2);
  EXPECT_THAT(testing::texts_in(edited.at("groups")), ElementsAre("A", "B"));

  const auto fewer = edit("manager", R"({"groups":["B"]})", 2);
  EXPECT_THAT(testing::texts_in(fewer.at("groups")), ElementsAre("B"));
  EXPECT_EQ(fewer.text("name.en"), "General") << "what is absent stays";
  EXPECT_EQ(fewer.text("note.en"), "Break");
  EXPECT_TRUE(edit("manager", R"({"note":null})", 3).at("note").is_null()) << "null takes the note away";
  EXPECT_EQ(edit("manager", "{}", 4).number("version"), 5);
}

TEST_P(Windows, HaveASignThatIsNotChangedUnseenOrAtWill) {
  const auto* new_name = R"({"name":{"zh":"综合","en":"General"}})";
  EXPECT_EQ(edit("manager", new_name, 7).problem(), "version_differs");
  EXPECT_EQ(town.call(as("manager"), "PATCH", window(1), new_name).problem(), "if_match_missing");
  EXPECT_EQ(edit("manager", R"({"groups":["A","Z"]})", 1).problem(), "no_such_service");
  EXPECT_EQ(edit("manager", R"({"groups":[]})", 1).problem(), "too_short");
  EXPECT_EQ(edit("manager", R"({"state":"open"})", 1).problem(), "unknown_member");
  const auto blank = edit("manager", R"({"name":{"zh":" ","en":"General"}})", 1);
  EXPECT_EQ(blank.problem(), "too_short") << "a sign says something, in both languages";
  EXPECT_EQ(edit("officer1", new_name, 1).problem(), "not_allowed");
  EXPECT_EQ(
      town.call(as("manager"), "PATCH", "/api/windows/wi_9999", new_name, testing::if_match(1)).problem(),
      "no_such_window");
  EXPECT_EQ(version(), 1) << "none of these changed it";
  EXPECT_EQ(edit("admin", new_name, 1).problem(), "") << "an administrator may what a manager may";
}

TEST_P(Windows, TakeOtherLinesAtOnce) {
  take("question");
  pressed("officer2", 2, "open");
  EXPECT_EQ(press("officer2", 2, "call-next").problem(), "queue_empty");
  const auto answer =
      town.call(as("manager"), "PATCH", window(2), R"({"groups":["B"]})", testing::if_match(2));
  ASSERT_EQ(answer.status, 200) << answer.problem();
  EXPECT_EQ(pressed("officer2", 2, "call-next").text("serving.number"), "B001");
}

TEST_P(Windows, AreListedAPageAtATime) {
  pressed("officer1", 2, "open");
  const auto all = get("officer1", hall("/windows"));
  EXPECT_THAT(testing::texts_in(all.at("items"), "id"), ::testing::ElementsAreArray(town.windows));
  EXPECT_EQ(all.at("items").at(1).at("officer").at("name").as_string(), "示例 officer1");
  EXPECT_TRUE(all.at("items").at(0).at("officer").is_null());
  EXPECT_TRUE(all.at("next").is_null());

  const auto first = get("officer1", hall("/windows?limit=2"));
  EXPECT_THAT(testing::texts_in(first.at("items"), "id"), ElementsAre(town.windows[0], town.windows[1]));
  const auto second = get("officer1", hall("/windows?limit=2&cursor=") + first.text("next"));
  EXPECT_THAT(testing::texts_in(second.at("items"), "id"), ElementsAre(town.windows[2]));
  EXPECT_TRUE(second.at("next").is_null());

  EXPECT_EQ(get("officer1", "/api/halls/hl_9999/windows").problem(), "no_such_hall");
  EXPECT_EQ(get("officer1", hall("/windows?limit=0")).problem(), "out_of_range");
  EXPECT_EQ(get("officer1", hall("/windows?cursor=x")).problem(), "bad_cursor");
}

// All routes of the officer's side.
struct Door {
  const char* method;
  const char* rest;  // after the window
  const char* body = "";
};
constexpr Door doors[] = {{"GET", ""},
                          {"POST", "/open"},
                          {"POST", "/pause"},
                          {"POST", "/close"},
                          {"POST", "/call-next"},
                          {"POST", "/recall"},
                          {"POST", "/start"},
                          {"POST", "/missed"},
                          {"POST", "/finish"},
                          {"POST", "/cases", R"({"matter":"transfer","materials_received":[]})"},
                          {"PATCH", "", "{}"}};

TEST_P(Windows, AreNoBusinessOfAnyoneElse) {
  const std::pair<const char*, const char*> people[] = {
      {"nobody", "not_signed_in"}, {"greeter", "not_allowed"}, {"elsewhere", "not_allowed"}};
  for (const auto& [who, problem] : people) {
    for (const auto& door : doors) {
      const auto answer =
          town.call(as(who), door.method, window(1, door.rest), door.body, testing::if_match(1));
      EXPECT_EQ(answer.problem(), problem) << who << ' ' << door.method << ' ' << door.rest;
    }
    EXPECT_EQ(get(who, hall("/windows")).problem(), problem);
  }
}

TEST_P(Windows, ThatAreNotThereAreNotFound) {
  for (const auto& door : doors) {
    const auto path = std::string{"/api/windows/wi_9999"} + door.rest;
    const auto answer = town.call(as("manager"), door.method, path, door.body, testing::if_match(1));
    EXPECT_EQ(answer.problem(), "no_such_window") << door.method << ' ' << door.rest;
  }
}

TEST_P(Windows, ThatAreClosedOrAnothersServeNobody) {
  const char* buttons[] = {"call-next", "recall", "start", "missed", "finish", "cases"};
  const auto* body = R"({"matter":"transfer","materials_received":[]})";
  take();
  for (const auto* before : {"", "open", "pause"}) {
    if (*before != '\0') pressed("officer1", 1, before);
    for (const auto* button : buttons) {
      const bool open = before == std::string{"open"};
      const auto* with = button == std::string{"cases"} ? body : "";
      EXPECT_EQ(press("officer2", 1, button, with).problem(), open ? "window_taken" : "window_not_open")
          << button;
      EXPECT_EQ(press("manager", 1, button, with).problem(), open ? "window_taken" : "window_not_open")
          << button;
      if (!open) {
        EXPECT_EQ(press("officer1", 1, button, with).problem(), "window_not_open") << button;
      }
    }
  }
  EXPECT_THAT(testing::texts_in(get("officer1", window(1)).at("next_numbers")), Contains("A001"));
}

DOORSTEP_ON_ALL_ENGINES(Windows);

}  // namespace
}  // namespace doorstep::hall
