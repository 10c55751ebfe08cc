// Described structs of every shape, for the tests of reader, writer and schema.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace doorstep::json_samples {

struct TicketTag {
  static constexpr std::string_view prefix = "tk";
};
using TicketId = Id<TicketTag>;

enum class Colour { red, green = 7, blue };
BOOST_DESCRIBE_ENUM(Colour, red, green, blue)

struct Material {
  std::string kind;
  std::int32_t copies = 0;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "kind") return {.length_min = 2, .length_max = 20};
    if (member == "copies") return {.least = 0, .most = 9};
    return {};
  }
  bool operator==(const Material&) const = default;
};
BOOST_DESCRIBE_STRUCT(Material, (), (kind, copies))

struct Everything {
  bool truth = false;
  std::int32_t small = 0;
  std::int64_t large = 0;
  double number = 0;
  std::string text;
  Colour colour = Colour::red;
  Text both;
  TicketId ticket;
  Instant at;
  Day day;
  LocalTime opens;
  std::vector<Material> materials;
  std::vector<std::string> words;
  std::map<std::string, std::int64_t> counts;
  std::optional<std::string> note;
  std::optional<Material> spare;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "words") return {.length_min = 0, .length_max = 3};
    if (member == "words[]") return {.length_max = 12};
    if (member == "counts") return {.length_max = 2};
    if (member == "number") return {.least = -10, .most = 10};
    return {};
  }
  bool operator==(const Everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (truth, small, large, number, text, colour, both, ticket, at, day, opens, materials,
                       words, counts, note, spare))

inline constexpr std::string_view everything_text =
    R"({"truth":true,"small":-3,"large":9223372036854775807,"number":0.1,"text":"居民 \"A\"\n","colour":"green",)"
    R"("both":{"zh":"号","en":"ticket"},"ticket":"tk_1a","at":"2026-11-24T05:29:40.000000Z","day":"2026-11-24",)"
    R"("opens":"08:30","materials":[{"kind":"id card","copies":1},{"kind":"photo","copies":2}],"words":["一","b"],)"
    R"("counts":{"a":1,"b":-2},"note":null,"spare":{"kind":"pen","copies":0}})";

struct Sign {
  Text name;
  Patch<std::optional<Text>> note;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "name") return {.length_min = 2, .length_max = 9};
    return {.length_min = 1};
  }
};
BOOST_DESCRIBE_STRUCT(Sign, (), (name, note))

struct Edit {
  Patch<std::string> title;
  Patch<std::optional<std::string>> note;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Edit, (), (title, note, version))

struct Tree {
  std::string label;
  std::vector<Tree> branches;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (label, branches))

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

struct SignIn {
  std::string who;
  Secret password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (who, password))

struct Base {
  std::int32_t below = 0;
};
BOOST_DESCRIBE_STRUCT(Base, (), (below))
struct Derived : Base {
  std::int32_t above = 0;
};
BOOST_DESCRIBE_STRUCT(Derived, (Base), (above))

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(Page<Material>, (), (items, next))

}  // namespace doorstep::json_samples
