// What an import did, or would do: two pictures of the town, held against each other.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/picture.hpp"

namespace doorstep::app {

struct FactChange {
  std::string name;
  std::optional<std::string> before, after;  // none: it was not, or is no longer
};

struct ThingChange {
  enum class How { added, changed, ended };

  Thing thing;
  How how{};
  std::vector<FactChange> facts;  // of one that has ended: none
};

struct Counts {
  std::size_t added = 0, changed = 0, ended = 0, unchanged = 0;
};

struct TownChanges {
  std::map<std::string, Counts> counts;  // by kind, of what the files name and of what changed with it
  std::vector<ThingChange> things;

  bool empty() const { return things.empty(); }
};

// `named` is what the files speak of.
TownChanges changes_between(const Picture& before, const Picture& after, const std::set<Thing>& named);

// A line for each kind: "  venue            1 added, 2 changed, 1 ended, 54 unchanged".
std::string counts_text(const TownChanges& changes);
// A line for each thing and each of its facts, what it was and what it is:
//   ~ venue station_001
//       address_zh: "示例路 1 号" -> "示例路 2 号"
std::string changes_text(const TownChanges& changes);

}  // namespace doorstep::app
