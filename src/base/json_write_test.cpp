#include <limits>
#include <stdexcept>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json_samples.hpp"
#include "base/json_text.hpp"
#include "base/utf8.hpp"

namespace doorstep {
namespace {

using namespace json_samples;
using namespace std::string_literals;

std::string written(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

std::string written(double number) {
  std::string out;
  append_json_number(out, number);
  return out;
}

TEST(JsonWrite, WritesEveryShape) {
  EXPECT_EQ(write_json(read_json<Everything>(everything_text)), everything_text);
  EXPECT_EQ(write_json(Everything{}).find(R"({"truth":false,"small":0)"), 0U);
}

TEST(JsonWrite, WritesTheEmpty) {
  EXPECT_EQ(write_json(Empty{}), "{}");
  EXPECT_EQ(write_json(std::vector<Material>{}), "[]");
  EXPECT_EQ(write_json(std::map<std::string, bool>{}), "{}");
  EXPECT_EQ(write_json(std::optional<bool>{}), "null");
  EXPECT_EQ(write_json(Tree{.label = ",", .branches = {}}), R"({"label":",","branches":[]})");
  EXPECT_EQ(write_json(std::vector<bool>{true, false}), "[true,false]");
  EXPECT_EQ(write_json(Derived{{1}, 2}), R"({"below":1,"above":2})");
}

TEST(JsonWrite, LeavesOutPatchesThatAreNotPresent) {
  EXPECT_EQ(write_json(Edit{.title = {}, .note = {}, .version = 3}), R"({"version":3})");
  EXPECT_EQ(write_json(Edit{.title = {}, .note = {.present = true, .value = {}}, .version = 3}),
            R"({"note":null,"version":3})");
}

TEST(JsonWrite, AppendsToWhatIsThere) {
  std::string out = "data: ";
  write_json(out, std::int64_t{-5});
  EXPECT_EQ(out, "data: -5");
}

TEST(JsonWrite, EscapesWhatMustBe) {
  EXPECT_EQ(written("a\"b\\c/\b\f\n\r\t\x01\x1f\x7f"), R"("a\"b\\c/\b\f\n\r\t\u0001\u001f)"
                                                       "\x7f\"");
  EXPECT_EQ(written("居民\0x"s), R"("居民\u0000x")");
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string run(before, 'x');
    EXPECT_EQ(written(run + "\"" + run), "\"" + run + "\\\"" + run + "\"");
  }
}

TEST(JsonWrite, WritesNumbersInTheirShortestForm) {
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(3.0), "3");
  EXPECT_EQ(written(-0.0), "-0");
  EXPECT_EQ(written(1e300), "1e+300");
  EXPECT_EQ(write_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_THROW(written(std::numeric_limits<double>::infinity()), std::domain_error);
  EXPECT_THROW(written(std::numeric_limits<double>::quiet_NaN()), std::domain_error);
}

TEST(JsonWriteDeathTest, AnEnumWithoutNameIsABug) {
  EXPECT_DEATH(write_json(static_cast<Colour>(3)), "described values");
}

// A secret, or anything that holds one, has no JSON; nor has a type that was never described.
static_assert(!JsonWritable<Secret> && JsonReadable<Secret>);
static_assert(!JsonWritable<SignIn> && JsonReadable<SignIn>);
static_assert(!JsonWritable<std::vector<std::optional<SignIn>>>);
static_assert(JsonWritable<Tree> && JsonReadable<Tree>);
static_assert(!JsonWritable<char*> && !JsonWritable<float> && !JsonReadable<std::vector<void*>>);

RC_GTEST_PROP(JsonWriteProperty, TextReadsBackAsWritten, (const std::vector<std::uint8_t>& bytes)) {
  const auto text = repaired_utf8(std::string(bytes.begin(), bytes.end()));
  const auto parsed = boost::json::parse(written(text));
  RC_ASSERT(std::string_view(parsed.as_string()) == text);
  RC_ASSERT(boost::json::serialize(boost::json::string(text)) == written(text));
}

RC_GTEST_PROP(JsonWriteProperty, NumbersReadBackAsWritten, (std::int64_t whole, double broken)) {
  RC_ASSERT(read_json<std::int64_t>(write_json(whole)) == whole);
  if (broken == broken && broken - broken == 0) RC_ASSERT(read_json<double>(write_json(broken)) == broken);
}

}  // namespace
}  // namespace doorstep
