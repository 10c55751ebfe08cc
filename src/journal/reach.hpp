// How far a role reaches: the town's organisations as a tree, and the venues that they run.
//
// A reach never changes; when the tree does, a new one takes its place. A question is answered from memory in
// well under a microsecond, however deep the tree: each organisation knows the first and the last number of
// those below it.
#pragma once

#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/ids.hpp"

namespace doorstep {

struct VenueTag {
  static constexpr std::string_view prefix = "ve";
};
using VenueId = Id<VenueTag>;

struct OrganisationTag {
  static constexpr std::string_view prefix = "or";
};
using OrganisationId = Id<OrganisationTag>;

// Where something is, or where a role holds: everywhere, at an organisation with all below it, at one venue.
struct WholeTown {
  bool operator==(const WholeTown&) const = default;
};
using Scope = std::variant<WholeTown, OrganisationId, VenueId>;

class Reach {
 public:
  struct Unit {
    OrganisationId id;
    std::optional<OrganisationId> parent;
  };
  struct Site {
    VenueId id;
    OrganisationId run_by;
  };

  Reach() = default;
  // A unit whose parent is not among them stands on its own, as a root does; none may be below itself.
  Reach(const std::vector<Unit>& units, const std::vector<Site>& sites);

  // An organisation covers itself.
  bool covers(const Scope& above, const Scope& below) const;
  // Whether a venue lies there: the whole town and a venue itself always, an organisation if it or one below
  // it runs one.
  bool reaches_a_venue(const Scope& scope) const;

 private:
  // Numbers of a walk that visits each organisation before those below it.
  struct Span {
    std::int32_t first = 0, last = 0;
  };
  const Span* span_of(const Scope& scope) const;

  std::unordered_map<OrganisationId, Span> spans_;
  std::unordered_map<VenueId, OrganisationId> run_by_;
  std::vector<std::int32_t> running_;  // the numbers of those that run a venue, in order
};

}  // namespace doorstep
