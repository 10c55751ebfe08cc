#include "journal/reach.hpp"

#include <algorithm>
#include <iterator>

namespace doorstep {

Reach::Reach(const std::vector<Unit>& units, const std::vector<Site>& sites) {
  spans_.reserve(units.size());
  for (const auto& unit : units) spans_.try_emplace(unit.id);
  std::unordered_map<OrganisationId, std::vector<OrganisationId>> below;
  std::vector<OrganisationId> open;  // those still to be visited; the next one is the last
  for (const auto& unit : units) {
    const bool has_parent = unit.parent && spans_.contains(*unit.parent);
    (has_parent ? below[*unit.parent] : open).push_back(unit.id);
  }
  // A tree may be deep: no recursion. An organisation stays open until all those under it were visited.
  std::int32_t number = 0;
  while (!open.empty()) {
    const auto id = open.back();
    auto& span = spans_.at(id);
    if (span.first == 0) {
      span.first = ++number;
      std::ranges::copy(below[id], std::back_inserter(open));
    }
    if (open.back() != id) continue;
    span.last = number;
    open.pop_back();
  }
  // Whatever is below itself was not reached: it covers itself and nothing else.
  std::erase_if(spans_, [](const auto& each) { return each.second.first == 0; });
  run_by_.reserve(sites.size());
  for (const auto& site : sites) {
    run_by_.try_emplace(site.id, site.run_by);
    if (const auto* span = span_of(site.id)) running_.push_back(span->first);
  }
  std::ranges::sort(running_);
}

const Reach::Span* Reach::span_of(const Scope& scope) const {
  const auto* organisation = std::get_if<OrganisationId>(&scope);
  if (const auto* venue = std::get_if<VenueId>(&scope)) {
    const auto found = run_by_.find(*venue);
    if (found != run_by_.end()) organisation = &found->second;
  }
  if (organisation == nullptr) return nullptr;
  const auto found = spans_.find(*organisation);
  return found == spans_.end() ? nullptr : &found->second;
}

bool Reach::covers(const Scope& above, const Scope& below) const {
  if (std::holds_alternative<WholeTown>(above) || above == below) return true;
  if (!std::holds_alternative<OrganisationId>(above)) return false;  // nothing is below a venue
  const auto* from = span_of(above);
  const auto* to = span_of(below);
  return from != nullptr && to != nullptr && from->first <= to->first && to->first <= from->last;
}

bool Reach::reaches_a_venue(const Scope& scope) const {
  if (!std::holds_alternative<OrganisationId>(scope)) return true;
  const auto* span = span_of(scope);
  if (span == nullptr) return false;
  const auto first = std::ranges::lower_bound(running_, span->first);
  return first != running_.end() && *first <= span->last;
}

}  // namespace doorstep
