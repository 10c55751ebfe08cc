#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "base/json_samples.hpp"
#include "base/json_value.hpp"
#include "base/limits.hpp"
#include "base/problem.hpp"

namespace doorstep {
namespace {

using namespace json_samples;
using namespace std::string_literals;

// "code path" of the refusal, "" when it was read.
template <class T>
std::string refusal(std::string_view text) {
  try {
    read_json<T>(text);
    return "";
  } catch (const Problem& problem) {
    problem_text(problem.code);
    return problem.code + " " + problem.path;
  }
}

std::string with(std::string_view from, std::string_view to) {
  std::string text(everything_text);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(JsonRead, ReadsEveryShape) {
  const auto read = read_json<Everything>(everything_text);
  EXPECT_TRUE(read.truth);
  EXPECT_EQ(read.small, -3);
  EXPECT_EQ(read.large, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(read.number, 0.1);
  EXPECT_EQ(read.text, "居民 \"A\"\n");
  EXPECT_EQ(read.colour, Colour::green);
  EXPECT_EQ(read.both.en, "ticket");
  EXPECT_EQ(to_string(read.ticket), "tk_1a");
  EXPECT_EQ(to_string(read.day), "2026-11-24");
  EXPECT_EQ(read.opens.minutes, 510);
  EXPECT_EQ(read.materials.at(1), (Material{"photo", 2}));
  EXPECT_EQ(read.counts.at("b"), -2);
  EXPECT_EQ(read.note, std::nullopt);
  EXPECT_EQ(read.spare->kind, "pen");
}

TEST(JsonRead, TakesMembersInAnyOrderAndWithoutOptionalOnes) {
  EXPECT_EQ(read_json<Material>(R"( {"copies" : 2 , "kind":"photo"} )"), (Material{"photo", 2}));
  EXPECT_EQ(refusal<Everything>(with(R"(,"note":null)", "")), "");
  EXPECT_EQ(read_json<std::vector<std::int32_t>>("[1,2]"), (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(read_json<std::vector<bool>>("[true,false]"), (std::vector<bool>{true, false}));
  EXPECT_EQ(read_json<std::optional<double>>("3"), 3.0);
  read_json<Empty>("{}");
  const auto derived = read_json<Derived>(R"({"below":1,"above":2})");
  EXPECT_EQ(derived.below + derived.above, 3);
}

TEST(JsonRead, NamesThePathOfWhatItRefuses) {
  EXPECT_EQ(refusal<Everything>("[]"), "wrong_type ");
  EXPECT_EQ(refusal<Everything>(with("true,", "1,")), "wrong_type truth");
  EXPECT_EQ(refusal<Everything>(with(R"("photo")", "5")), "wrong_type materials[1].kind");
  EXPECT_EQ(refusal<Everything>(with(R"("copies":2)", R"("copies":2,"x":0)")),
            "unknown_member materials[1].x");
  EXPECT_EQ(refusal<Everything>(with(R"(,"copies":2)", "")), "missing_member materials[1].copies");
  EXPECT_EQ(refusal<Everything>(with(R"("copies":2)", R"("copies":10)")), "out_of_range materials[1].copies");
  EXPECT_EQ(refusal<Everything>(with(R"("photo")", R"("a text beyond its bounds")")),
            "too_long materials[1].kind");
  EXPECT_EQ(refusal<Everything>(with(R"("photo")", R"("  x ")")), "too_short materials[1].kind");
  EXPECT_EQ(refusal<Everything>(with(R"(["一","b"])", R"(["a","b","c","d"])")), "too_long words");
  EXPECT_EQ(refusal<Everything>(with(R"(["一","b"])", R"(["a","一二三四五"])")), "too_long words[1]");
  EXPECT_EQ(refusal<Everything>(with(R"("b":-2)", R"("b":"x")")), "wrong_type counts.b");
  EXPECT_EQ(refusal<Everything>(with(R"("b":-2)", R"("b":1,"c":2)")), "too_long counts");
  EXPECT_EQ(refusal<Everything>(with(R"("kind":"pen")", R"("kind":null)")), "wrong_type spare.kind");
  EXPECT_EQ(refusal<std::vector<std::vector<bool>>>("[[true],[false,3]]"), "wrong_type [1][1]");
}

TEST(JsonRead, HoldsEachLanguageOfATextToItsBounds) {
  EXPECT_EQ(refusal<Sign>(R"({"name":{"zh":"一号","en":"One"}})"), "");
  EXPECT_EQ(refusal<Sign>(R"({"name":{"zh":"","en":"One"}})"), "too_short name.zh");
  EXPECT_EQ(refusal<Sign>(R"({"name":{"zh":"一号","en":"Number one"}})"), "too_long name.en");
  EXPECT_EQ(refusal<Sign>(R"({"name":{"zh":"一号","en":"One"},"note":null})"), "");
  EXPECT_EQ(refusal<Sign>(R"({"name":{"zh":"一号","en":"One"},"note":{"zh":"休","en":" "}})"),
            "too_short note.en");
}

TEST(JsonRead, RefusesValuesThatAreNotOfTheirKind) {
  for (const auto* colour : {R"("yellow")", R"("")", "7", "null", R"("Red")"}) {
    EXPECT_EQ(refusal<Everything>(with(R"("green")", colour)), "wrong_type colour") << colour;
  }
  EXPECT_EQ(refusal<Everything>(with("tk_1a", "tk_01a")), "wrong_type ticket");
  EXPECT_EQ(refusal<Everything>(with("tk_1a", "ca_1a")), "wrong_type ticket");
  EXPECT_EQ(refusal<Everything>(with("T05:29:40.000000Z", "")), "wrong_type at");
  EXPECT_EQ(refusal<Everything>(with("2026-11-24\"", "2026-02-30\"")), "wrong_type day");
  EXPECT_EQ(refusal<Everything>(with("08:30", "8:30")), "wrong_type opens");
  EXPECT_EQ(refusal<Everything>(with(R"("zh":"号",)", "")), "missing_member both.zh");
}

TEST(JsonRead, TakesIntegersOnlyAsSuch) {
  for (const auto* number : {"1.0", "1e3", "1.5", "-0.0", R"("1")", "true"}) {
    EXPECT_EQ(refusal<std::int64_t>(number), "wrong_type ") << number;
  }
  for (const auto* number :
       {"9223372036854775808", "-9223372036854775809", "99999999999999999999999", "1e30"}) {
    EXPECT_EQ(refusal<std::int64_t>(number), "out_of_range ") << number;
  }
  EXPECT_EQ(refusal<std::int32_t>("2147483648"), "out_of_range ");
  EXPECT_EQ(read_json<std::int32_t>("-2147483648"), std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(read_json<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(refusal<double>("1e999"), "out_of_range ");
  EXPECT_EQ(refusal<Everything>(with("0.1", "10.5")), "out_of_range number");
}

TEST(JsonRead, ReadsDoublesToTheLastDigit) {
  EXPECT_EQ(read_json<double>("0.997872"), 0.997872);
  EXPECT_EQ(read_json<double>("1.7976931348623157e308"), 1.7976931348623157e308);
  EXPECT_EQ(read_json<double>("5e-324"), 5e-324);
  EXPECT_EQ(read_json<double>("123456789012345678901234567890"), 123456789012345678901234567890.0);
  EXPECT_EQ(read_json<std::vector<double>>("[0.1,2E-2 ,-31.19203]"),
            (std::vector<double>{0.1, 2E-2, -31.19203}));
}

TEST(JsonRead, RefusesWhatIsNotJson) {
  for (const auto* text : {"", " ", "{", "[1,]", "{}{}", "nul", "{'a':1}", "[1] x", "// c\n[]", "NaN", "01",
                           "\"\t\"", R"("\ud800")", "{\"kind\":\"ab\",\"copies\":1", "\xef\xbb\xbf{}"}) {
    EXPECT_EQ(refusal<Material>(text), "malformed_json ") << text;
  }
  EXPECT_EQ(refusal<Material>(R"({"kind":"ab","copies":1,"copies":1})"), "malformed_json ");
  EXPECT_EQ(refusal<Everything>(with(R"("b":-2)", R"("a":-2)")), "malformed_json ");
  EXPECT_EQ(refusal<Material>(R"({"kind":"ab","copies":1,"\u0063opies":1})"), "malformed_json ");
}

TEST(JsonRead, RefusesWhatGoesTooDeepOrTooWide) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(refusal<std::vector<bool>>(nested(json_depth_max)), "wrong_type [0]");
  EXPECT_EQ(refusal<std::vector<bool>>(nested(json_depth_max + 1)), "malformed_json ");
  EXPECT_EQ(refusal<std::vector<bool>>(nested(500'000)), "malformed_json ");
  std::string wide = "{";
  for (std::size_t i = 0; i <= json_members_max; ++i) wide += (i ? ",\"" : "\"") + std::to_string(i) + "\":1";
  EXPECT_EQ(refusal<Material>(wide + "}"), "malformed_json ");
}

TEST(JsonRead, RefusesTextThatCannotBeKept) {
  EXPECT_EQ(refusal<Everything>(with("ticket\"", "tick\\u0000et\"")), "invalid_text both.en");
  EXPECT_EQ(refusal<Everything>(with("ticket\"", "tick\xff\"")), "invalid_text ");
  EXPECT_EQ(refusal<Everything>(with("\"a\":1", "\"a\\u0000\":1")), "invalid_text counts.a\0"s);
}

TEST(JsonRead, RepeatsOnlyPartOfALongName) {
  const auto said = refusal<Material>("{\"" + std::string(100'000, 'x') + "\":1}");
  EXPECT_EQ(said.size(), "unknown_member "s.size() + json_path_bytes_max);
  const auto wide = refusal<Material>("{\"" + std::string(100, 'x') + std::string(3'000, '\xe5') + "\":1}");
  EXPECT_EQ(wide, "invalid_text ");
}

TEST(JsonRead, TellsAbsentFromNullInPatches) {
  const auto absent = read_json<Edit>(R"({"version":1})");
  EXPECT_FALSE(absent.title);
  EXPECT_FALSE(absent.note);
  const auto cleared = read_json<Edit>(R"({"title":"x","note":null,"version":1})");
  EXPECT_TRUE(cleared.title);
  EXPECT_EQ(cleared.title.value, "x");
  EXPECT_TRUE(cleared.note);
  EXPECT_EQ(cleared.note.value, std::nullopt);
  EXPECT_EQ(read_json<Edit>(R"({"note":"y","version":1})").note.value, "y");
  EXPECT_EQ(refusal<Edit>(R"({"title":null,"version":1})"), "wrong_type title");
}

TEST(JsonRead, ReadsSecretsAndTrees) {
  EXPECT_EQ(read_json<SignIn>(R"({"who":"a","password":"correct horse"})").password.reveal(),
            "correct horse");
  const auto tree = read_json<Tree>(R"({"label":"a","branches":[{"label":"b","branches":[]}]})");
  EXPECT_EQ(tree.branches.at(0).label, "b");
}

TEST(JsonRead, ReadsFromValuesInMemory) {
  const auto value = parse_json(R"({"kind":"photo","copies":1})");
  EXPECT_EQ(read_value<Material>(value), (Material{"photo", 1}));
  EXPECT_EQ(pretty_json(value), "{\n  \"kind\": \"photo\",\n  \"copies\": 1\n}\n");
  EXPECT_EQ(pretty_json(parse_json("[[],{},[1]]")), "[\n  [],\n  {},\n  [\n    1\n  ]\n]\n");
}

}  // namespace
}  // namespace doorstep
