// What the program refuses to start on, and whether its words
// help: they name the file, the setting, or what to do.
#include <fstream>

#include <gtest/gtest.h>

#include "process/browser.hpp"
#include "storage/store.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;

bool says(const Ended& ended, std::string_view text) { return ended.err.find(text) != std::string::npos; }

std::string bytes_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

Ended serve(const Words& settings) { return run(Words{"serve", "--listen", "127.0.0.1:0"} + settings); }

class RefusalTest : public ::testing::TestWithParam<storage::Engine> {};

TEST_P(RefusalTest, ADatabaseOfANewerVersion) {
  const Town town{GetParam()};
  {
    const auto words = town.settings();
    storage::Options options;
    options.url = "sqlite:" + (town.data() / "town.db").string();
    if (GetParam() == storage::Engine::postgres) {
      options.url = std::string{"postgres:"} + std::getenv("DOORSTEP_TEST_PG");
      options.schema = words.back();
    }
    storage::open_store(options)->write_now([](storage::Sql& sql) {
      sql.run("insert into schema_migrations (room, name, hash, at) values ('hall', '9999_future', 'x', 0)");
    });
  }
  for (const auto* command : {"serve", "migrate", "check"}) {
    const auto ended = run(Words{command} + town.settings());
    EXPECT_EQ(ended.status, 1) << command;
    EXPECT_TRUE(says(ended, "hall/9999_future")) << ended.err;
    EXPECT_TRUE(says(ended, "newer version")) << ended.err;
  }
}

TEST_P(RefusalTest, APortThatIsTaken) {
  const Town town{GetParam()};
  const Server first{town.settings()};
  const auto address = "127.0.0.1:" + std::to_string(first.port());
  const auto ended = run(Words{"serve", "--listen", address} + town.settings());
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, address)) << ended.err;
}

INSTANTIATE_TEST_SUITE_P(engines, RefusalTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

class FileRefusalTest : public ::testing::Test {
 protected:
  FileRefusalTest() { Server{town.settings()}.stop(); }  // all of the log is in the file now

  const Town town{storage::Engine::sqlite};
  const fs::path file = town.data() / "town.db";
};

TEST_F(FileRefusalTest, AFileThatIsNoDatabase) {
  const std::string text(8'192, 'x');
  std::ofstream{file} << text;
  for (const auto* command : {"serve", "check", "migrate"}) {
    const auto ended = run(Words{command} + town.settings());
    EXPECT_EQ(ended.status, 1) << command;
    EXPECT_TRUE(says(ended, file.string())) << ended.err;
    EXPECT_TRUE(says(ended, "no database")) << ended.err;
  }
  EXPECT_EQ(bytes_of(file), text) << "it may yet be of use to somebody";
}

TEST_F(FileRefusalTest, AFileThatWasWrittenHalf) {
  fs::resize_file(file, fs::file_size(file) / 2 / 4'096 * 4'096);
  const auto before = bytes_of(file);
  const auto ended = serve(town.settings());
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, file.string())) << ended.err;
  EXPECT_TRUE(says(ended, "damaged")) << ended.err;
  EXPECT_EQ(bytes_of(file), before);
}

TEST_F(FileRefusalTest, ADatabaseWithoutItsKey) {
  fs::remove(town.data() / "town.key");
  for (const auto& words :
       {Words{"serve"}, Words{"check"}, Words{"import", "network", demo_town().string()}}) {
    const auto ended = run(words + town.settings());
    EXPECT_EQ(ended.status, 1) << words.front();
    EXPECT_TRUE(says(ended, (town.data() / "town.key").string())) << ended.err;
  }
  EXPECT_FALSE(fs::exists(town.data() / "town.key")) << "a new key would leave what is sealed unreadable";
}

TEST_F(FileRefusalTest, AFolderWithoutATownInWhichNoneIsMade) {
  const auto elsewhere = town.folder() / "elsewhere";
  for (const auto& words : {Words{"check"}, Words{"backup", (town.folder() / "copy").string()}}) {
    const auto ended = run(words + town.settings(elsewhere));
    EXPECT_EQ(ended.status, 1) << words.front();
    EXPECT_TRUE(says(ended, (elsewhere / "town.db").string())) << ended.err;
    EXPECT_FALSE(fs::exists(elsewhere));
  }
}

TEST_F(FileRefusalTest, AnOlderSchemaIsBackedUpAsItIsAndNotTakenForSound) {
  const auto forget_step = "delete from schema_migrations where room = 'hall'";
  storage::Options options;
  options.url = "sqlite:" + file.string();
  storage::open_store(options)->write_now([&](storage::Sql& sql) { sql.run(forget_step); });
  EXPECT_EQ(run(Words{"backup", (town.folder() / "copy").string()} + town.settings()).status, 0)
      << "before a new version is let near it";
  const auto ended = run(Words{"check"} + town.settings());
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, "hall/0001_hall")) << ended.err;
  EXPECT_TRUE(says(ended, "migrate")) << ended.err;
}

TEST_F(FileRefusalTest, AKeyThatIsCutShort) {
  fs::resize_file(town.data() / "town.key", 3);
  const auto ended = serve(town.settings());
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, (town.data() / "town.key").string())) << ended.err;
}

TEST_F(FileRefusalTest, AnUnknownSettingInTheFile) {
  const auto settings = town.folder() / "doorstep.toml";
  std::ofstream{settings} << "[tls]\ncertficate = \"cert.pem\"\n";
  const auto ended = serve(town.settings() + Words{"--config", settings.string()});
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, settings.string())) << ended.err;
  EXPECT_TRUE(says(ended, "tls.certficate")) << ended.err;
  EXPECT_TRUE(says(ended, "did you mean tls.certificate?")) << ended.err;
}

TEST_F(FileRefusalTest, AFileOfSettingsThatIsNoToml) {
  const auto settings = town.folder() / "doorstep.toml";
  std::ofstream{settings} << "listen = \"127.0.0.1:0\"\nthreads = = 2\n";
  const auto ended = serve(town.settings() + Words{"--config", settings.string()});
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, settings.string() + ", line 2")) << ended.err;
}

TEST(CommandLineTest, AnUnknownFlagNamesTheNearest) {
  const auto ended = run({"serve", "--lisen", "127.0.0.1:0"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(says(ended, "--lisen")) << ended.err;
  EXPECT_TRUE(says(ended, "Did you mean --listen")) << ended.err;
}

TEST(CommandLineTest, AValueThatCannotBeIsNamed) {
  const auto ended = run({"serve", "--threads", "many"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(says(ended, "--threads")) << ended.err;
  EXPECT_TRUE(says(ended, "whole number")) << ended.err;
}

TEST(CommandLineTest, EverySubcommandHasHelp) {
  const auto whole = run({"--help"});
  EXPECT_EQ(whole.status, 0);
  for (const auto* command :
       {"serve", "migrate", "import", "openapi", "user", "backup", "restore", "check", "config", "version"}) {
    EXPECT_NE(whole.out.find("\n  " + std::string{command}), std::string::npos) << command;
    const auto help = run({command, "--help"});
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_NE(help.out.find("--help"), std::string::npos) << command;
  }
  EXPECT_NE(run({"serve", "--help"}).out.find("--tls-certificate"), std::string::npos);
  EXPECT_EQ(run({}).status, 2);
  EXPECT_EQ(run({"dance"}).status, 2);
  EXPECT_EQ(run({"version"}).out.substr(0, 9), "doorstep ");
}

}  // namespace
}  // namespace doorstep::process
