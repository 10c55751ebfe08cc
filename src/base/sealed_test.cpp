#include "base/sealed.hpp"

#include <functional>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json_samples.hpp"

namespace doorstep {
namespace {

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

KeyRing some_ring(std::uint64_t seed = 1) {
  SeededEntropy entropy(seed);
  return KeyRing::random(entropy);
}

std::string why(const std::function<void()>& attempt) {
  try {
    attempt();
    return "";
  } catch (const SealError& error) {
    return error.what();
  }
}

TEST(Sealed, OpensWhereItWasSealed) {
  const auto keys = some_ring();
  for (const auto& text : {std::string("13812341234"), std::string(), std::string(100'000, 'x')}) {
    const auto sealed = seal(keys, text, here);
    EXPECT_EQ(open(keys, sealed, here), text);
    EXPECT_EQ(sealed.bytes().size(), text.size() + 1 + 8 + 12 + 16);
    EXPECT_NE(sealed.bytes(), seal(keys, text, here).bytes());
  }
  const json_samples::Material material{"photo", 2};
  EXPECT_EQ(open(keys, seal(keys, material, here), here), material);
}

TEST(Sealed, DoesNotOpenElsewhereOrWithAnotherKey) {
  const auto keys = some_ring();
  const auto sealed = seal(keys, std::string("13812341234"), here);
  for (const auto& there : {SealContext{"persons", "phone", 8}, SealContext{"persons", "name", 7},
                            SealContext{"staff", "phone", 7}, SealContext{"personsphone", "", 7}}) {
    EXPECT_THROW(open(keys, sealed, there), SealError);
  }
  const auto told = why([&] { open(some_ring(2), sealed, here); });
  EXPECT_NE(told.find(keys.active()), std::string::npos) << told;
}

TEST(Sealed, DoesNotOpenWhenAnyBitWasChanged) {
  const auto keys = some_ring();
  const auto stored = seal(keys, std::string("13812341234"), here).bytes();
  for (std::size_t bit = 0; bit < stored.size() * 8; ++bit) {
    auto changed = stored;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_THROW(open(keys, Sealed<std::string>(changed), here), SealError) << bit;
  }
  for (std::size_t size = 0; size < stored.size(); ++size) {
    EXPECT_THROW(open(keys, Sealed<std::string>(stored.substr(0, size)), here), SealError) << size;
  }
}

}  // namespace
}  // namespace doorstep
