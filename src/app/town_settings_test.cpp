#include "app/town_settings.hpp"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "app/town.hpp"
#include "app/town_keys.hpp"
#include "testing/small_town.hpp"

namespace doorstep::app {

namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class TownSettingsTest : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const auto path = folder.path() / name;
    std::ofstream{path} << text;
    return path;
  }
  static std::vector<TownSettings> read(const std::string& towns, Values flags = {}) {
    flags["towns"] = towns;
    return towns_to_serve(make_config("", {}, flags));
  }
  // What is said of towns that cannot be.
  static std::string complaint(const std::string& towns, const Values& flags = {}) {
    try {
      read(towns, flags);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "nothing";
  }

  testing::TemporaryFolder folder;
};

TEST_F(TownSettingsTest, WithoutTownsTheProcessHasOneTown) {
  const auto towns =
      towns_to_serve(make_config("", {}, {{"data", "here"}, {"hosts", "A.example, b.example"}}));
  ASSERT_EQ(towns.size(), 1U);
  EXPECT_EQ(towns.front().file, "");
  EXPECT_EQ(towns.front().config.data, "here");
  EXPECT_THAT(towns.front().config.hosts, ElementsAre("a.example", "b.example"));
  EXPECT_EQ(towns.front().name(), "a.example");
  EXPECT_EQ(towns_to_serve(make_config("", {}, {})).front().name(), "");
}

TEST_F(TownSettingsTest, EachTownHasItsOwnFile) {
  const auto one =
      file("one.toml", "hosts = ['One.example', 'one.example.', '[::1]']\ndata = 'one'\nreaders = 2\n");
  const auto two = file("two.toml", "hosts = 'two.example'\ndata = 'two'\n[phone]\ngateway = 'http://x'\n");
  const auto towns = read(one + ", " + two);
  ASSERT_EQ(towns.size(), 2U);
  EXPECT_EQ(towns[0].file, one);
  EXPECT_THAT(towns[0].config.hosts, ElementsAre("one.example", "::1"));
  EXPECT_EQ(towns[0].config.readers, 2U);
  EXPECT_EQ(towns[1].config.data, "two");
  EXPECT_EQ(towns[1].config.phone_gateway, "http://x");
  EXPECT_EQ(towns[1].config.readers, 4U);
}

TEST_F(TownSettingsTest, ATownWithoutHostsOrAFileIsNamed) {
  const auto one = file("one.toml", "data = 'one'\n");
  EXPECT_EQ(complaint(one), one + ": hosts is missing; it says which host names the town answers to");
  EXPECT_THAT(complaint("/nowhere/town.toml"),
              AllOf(HasSubstr("/nowhere/town.toml"), HasSubstr("no such file"), HasSubstr("towns")));
  const auto wrong = file("wrong.toml", "hosts = 'https://one.example'\n");
  EXPECT_THAT(complaint(wrong),
              AllOf(HasSubstr(wrong), HasSubstr("hosts takes host names without https://")));
}

TEST_F(TownSettingsTest, WhatTwoTownsShareIsNamedWithBothFiles) {
  const auto one = file("one.toml", "hosts = ['one.example', 'both.example']\ndata = 'one'\n");
  const auto host = file("host.toml", "hosts = 'BOTH.example'\ndata = 'two'\n");
  EXPECT_EQ(complaint(one + "," + host),
            one + " and " + host + " have the same host both.example; each town needs its own");
  const auto data = file("data.toml", "hosts = 'two.example'\ndata = './x/../one/'\n");
  EXPECT_THAT(complaint(one + "," + data),
              AllOf(HasSubstr(one + " and " + data), HasSubstr("the same data folder"), HasSubstr("/one")));
  EXPECT_THAT(complaint(one + "," + one), HasSubstr("the same host one.example"));
}

TEST_F(TownSettingsTest, TwoTownsMayShareADatabaseAndNotASchema) {
  const std::string database = "database = 'postgres://user:s3cret@db/towns'\n";
  const auto one = file("one.toml", "hosts = 'one.example'\ndata = 'one'\n" + database);
  const auto two = file("two.toml", "hosts = 'two.example'\ndata = 'two'\nschema = 'two'\n" + database);
  EXPECT_EQ(complaint(one + "," + two), "nothing");
  const auto same = file("same.toml", "hosts = 'two.example'\ndata = 'two'\n" + database);
  EXPECT_THAT(complaint(one + "," + same),
              AllOf(HasSubstr(one + " and " + same), HasSubstr("the same database and schema doorstep"),
                    Not(HasSubstr("s3cret"))));
  const auto other = file("other.toml", "hosts = 'two.example'\ndata = 'two'\ndatabase = 'dbname=other'\n");
  EXPECT_EQ(complaint(one + "," + other), "nothing");
}

TEST_F(TownSettingsTest, WhatStandsInTheWrongPlaceIsRefusedByName) {
  for (const auto& setting : config_settings()) {
    const std::string key{setting.key};
    const std::string usual{setting.usual};
    if (setting.belongs == Belongs::to_process) {
      if (key.starts_with("tls.")) continue;  // the two go together
      const auto town = file("town.toml", "hosts = 'a.example'\n" + key + " = '" + usual + "'\n");
      EXPECT_THAT(complaint(town), AllOf(HasSubstr(town + ": " + key + " "), HasSubstr("not to a town")));
    } else {
      const auto town = file("town.toml", "hosts = 'a.example'\n");
      EXPECT_EQ(complaint(town, {{key, usual}}),
                "flag " + flag_name(key) + ": " + key +
                    " belongs to a town; with towns it stands in the town's own file");
    }
  }
}

TEST_F(TownSettingsTest, OneKeyForAllTownsIsRefused) {
  const auto town = file("town.toml", "hosts = 'a.example'\n");
  ::setenv(key_variable, std::string(64, 'a').c_str(), 1);
  const auto said = complaint(town);
  const auto alone = towns_to_serve(make_config("", {}, {})).size();
  ::unsetenv(key_variable);
  EXPECT_THAT(said, AllOf(HasSubstr("DOORSTEP_TOWN_KEY"), HasSubstr("town.key")));
  EXPECT_EQ(alone, 1U) << "one town may have its key there";
}

}  // namespace

}  // namespace doorstep::app
