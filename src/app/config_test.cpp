#include "app/config.hpp"

#include <fstream>

#include <gmock/gmock.h>

#include "testing/small_town.hpp"

namespace doorstep::app {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConfigTest : public ::testing::Test {
 protected:
  std::string file(const std::string& text) {
    const auto path = folder.path() / "doorstep.toml";
    std::ofstream{path} << text;
    return path;
  }
  // What is said of a configuration that cannot be.
  std::string complaint(const std::string& text, const Values& environment = {}, const Values& flags = {}) {
    try {
      make_config(text.empty() ? "" : file(text), environment, flags);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "nothing";
  }

  testing::TemporaryFolder folder;
};

TEST_F(ConfigTest, IsUsableWithoutAnythingSaid) {
  const auto config = make_config("", {}, {});
  EXPECT_EQ(config.listen, "127.0.0.1:8080");
  EXPECT_EQ(config.database_url(), "sqlite:var/town.db");
  EXPECT_EQ(config.log_level, LogLevel::info);
  EXPECT_FALSE(config.demo_sign_ins);
}

TEST_F(ConfigTest, FlagsGoBeforeTheEnvironmentAndThatBeforeTheFile) {
  const auto path = file("listen = 'file'\ndata = 'file'\nschema = 'file'\n");
  const Values environment{{"DOORSTEP_DATA", "environment"}, {"DOORSTEP_SCHEMA", "environment"}};
  const auto config = make_config(path, environment, {{"schema", "flag"}});
  EXPECT_EQ(config.listen, "file");
  EXPECT_EQ(config.data, "environment");
  EXPECT_EQ(config.schema, "flag");
}

TEST_F(ConfigTest, EveryKeyIsTakenFromEachPlace) {
  for (const auto& setting : config_settings()) {
    const std::string key{setting.key};
    const std::string usual{setting.usual};
    if (key.starts_with("tls.")) continue;  // the two go together
    EXPECT_NO_THROW(make_config("", {{environment_name(key), usual}}, {})) << key;
    EXPECT_NO_THROW(make_config("", {}, {{key, usual}})) << key;
    EXPECT_NO_THROW(make_config(file(key + " = '" + usual + "'\n"), {}, {})) << key;
  }
}

TEST_F(ConfigTest, TakesTheTypesOfToml) {
  const auto config = make_config(file("threads = 3\ntrusted_proxies = ['10.0.0.1', '10.0.0.2']\n"
                                       "[log]\nrequests = true\nlevel = 'warning'\n"),
                                  {}, {});
  EXPECT_EQ(config.threads, 3U);
  EXPECT_THAT(config.trusted_proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_TRUE(config.log_requests);
  EXPECT_EQ(config.log_level, LogLevel::warning);
}

TEST_F(ConfigTest, AnUnknownKeyIsNamedWithTheNearestOne) {
  EXPECT_THAT(complaint("lisen = 'x'\n"), HasSubstr("\"lisen\"; did you mean listen?"));
  EXPECT_THAT(complaint("[tls]\ncertficate = 'x'\n"),
              HasSubstr("\"tls.certficate\"; did you mean tls.certificate?"));
  const auto far = complaint("zzzzzzzzzzzzzzzzzzzzzzzzzzzz = 1\n");
  EXPECT_THAT(far, HasSubstr("there is no setting \"zzzz"));
  EXPECT_THAT(far, ::testing::Not(HasSubstr("did you mean")));
}

TEST_F(ConfigTest, ABadValueSaysWhereAndWhatWouldDo) {
  EXPECT_THAT(complaint("threads = 'many'\n"),
              AllOf(HasSubstr("doorstep.toml"),
                    HasSubstr("threads takes a whole number from 0 to 256, not \"many\"")));
  EXPECT_THAT(complaint("threads = -1\n"), HasSubstr("not \"-1\""));
  EXPECT_THAT(complaint("threads = 1.5\n"), HasSubstr("threads is a text, a whole number, true or false"));
  EXPECT_THAT(complaint("trusted_proxies = [1]\n"), HasSubstr("trusted_proxies is a list of texts"));
  EXPECT_EQ(
      complaint("", {{"DOORSTEP_LOG_LEVEL", "loud"}}),
      "environment variable DOORSTEP_LOG_LEVEL: log.level takes debug, info, warning or error, not \"loud\"");
  EXPECT_EQ(complaint("", {}, {{"log.requests", "maybe"}}),
            "flag --log-requests: log.requests takes true or false, not \"maybe\"");
  EXPECT_THAT(complaint("", {}, {{"smtp.password_file", "/nowhere"}}),
              HasSubstr("a file whose first line is the secret"));
  EXPECT_THAT(complaint("", {}, {{"tls.key", "key.pem"}}),
              HasSubstr("tls.certificate and tls.key go together"));
}

TEST_F(ConfigTest, AFileThatCannotBeReadNamesItsLine) {
  EXPECT_THAT(complaint("listen = 'x'\nthreads = = 3\n"),
              AllOf(HasSubstr("doorstep.toml"), HasSubstr("line 2")));
  EXPECT_THAT(complaint("threads = 1\nthreads = 2\n"), HasSubstr("line 2"));
  EXPECT_THROW(make_config("/nowhere/doorstep.toml", {}, {}), ConfigError);
}

TEST_F(ConfigTest, ASecretIsReadFromItsFile) {
  const auto path = folder.path() / "secret";
  std::ofstream{path} << "s3cret\nsomething else\n";
  EXPECT_EQ(make_config("", {}, {{"smtp.password_file", path}}).smtp_password.reveal(), "s3cret");
}

TEST_F(ConfigTest, TheCitysAccountIsWholeOrNotThere) {
  EXPECT_EQ(make_config("", {}, {}).city_account.issuer, "");
  const auto secret = folder.path() / "city-secret";
  std::ofstream{secret} << "s3cret\n";
  const auto config =
      make_config(file("[city_account]\nissuer = 'https://city.example/oidc'\nclient_id = 'town'\n"
                       "secret_file = '" +
                       secret.string() + "'\nname_zh = '随申办'\n"),
                  {{"DOORSTEP_CITY_ACCOUNT_SCOPES", "openid region"}}, {});
  EXPECT_EQ(config.city_account.issuer, "https://city.example/oidc");
  EXPECT_EQ(config.city_account.client_secret.reveal(), "s3cret");
  EXPECT_EQ(config.city_account.name, (Text{"随申办", "city account"}));
  EXPECT_EQ(config.city_account.scopes, "openid region");
  EXPECT_THAT(complaint("[city_account]\nissuer = 'https://city.example'\n"),
              HasSubstr("city_account.issuer and city_account.client_id go together"));
  for (const auto* issuer :
       {"http://city.example", "city.example", "https://city.example?a", "https://city.example#a"})
    EXPECT_THAT(complaint("", {}, {{"city_account.issuer", issuer}, {"city_account.client_id", "x"}}),
                HasSubstr("an address that begins with https://, without ? and #"))
        << issuer;
  EXPECT_THAT(complaint("", {}, {{"city_account.scopes", "profile"}}),
              HasSubstr("a list that has openid in it"));
}

TEST_F(ConfigTest, NamesFollowTheKey) {
  EXPECT_EQ(environment_name("limits.requests_per_second"), "DOORSTEP_LIMITS_REQUESTS_PER_SECOND");
  EXPECT_EQ(flag_name("limits.requests_per_second"), "--limits-requests-per-second");
  const std::vector<std::string> known{"listen", "data"};
  EXPECT_EQ(nearest("listn", known), "listen");
  EXPECT_EQ(nearest("completely-else", known), "");
  EXPECT_EQ(nearest("x", std::vector<std::string>{}), "");
}

}  // namespace

}  // namespace doorstep::app
