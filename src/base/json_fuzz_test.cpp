// Valid JSON, changed at random: it is read or refused with a Problem of the catalogue, never anything else.
#include <random>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/json_samples.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep {
namespace {

using namespace json_samples;

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (auto changes = 1 + below(3); changes > 0; --changes) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  void change(std::string& text) {
    if (text.empty()) return;
    static constexpr std::string_view pieces[] = {"null",
                                                  "true",
                                                  "-1",
                                                  "1e5",
                                                  "1e400",
                                                  "18446744073709551615",
                                                  "99999999999999999999",
                                                  "\"",
                                                  "\\",
                                                  "\\u0000",
                                                  "\\ud800",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "\xff",
                                                  "\xe5\xb1",
                                                  "\x00",
                                                  "{\"a\":1}",
                                                  "\"tk_1\"",
                                                  " ",
                                                  "\"copies\""};
    const auto at = below(text.size());
    switch (below(6)) {
      case 0: text[at] = static_cast<char>(below(256)); break;
      case 1: text.erase(at, 1 + below(8)); break;
      case 2: text.insert(at, pieces[below(std::size(pieces))]); break;
      case 3: text.insert(at, text.substr(below(text.size()), 1 + below(40))); break;
      case 4: text.resize(at); break;
      default: {
        const auto piece = pieces[below(std::size(pieces))];
        text.replace(at, std::min(text.size() - at, piece.size()), piece);
      }
    }
  }

  std::mt19937_64 random_;
};

TEST(JsonFuzz, IsReadOrRefusedAndNothingElse) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Mutator mutator(seed);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto text = mutator.mutate(std::string(everything_text));
    try {
      const auto value = read_json<Everything>(text);
      ++read;
      ASSERT_EQ(read_json<Everything>(write_json(value)), value) << text;
    } catch (const Problem& problem) {
      ASSERT_EQ(problem_text(problem.code).status, 400) << text;
      ASSERT_TRUE(valid_utf8(problem.path)) << text;
      boost::json::error_code error;
      boost::json::parse(problem_json(problem, Language::zh, "fuzz"), error);
      ASSERT_FALSE(error) << text;
    }
  }
  EXPECT_GT(read, 0) << "some changes do no harm";
}

}  // namespace
}  // namespace doorstep
