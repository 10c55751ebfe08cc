#include "base/sealed.hpp"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_samples.hpp"

namespace doorstep {
namespace {

namespace fs = std::filesystem;

constexpr SealContext here{.table = "persons", .column = "phone", .row = 7};

// Sealed values have no JSON, no stream and no format; nor has a struct that holds one.
struct PersonRow {
  std::int64_t id = 0;
  Sealed<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, phone))
template <class T>
concept Leaks = requires(std::string& out, std::ostream& stream, const T& value) {
  write_json(out, value);
} || requires(std::ostream& stream, const T& value) { stream << value; } || fmt::is_formattable<T>::value;
static_assert(!Leaks<Sealed<std::string>> && !Leaks<PersonRow> && !Leaks<std::optional<Sealed<std::string>>>);
static_assert(Leaks<std::string>);
static_assert(!JsonWritable<Sealed<std::string>> && !JsonReadable<Sealed<std::string>> &&
              !JsonWritable<PersonRow>);
static_assert(is_sealed<Sealed<std::string>> && !is_sealed<std::string>);

TownKey some_key(std::uint64_t seed = 1) {
  SeededEntropy entropy(seed);
  return TownKey::random(entropy);
}

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

TEST(Sealed, OpensWhereItWasSealed) {
  const auto key = some_key();
  for (const auto& text : {std::string("13812341234"), std::string(), std::string(100'000, 'x')}) {
    const auto sealed = seal(key, text, here);
    EXPECT_EQ(open(key, sealed, here), text);
    EXPECT_EQ(sealed.bytes().size(), text.size() + 1 + 8 + 12 + 16);
    EXPECT_NE(sealed.bytes(), seal(key, text, here).bytes());
  }
  const json_samples::Material material{"photo", 2};
  EXPECT_EQ(open(key, seal(key, material, here), here), material);
}

TEST(Sealed, DoesNotOpenElsewhereOrWithAnotherKey) {
  const auto key = some_key();
  const auto sealed = seal(key, std::string("13812341234"), here);
  for (const auto& there : {SealContext{"persons", "phone", 8}, SealContext{"persons", "name", 7},
                            SealContext{"staff", "phone", 7}, SealContext{"personsphone", "", 7}}) {
    EXPECT_THROW(open(key, sealed, there), SealError);
  }
  const auto told = why([&] { open(some_key(2), sealed, here); });
  EXPECT_NE(told.find(key.id()), std::string::npos) << told;
}

TEST(Sealed, DoesNotOpenWhenAnyBitWasChanged) {
  const auto key = some_key();
  const auto stored = seal(key, std::string("13812341234"), here).bytes();
  for (std::size_t bit = 0; bit < stored.size() * 8; ++bit) {
    auto changed = stored;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_THROW(open(key, Sealed<std::string>(changed), here), SealError) << bit;
  }
  for (std::size_t size = 0; size < stored.size(); ++size) {
    EXPECT_THROW(open(key, Sealed<std::string>(stored.substr(0, size)), here), SealError) << size;
  }
}

TEST(TownKey, GivesEachPurposeItsOwnKeyAndHash) {
  const auto key = some_key();
  EXPECT_EQ(key.id().size(), 16U);
  EXPECT_EQ(key.id(), some_key().id());
  EXPECT_NE(key.id(), some_key(2).id());
  EXPECT_NE(key.derive("a").reveal(), key.derive("b").reveal());
  EXPECT_EQ(key.keyed_hash("phone", "138"), some_key().keyed_hash("phone", "138"));
  EXPECT_NE(key.keyed_hash("phone", "138"), key.keyed_hash("phone", "139"));
  EXPECT_NE(key.keyed_hash("phone", "138"), key.keyed_hash("name", "138"));
  EXPECT_NE(key.keyed_hash("phone", "138"), some_key(2).keyed_hash("phone", "138"));
  EXPECT_EQ(key.keyed_hash("phone", "138").size(), 43U);
}

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
