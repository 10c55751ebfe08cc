#include "base/town_key.hpp"

#include <cstdlib>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace doorstep {
namespace {

namespace fs = std::filesystem;

std::string why(const std::function<void()>& attempt) {
  try {
    attempt();
    return "";
  } catch (const SealError& error) {
    return error.what();
  }
}

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "doorstep-key-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(std::string_view text, ::mode_t mode = 0600) const {
    const auto file = folder_ / "written.key";
    std::ofstream(file, std::ios::binary) << text;
    EXPECT_EQ(::chmod(file.c_str(), mode), 0);
    return file;
  }

  fs::path folder_;
};

TEST(TownKey, IsReadAsTextOrBytes) {
  const std::string hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
  const auto key = TownKey::from_text(hex);
  EXPECT_EQ(TownKey::from_text(" " + hex + "\n").id(), key.id());
  EXPECT_NE(TownKey::from_text(std::string(32, 'k')).id(), key.id());
  for (const auto& text :
       {std::string(), std::string(31, 'k'), std::string(33, 'k'), hex + "0", std::string(64, 'g')}) {
    const auto told = why([&] { TownKey::from_text(text); });
    EXPECT_NE(told.find("32 bytes or 64 hexadecimal digits"), std::string::npos) << told;
  }
  ASSERT_EQ(::setenv("DOORSTEP_TEST_KEY", hex.c_str(), 1), 0);
  EXPECT_EQ(TownKey::from_environment("DOORSTEP_TEST_KEY").id(), key.id());
  ::unsetenv("DOORSTEP_TEST_KEY");
  EXPECT_NE(why([] { TownKey::from_environment("DOORSTEP_TEST_KEY"); }).find("DOORSTEP_TEST_KEY"),
            std::string::npos);
}

TEST_F(KeyFile, IsCreatedOnceForItsOwnerOnly) {
  const auto file = folder_ / "town.key";
  const auto key = TownKey::create(file);
  struct stat about{};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(TownKey::load(file).id(), key.id());
  EXPECT_NE(why([&] { TownKey::create(file); }).find("could not be created"), std::string::npos);
  EXPECT_EQ(TownKey::load(file).id(), key.id());
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadIt) {
  const std::string raw(32, 'k');
  for (const ::mode_t mode : {0644U, 0604U, 0602U, 0620U, 0666U}) {
    const auto told = why([&] { TownKey::load(write(raw, mode)); });
    EXPECT_NE(told.find("chmod 600"), std::string::npos) << told;
  }
  for (const ::mode_t mode : {0600U, 0400U, 0640U})
    EXPECT_EQ(why([&] { TownKey::load(write(raw, mode)); }), "");
}

TEST_F(KeyFile, IsRefusedWhenItIsNoKey) {
  EXPECT_NE(why([&] { TownKey::load(write("short")); }).find("cannot be used"), std::string::npos);
  EXPECT_NE(why([&] { TownKey::load(write("")); }).find("cannot be used"), std::string::npos);
  EXPECT_NE(why([&] { TownKey::load(write(std::string(5'000, 'a'))); }).find("cannot be used"),
            std::string::npos);
  EXPECT_NE(why([&] { TownKey::load(folder_ / "none"); }).find("could not be opened"), std::string::npos);
  EXPECT_NE(why([&] { TownKey::load(folder_); }).find("is not a file"), std::string::npos);
}

}  // namespace
}  // namespace doorstep
