// Several towns in one process: each answers to its own hosts, and nothing of one is known in another.
#include <csignal>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "process/browser.hpp"
#include "storage/store.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* nanxiang = "nanxiang.example";
constexpr const char* anting = "anting.example";

void put_in_place(std::string& text, std::string_view old, const std::string& fresh) {
  const auto at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), fresh);
}

// The demo town's files under another name, in `folder`.
void write_anting(const fs::path& folder) {
  fs::copy(demo_town(), folder);
  std::stringstream text;
  text << std::ifstream{folder / "town.yaml"}.rdbuf();
  auto yaml = text.str();
  put_in_place(yaml, R"({zh: 南翔镇, en: "Nanxiang"})", R"({zh: 安亭镇, en: "Anting"})");
  const auto data = demo_town().parent_path().string();
  put_in_place(yaml, "calendar: ..", "calendar: " + data);
  put_in_place(yaml, "matters: ..", "matters: " + data);
  std::ofstream{folder / "town.yaml"} << yaml;
}

class TownsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  TownsTest() {
    write_anting(second.folder() / "files");
    const auto imported =
        run({"import", "network", "--config", second_file, (second.folder() / "files").string()});
    if (imported.status != 0) throw std::runtime_error("import failed: " + imported.err);
  }

  Words both() const { return {"--towns", first_file + "," + second_file, "--log-level", "warning"}; }

  static Headers to(const std::string& host, Headers more = {}) {
    more["host"] = host;
    return more;
  }
  static std::string town_at(std::uint16_t port, const std::string& host) {
    const auto town = ask(port, "GET", "/api/town", "", to(host));
    return town.status == 200 ? std::string{town.body.at("name").at("en").as_string()} : town.at("code");
  }

  const Town first{GetParam()};
  const Town second{GetParam(), false};
  const std::string first_file = first.settings_file("hosts = ['nanxiang.example', 'nx.example', '[::1]']\n");
  const std::string second_file = second.settings_file("hosts = 'Anting.example'\n");
};

TEST_P(TownsTest, EachAnswersToItsHosts) {
  const Server server{both()};
  for (const auto* host :
       {"nanxiang.example", "NanXiang.Example:8080", "nanxiang.example.", "nx.example", "[::1]:80"})
    EXPECT_EQ(town_at(server.port(), host), "Nanxiang") << host;
  for (const auto* host : {"anting.example", "ANTING.EXAMPLE.:443"})
    EXPECT_EQ(town_at(server.port(), host), "Anting") << host;

  Client client{server.port()};  // one connection, as a proxy keeps it
  for (const auto* host : {nanxiang, anting, nanxiang}) {
    const auto town = ask(client, "GET", "/api/town", "", to(host));
    EXPECT_EQ(town.body.at("name").at("en"), host == anting ? "Anting" : "Nanxiang");
    EXPECT_EQ(ask(client, "GET", "/", "", to(host)).status, 200);
  }
}

TEST_P(TownsTest, ATicketOfOneIsUnknownInTheOther) {
  const Server server{both()};
  Client client{server.port()};
  // The same browser's cookie and key at both, as no browser would send them.
  const Headers headers{{"idempotency-key", "the-same-key-at-both"},
                        {"cookie", "doorstep_device=the-same-browser"}};
  const auto take = [&](const std::string& host) {
    const auto path = "/api/halls/" + first_hall(server.port(), host) + "/tickets";
    return ask(client, "POST", path, R"({"service":"ask"})", to(host, headers));
  };
  const auto here = take(nanxiang);
  const auto there = take(anting);
  ASSERT_EQ(here.status, 201) << here.text;
  ASSERT_EQ(there.status, 201) << there.text;
  EXPECT_NE(here.at("token"), there.at("token")) << "a key of one town was taken for the other's";
  EXPECT_EQ(take(nanxiang).at("token"), here.at("token"));
  EXPECT_EQ(take(anting).at("token"), there.at("token"));

  const auto path = "/api/tickets/" + here.at("token");
  EXPECT_EQ(ask(client, "GET", path, "", to(nanxiang)).status, 200);
  EXPECT_EQ(ask(client, "GET", path, "", to(anting)).status, 404);
}

TEST_P(TownsTest, ASessionOfOneOpensNothingInTheOther) {
  const Server server{both()};
  const auto port = server.port();
  const Officer officer{port, first_hall(port, nanxiang), 0, nanxiang};
  EXPECT_EQ(ask(port, "GET", "/api/session", "", officer.headers()).status, 200);
  auto elsewhere = officer.headers();
  elsewhere["host"] = anting;
  const auto windows = "/api/halls/" + first_hall(port, anting) + "/windows";
  for (const auto& [method, path] : {std::pair{"GET", std::string{"/api/session"}}, std::pair{"GET", windows},
                                     std::pair{"DELETE", std::string{"/api/session"}}}) {
    EXPECT_EQ(ask(port, method, path, "", elsewhere).at("code"), "session_expired") << method << ' ' << path;
  }
  EXPECT_EQ(ask(port, "GET", "/api/session", "", officer.headers()).status, 200)
      << "it was ended from elsewhere";

  const auto signed_in =
      ask(port, "POST", "/api/session", R"({"username":"officer1","password":"doorstep-demo"})",
          to(anting, {{"cookie", "doorstep_device=some-browser"}}));
  ASSERT_EQ(signed_in.status, 200);
  EXPECT_THAT(signed_in.header("set-cookie"), Not(HasSubstr("omain")))
      << "the browser would send it to other hosts";
}

TEST_P(TownsTest, AHostOfNoTownIsToldToCheckTheAddress) {
  const Server server{both()};
  Client client{server.port()};
  const auto ask_nobody = [&](const char* method, const char* path, const char* language) {
    return ask(client, method, path, "", {{"host", "nantxiang.example"}, {"accept-language", language}});
  };
  const auto zh = ask_nobody("GET", "/api/town", "zh-CN");
  EXPECT_EQ(zh.status, 421);
  EXPECT_EQ(zh.at("code"), "no_such_town");
  EXPECT_THAT(zh.at("detail"), HasSubstr("请核对网址"));
  EXPECT_EQ(zh.header("cache-control"), "no-store");
  EXPECT_EQ(zh.header("x-content-type-options"), "nosniff");
  EXPECT_THAT(ask_nobody("GET", "/", "en").at("detail"), HasSubstr("Please check"));
  for (const auto* path : {"/console/", "/api/openapi.json", "/nothing/here"})
    EXPECT_EQ(ask_nobody("GET", path, "en").status, 421) << path;
  EXPECT_EQ(ask_nobody("POST", "/api/session", "en").status, 421);

  Client old{server.port()};
  old.send("GET /api/town HTTP/1.0\r\n\r\n");
  EXPECT_EQ(receive(old).status, 421) << "no host at all";
}

TEST_P(TownsTest, WhoeverWatchesTheProcessMayCallItAnything) {
  const Server server{both()};
  Client client{server.port()};
  EXPECT_EQ(town_at(server.port(), nanxiang), "Nanxiang");
  for (const auto* host : {nanxiang, anting, "127.0.0.1:9000", "nobody.example"}) {
    EXPECT_EQ(ask(client, "GET", "/health/live", "", to(host)).status, 200) << host;
    EXPECT_EQ(ask(client, "GET", "/health/ready", "", to(host)).text, "ready\n") << host;
    EXPECT_EQ(ask(client, "GET", "/metrics", "", to(host)).status, 200) << host;
  }
  const auto metrics = ask(client, "GET", "/metrics");
  for (const auto* host : {nanxiang, anting})
    EXPECT_THAT(metrics.text, HasSubstr(R"(doorstep_store_queued{town=")" + std::string{host} + R"("} )"));
  const auto checked = run_other({"promtool", "check", "metrics"}, metrics.text);
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_EQ(checked.err + checked.out, "") << "it also complains without failing";
}

TEST_P(TownsTest, IsReadyOnlyWhenAllOfThemAre) {
  Server server{both()};
  storage::Options options;
  options.url = "sqlite:" + (second.data() / "town.db").string();
  if (GetParam() == storage::Engine::postgres) {
    options.url = std::string{"postgres:"} + std::getenv("DOORSTEP_TEST_PG");
    options.schema = second.settings().back();
  }
  storage::open_store(options)->write_now(
      [](storage::Sql& sql) { sql.run("alter table journal_head rename to taken_away"); });
  const auto ready = ask(server.port(), "GET", "/health/ready");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(ready.at("code"), "storage_unavailable");
  EXPECT_EQ(ask(server.port(), "GET", "/health/live").status, 200);
  EXPECT_EQ(town_at(server.port(), nanxiang), "Nanxiang") << "the others go on";
  const auto log = server.process().err();
  EXPECT_THAT(log, HasSubstr(R"("event":"not_ready","town":"anting.example")"));
  EXPECT_THAT(log, Not(HasSubstr(R"("event":"not_ready","town":"nanxiang.example")")));
}

TEST_P(TownsTest, StopsAllOfThemInGoodOrder) {
  Server server{both()};
  Client streams[] = {Client{server.port()}, Client{server.port()}};
  const char* hosts[] = {nanxiang, anting};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto hall = first_hall(server.port(), hosts[i]);
    streams[i].send(request_text("GET", "/api/events?topics=hall:" + hall, "", to(hosts[i])));
    ASSERT_EQ(streams[i].receive(true).status, 200);
  }
  const auto ended = server.stop();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("http://nanxiang.example:" + std::to_string(server.port()) + "/console/"));
  EXPECT_THAT(ended.out, HasSubstr("http://anting.example:" + std::to_string(server.port()) + "/console/"));
  for (const auto& file : {first_file, second_file}) {
    const auto check = run({"check", "--config", file});
    EXPECT_EQ(check.status, 0) << check.out << check.err;
  }
}

TEST_P(TownsTest, OneThatCannotBeOpenedStopsTheStartAndIsNamed) {
  fs::remove(second.data() / "town.key");
  const auto ended = run(Words{"serve", "--listen", "127.0.0.1:0"} + both());
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr(second_file));
  EXPECT_THAT(ended.err, HasSubstr((second.data() / "town.key").string()));
  EXPECT_THAT(ended.out, Not(HasSubstr("serves")));
}

TEST_P(TownsTest, AlonePerhapsWithHostsOfItsOwn) {
  const Server server{first.settings() + Words{"--hosts", "nanxiang.example"}};
  EXPECT_EQ(town_at(server.port(), nanxiang), "Nanxiang");
  EXPECT_EQ(town_at(server.port(), anting), "no_such_town");
  EXPECT_THAT(ask(server.port(), "GET", "/metrics").text, Not(HasSubstr("town=")));
  const Server listed{Words{"--towns", second_file}};
  EXPECT_EQ(town_at(listed.port(), anting), "Anting");
  EXPECT_EQ(town_at(listed.port(), nanxiang), "no_such_town");
}

INSTANTIATE_TEST_SUITE_P(engines, TownsTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

// Words that help, before anything is opened.
class TownsRefusalTest : public ::testing::Test {
 protected:
  static Ended serve(const Words& settings) {
    return run(Words{"serve", "--listen", "127.0.0.1:0"} + settings);
  }

  const Town one{storage::Engine::sqlite, false};
  const Town two{storage::Engine::sqlite, false};
};

TEST_F(TownsRefusalTest, AFileThatIsMissingOrAHostThatIsNamedTwice) {
  const auto file = one.settings_file("hosts = 'a.example'\n").string();
  const auto same = two.settings_file("hosts = ['b.example', 'A.example']\n").string();
  const auto nowhere = (one.folder() / "nowhere.toml").string();
  const auto missing = serve({"--towns", file + "," + nowhere});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr(nowhere + ": there is no such file"));
  const auto twice = serve({"--towns", file + "," + same});
  EXPECT_EQ(twice.status, 1);
  EXPECT_THAT(twice.err, HasSubstr(file + " and " + same + " have the same host a.example"));
  EXPECT_FALSE(fs::exists(one.data())) << "nothing is made before all of it is known to be right";
}

TEST_F(TownsRefusalTest, OtherCommandsAreForOneTown) {
  const auto file = one.settings_file("hosts = 'a.example'\n").string();
  const auto all = (one.folder() / "all.toml").string();
  std::ofstream{all} << "towns = ['" << file << "']\n";
  const auto refused = run({"migrate", "--config", all});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr(all + ": towns is for serve"));
  ::setenv("DOORSTEP_TOWNS", file.c_str(), 1);
  const auto unsaid = run({"migrate"});
  const auto said = run({"migrate", "--config", file});
  ::unsetenv("DOORSTEP_TOWNS");
  EXPECT_THAT(unsaid.err, HasSubstr("DOORSTEP_TOWNS: towns is for serve"));
  EXPECT_EQ(said.status, 0) << said.err;
}

}  // namespace
}  // namespace doorstep::process
