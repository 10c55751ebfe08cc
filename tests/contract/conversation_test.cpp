// How answers speak HTTP: versions and tags, the methods of an address, languages, caches, cookies, and pages
// of a list.
#include <set>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "cases/matter.hpp"
#include "contract/stage.hpp"
#include "network/town_file.hpp"
#include "testing/devices.hpp"
#include "testing/sheet_uploads.hpp"
#include "testing/software_authenticator.hpp"

namespace doorstep::testing {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ConversationTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  ConversationTest() : stage(GetParam()) {}

  // All items of a list, `limit` at a time, told apart by a member ("id", "venue/id"); `between` happens
  // after the first page.
  std::vector<std::string> walk(const std::string& who, const std::string& path, int limit,
                                const std::string& member, const std::function<void()>& between = {}) {
    std::vector<std::string> found;
    std::string cursor;
    for (int pages = 0; pages < 100; ++pages) {
      const auto page = stage.get(who, path + (path.find('?') == std::string::npos ? '?' : '&') +
                                           "limit=" + std::to_string(limit) + cursor);
      EXPECT_EQ(page.status, 200) << page.problem();
      const auto& items = page.at("items").as_array();
      EXPECT_LE(items.size(), static_cast<std::size_t>(limit));
      for (const auto& item : items) found.emplace_back(item.at_pointer("/" + member).as_string());
      if (page.at("next").is_null()) return found;
      EXPECT_THAT(items, SizeIs(limit)) << "only the last page is short";
      cursor = "&cursor=" + page.text("next");
      if (pages == 0 && between) between();
    }
    ADD_FAILURE() << path << " does not end";
    return found;
  }

  void expect_each_once(const std::string& who, const std::string& path, const std::string& member,
                        std::size_t count) {
    for (const int limit : {1, 2, 3, 100}) {
      const auto all = walk(who, path, limit, member);
      EXPECT_THAT(all, SizeIs(count)) << path << " by " << limit;
      EXPECT_THAT(std::set(all.begin(), all.end()), SizeIs(count)) << path << " by " << limit;
      EXPECT_EQ(all, walk(who, path, 100, member)) << "the order is the same";
    }
  }

  void expect_matters_walked() {
    stage.town.write([](Transaction& tx, Instant at) {
      auto matter = cases::current_matter(tx, "transfer").matter;
      for (int i = 1; i <= 4; ++i) {
        matter.key = "transfer" + std::to_string(i);  // of the same name, too
        cases::put_matter(tx, matter, at);
      }
    });
    expect_each_once("nobody", "/api/matters?words=zhuan", "key", 6);
  }

  void expect_places_walked() {
    const auto community = stage.community();
    stage.town.write([](Transaction& tx, Instant) {
      for (int i = 2; i <= 5; ++i)
        network::put_communities(tx, {{"31011410200" + std::to_string(i), "示例社区"}});
    });
    expect_each_once("nobody", "/api/communities", "code", 5);
    expect_each_once("nobody", "/api/communities?words=10200&without_branch=true", "code", 4);
    for (int i = 0; i < 5; ++i) stage.past_activity();
    expect_each_once("greeter", "/api/past-activities", "id", 5);
    for (int i = 0; i < 5; ++i) stage.grid();
    expect_each_once("nobody", "/api/grids", "id", 5);
    expect_each_once("nobody", "/api/grids?words=%E7%A4%BA%E4%BE%8B", "id", 5);  // 示例
    expect_each_once("nobody", "/api/grids/areas", "id", 5);
    for (int i = 0; i < 5; ++i)
      stage.houses(community, "示例路" + std::string(static_cast<std::size_t>(i), 'x'));
    expect_each_once("nobody", "/api/communities/" + community + "/addresses", "street", 5);
  }

  Stage stage;
};

TEST_P(ConversationTest, AThingWithAVersionHasATagAndIsNotSentTwice) {
  const auto path = Stage::case_path(stage.take_in("officer1", 1));
  const auto first = stage.get("officer1", path);
  ASSERT_EQ(first.headers.at("etag"), '"' + std::to_string(first.number("version")) + '"');
  const Sent seen{.headers = {{"if-none-match", first.headers.at("etag")}}};

  const auto same = stage.get("officer1", path, seen);
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.body.is_null());
  EXPECT_EQ(same.headers.at("etag"), first.headers.at("etag"));

  const auto changed = stage.post("officer1", path + "/accept", "", if_match(first.number("version")));
  EXPECT_EQ(changed.headers.at("etag"), '"' + std::to_string(first.number("version") + 1) + '"');
  EXPECT_EQ(stage.get("officer1", path, seen).status, 200);
}

TEST_P(ConversationTest, AnEditOfWhatSomebodyElseChangedIsRefused) {
  const auto window = stage.window(1);
  const auto edited =
      stage.send("manager", "PATCH", window, R"({"note":{"zh":"稍等","en":"Wait"}})", if_match(1));
  EXPECT_EQ(edited.number("version"), 2);
  EXPECT_EQ(stage.send("admin", "PATCH", window, R"({"note":null})", if_match(1)).problem(),
            "version_differs");
  EXPECT_EQ(stage.send("admin", "PATCH", window, R"({"note":null})", {.headers = {{"if-match", "2"}}})
                .number("version"),
            3);
}

TEST_P(ConversationTest, AnAddressNamesTheMethodsThatItKnows) {
  const std::map<std::string, std::string> allowed{{"/api/town", "GET, HEAD"},
                                                   {"/api/session", "DELETE, GET, HEAD, POST"},
                                                   {stage.window(1), "GET, HEAD, PATCH"},
                                                   {stage.hall("/tickets"), "POST"}};
  for (const auto& [path, methods] : allowed) {
    const auto answer = stage.send("nobody", "PUT", path);
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.headers.at("allow"), methods) << path;
  }
  EXPECT_EQ(stage.send("nobody", "HEAD", stage.hall("/tickets")).status, 405);
}

TEST_P(ConversationTest, HeadIsAnsweredAsGetIs) {
  for (const auto& path : {std::string{"/api/town"}, stage.hall("/queue"), stage.hall("")}) {
    const auto get = stage.get("nobody", path);
    const auto head = stage.send("nobody", "HEAD", path);
    EXPECT_EQ(head.status, get.status);
    EXPECT_EQ(head.headers, get.headers);
  }
  EXPECT_EQ(stage.send("nobody", "HEAD", "/api/halls/hl_1").status, 404);
}

TEST_P(ConversationTest, ARefusalSpeaksTheLanguageThatIsAskedFor) {
  const std::pair<const char*, std::string_view> asked[] = {{"", "没有找到"},
                                                            {"zh-CN,zh;q=0.9,en;q=0.8", "没有找到"},
                                                            {"en", "Not found"},
                                                            {"en-GB,en;q=0.9", "Not found"},
                                                            {"fr,en;q=0.5", "Not found"},
                                                            {"fr", "没有找到"},
                                                            {"*", "没有找到"},
                                                            {"en;q=0,zh", "没有找到"},
                                                            {"zh;q=0.1,en;q=0.2", "Not found"},
                                                            {"\xff\xfe;;q=x,,", "没有找到"}};
  for (const auto& [header, title] : asked) {
    EXPECT_EQ(stage.get("nobody", "/api/nothing", {.headers = {{"accept-language", header}}}).text("title"),
              title)
        << header;
  }
}

TEST_P(ConversationTest, WhatMayBeKeptByACacheSaysSo) {
  EXPECT_EQ(stage.get("nobody", "/api/town").headers.at("cache-control"), "no-cache");
  EXPECT_EQ(stage.post("officer1", stage.window(1, "/open")).headers.at("cache-control"), "no-store");
  EXPECT_EQ(stage.get("nobody", "/api/nothing").headers.at("cache-control"), "no-store");
}

TEST_P(ConversationTest, CookiesCannotBeReadByPagesNorSentByOthers) {
  const auto signed_in =
      stage.town.call("POST", "/api/session", R"({"username":"admin","password":"window-and-door"})");
  // The device's cookie comes last, and may be sent along from a link.
  EXPECT_THAT(signed_in.headers.at("set-cookie"), HasSubstr("; HttpOnly; SameSite=Lax"));
  EXPECT_THAT(signed_in.headers.at("set-cookie"), Not(HasSubstr("Secure"))) << "it came over plain HTTP";
  Browser browser;
  stage.town.call(browser, "POST", "/api/session", R"({"username":"admin","password":"window-and-door"})");
  const auto again = stage.town.call(browser, "POST", "/api/session",
                                     R"({"username":"admin","password":"window-and-door"})");
  EXPECT_THAT(again.headers.at("set-cookie"), HasSubstr("doorstep_session="));
  EXPECT_THAT(again.headers.at("set-cookie"), HasSubstr("; HttpOnly; SameSite=Strict; Max-Age=43200"));
}

TEST_P(ConversationTest, ListsAreWalkedWithoutGapOrRepeat) {
  expect_each_once("nobody", stage.hall("/services"), "key", 2);
  expect_each_once("officer1", stage.hall("/windows"), "id", 3);
  for (int i = 0; i < 7; ++i) {
    stage.take_in("officer1", 1);
    stage.post("officer1", stage.window(1, "/finish"));
  }
  expect_each_once("officer1", "/api/desk/cases?venue=" + stage.town.venue, "id", 7);
  expect_each_once("officer1", "/api/desk/deadlines?venue=" + stage.town.venue, "id", 7);
  for (int i = 0; i < 5; ++i) stage.alarm();
  expect_each_once("officer1", "/api/desk/deadlines?venue=" + stage.town.venue, "id", 12);
  expect_each_once("officer1", "/api/desk/alarms?venue=" + stage.town.venue, "id", 5);
  for (int i = 0; i < 5; ++i) {
    const auto relay = Stage::case_path(stage.take_in_relay("officer1", 1));
    stage.send("officer1", "PUT", relay + "/units/branch",
               R"({"organisation":")" + stage.town.organisation + "\"}", if_match(1));
    stage.post("officer1", relay + "/advance", R"({"to":"with_branch"})", if_match(2));
    stage.post("officer1", stage.window(1, "/finish"));
  }
  expect_each_once("admin", "/api/desk/unit_cases", "id", 5);
  for (int i = 0; i < 5; ++i) stage.inquiry();
  expect_each_once("officer1", "/api/desk/inquiries?venue=" + stage.town.venue, "id", 5);
  for (int i = 0; i < 5; ++i) stage.dead_message();
  expect_each_once("manager", "/api/outbox/dead", "id", 5);
  for (int i = 0; i < 5; ++i) {
    stage.post("admin", "/api/organisations",
               R"({"kind":"firm","parent":")" + stage.town.organisation +
                   R"(","name":{"zh":"示例","en":"Sample"}})");
  }
  expect_each_once("officer1", "/api/organisations?parent=" + stage.town.organisation, "id", 5);
  expect_each_once("manager", "/api/staff", "id", 11);
  std::string post;
  for (int i = 0; i < 5; ++i) post = stage.post_held_by("officer1");
  expect_each_once("greeter", "/api/venues/" + stage.town.venue + "/posts", "id", 5);
  expect_each_once("greeter", "/api/venues/" + stage.town.venue + "/roster", "post", 5);
  for (int i = 0; i < 5; ++i) stage.slip("officer1", post, "officer2");
  expect_each_once("officer2", "/api/handovers", "id", 5);
  for (int day = 1; day <= 5; ++day) {
    const auto on = "\"2026-12-0" + std::to_string(day) + '"';
    stage.post("officer3", "/api/absences", R"({"kind":"planned","from":)" + on + R"(,"until":)" + on + "}");
  }
  expect_each_once("officer3", "/api/absences", "id", 5);
  expect_each_once("manager", "/api/grants?venue=" + stage.town.venue, "id", 5);
  for (int i = 0; i < 5; ++i) {
    const auto begun =
        stage.post("officer3", "/api/session/passkeys/challenge", R"({"password":"window-and-door"})");
    const SoftwareAuthenticator key;
    stage.post("officer3", "/api/session/passkeys",
               R"({"name":"示例",)" + key.make(begun.text("challenge")).json() + "}");
  }
  expect_each_once("officer3", "/api/session/passkeys", "id", 5);
  for (int i = 0; i < 5; ++i)
    stage.post("admin", "/api/venues",
               R"({"kind":"station","organisation":")" + stage.town.organisation +
                   R"(","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})");
  expect_each_once("officer1", stage.organisation("/venues"), "id", 6);
  expect_each_once("nobody", "/api/venues?kind=station", "venue/id", 5);
  expect_each_once("nobody", "/api/venues?words=ROAD%20%E7%A4%BA%E4%BE%8B%E7%AB%99", "venue/id",
                   5);  // 示例站
  Answer import;
  for (int i = 0; i < 5; ++i)
    import = upload(stage.town, stage.as("admin"), "organisations", {"名称", "类型"},
                    {{"一", "企业"}, {"二", "企业"}, {"三", "企业"}, {"四", "企业"}, {"五", "企业"}});
  expect_each_once("admin", "/api/imports", "id", 5);
  run_import(stage.town, stage.as("admin"), import);
  expect_each_once("admin", "/api/imports/" + import.text("id") + "/outcomes?outcome=recorded", "thing", 5);
  const auto history =
      paired_device(stage.town, stage.as("manager")).path("/history");  // a line for each change
  for (int i = 0; i < 4; ++i) paired_device(stage.town, stage.as("manager"));
  expect_each_once("greeter", "/api/venues/" + stage.town.venue + "/devices", "id", 5);
  for (int version = 1; version <= 4; ++version)
    stage.send("manager", "PATCH", history.substr(0, history.rfind('/')), R"({"name":"屏"})",
               if_match(version));
  expect_each_once("greeter", history, "id", 5);
  expect_places_walked();
  expect_matters_walked();
  std::string self;
  for (int i = 0; i < 5; ++i)
    self =
        stage.post("resident", "/api/my/people", R"({"name":"示例 )" + std::to_string(i) + "\"}").text("id");
  expect_each_once("resident", "/api/my/people", "id", 5);
  for (int i = 0; i < 5; ++i)
    stage.post("officer1", "/api/people/" + self + "/look", R"({"purpose":")" + std::to_string(i) + "\"}");
  expect_each_once("resident", "/api/my/people/" + self + "/looks", "purpose", 5);
  for (int i = 0; i < 5; ++i) {
    stage.post("resident", "/api/my/people/" + self + "/mandates",
               R"({"phone":"13900000008","last_four":"000)" + std::to_string(i) +
                   R"(","until":"2027-06-30T00:00:00Z"})");
  }
  expect_each_once("resident", "/api/my/people/" + self + "/mandates", "id", 5);
  for (int i = 0; i < 4; ++i) {
    stage.town.pass(std::chrono::minutes{1});
    stage.town.sign_in_resident("13900000009");
  }
  expect_each_once("resident", "/api/my/session/all", "id", 5);
}

TEST_P(ConversationTest, WhatIsNewWhileAListIsWalkedDisturbsNothing) {
  const auto take_in = [&] {
    stage.take_in("officer1", 1);
    stage.post("officer1", stage.window(1, "/finish"));
  };
  for (int i = 0; i < 5; ++i) take_in();
  const auto cases = "/api/desk/cases?venue=" + stage.town.venue;
  const auto before = walk("officer1", cases, 100, "id");
  EXPECT_EQ(walk("officer1", cases, 2, "id", take_in), before)
      << "the newest come first, before the page that was seen";
}

TEST_P(ConversationTest, ARepeatedSignOutIsNoHarm) {
  EXPECT_EQ(stage.send("officer1", "DELETE", "/api/session").status, 204);
  EXPECT_EQ(stage.as("officer1").session, "") << "the cookie is cleared";
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ConversationTest);

}  // namespace doorstep::testing
