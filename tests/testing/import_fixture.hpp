// The small town, a copy of the files that come with the program, and files of the test's own.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "app/export.hpp"
#include "app/import.hpp"
#include "testing/empty_town.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::testing {

class ImportTest : public HallTest {
 protected:
  ImportTest() {
    std::filesystem::copy(std::filesystem::path{DOORSTEP_SOURCE_DIR} / "data", folder.path(),
                          std::filesystem::copy_options::recursive);
    // Hashing the passwords of a demo takes long, and few tests are about that.
    change("nanxiang/town.yaml", "\ndemo: true", "\ndemo: false");
  }

  std::filesystem::path town_folder() const { return folder.path() / "nanxiang"; }

  static std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
  }

  // A file of the test's own.
  std::filesystem::path file(const std::string& text, const std::string& name = "part.yaml") const {
    std::ofstream{folder.path() / name} << text;
    return folder.path() / name;
  }

  // Replaces the first `old` in a file of the data.
  void change(const std::string& name, const std::string& old, const std::string& fresh) {
    auto text = read(folder.path() / name);
    const auto at = text.find(old);
    ASSERT_NE(at, std::string::npos) << name << " has no " << old;
    std::ofstream{folder.path() / name} << text.replace(at, old.size(), fresh);
  }

  app::TownChanges import(const std::filesystem::path& files, app::ImportRun run = app::ImportRun::for_good) {
    return app::import_network(town.journal(), files, run);
  }

  // What is said against files; nothing of them may be left in the town.
  std::string complaint(const std::filesystem::path& files) {
    const auto next_id = [&] {
      return value<std::int64_t>("select next_id from journal_head where one = 1");
    };
    const auto instant = [&] { return value<std::int64_t>("select at from journal_head where one = 1"); };
    const auto before = std::pair{next_id(), instant()};
    try {
      import(files);
    } catch (const app::ImportError& error) {
      EXPECT_EQ(std::pair(next_id(), instant()), before) << "all of it or nothing: no command was kept";
      return error.what();
    }
    return "nothing";
  }

  // Every row of the town, as it would leave.
  std::map<std::string, std::string> everything() {
    const TemporaryFolder out;
    app::export_town(town.journal(), town.files(), out.path() / "export");
    auto contents = contents_of(out.path() / "export");
    contents.erase("town.json");  // when it left
    return contents;
  }
  // The same without the head: its instant and its next id are those of the newest command.
  std::map<std::string, std::string> all_but_the_head() {
    auto contents = everything();
    for (const auto* name : {"tables/journal_head.json", "sheets/journal.xlsx"}) contents.erase(name);
    return contents;
  }

  TemporaryFolder folder;
};

}  // namespace doorstep::testing
