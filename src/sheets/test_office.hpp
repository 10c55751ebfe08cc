// LibreOffice, for tests of what we write and of what it writes. Where it is not installed they are skipped;
// `./dev test --all` installs it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace doorstep::sheets::testing {

// A folder of its own, also for the program's own settings, so that nothing of the machine's is used.
class Office : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v soffice >/dev/null 2>&1") != 0)
      GTEST_SKIP() << "LibreOffice is not installed: ./dev setup office";
    std::string name = (std::filesystem::temp_directory_path() / "doorstep-office.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream{folder_ / name, std::ios::binary} << bytes;
  }
  std::string converted(const std::string& name, const std::string& filter, const std::string& made,
                        const std::string& more = "") const {
    const auto command = "cd '" + folder_.string() +
                         "' && timeout 120 soffice -env:UserInstallation=file://" + folder_.string() +
                         "/profile --headless " + more + " --convert-to '" + filter + "' '" + name +
                         "' >/dev/null 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ostringstream out;
    out << std::ifstream{folder_ / made, std::ios::binary}.rdbuf();
    return out.str();
  }

  // The first sheet, as LibreOffice shows it: comma, no quotes that are not needed, UTF-8.
  std::string as_csv(const std::string& name) const {
    return converted(name, "csv:Text - txt - csv (StarCalc):44,34,76",
                     std::filesystem::path{name}.stem().string() + ".csv");
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace doorstep::sheets::testing
