#include "app/town_changes.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace doorstep::app {

namespace {

constexpr std::size_t value_bytes_shown = 200;  // the line around a micro-grid may be long

using How = ThingChange::How;

std::vector<FactChange> fact_changes(const Facts& before, const Facts& after) {
  std::vector<FactChange> changes;
  for (const auto& [name, value] : before) {
    const auto now = after.find(name);
    if (now == after.end())
      changes.push_back({name, value, std::nullopt});
    else if (now->second != value)
      changes.push_back({name, value, now->second});
  }
  for (const auto& [name, value] : after) {
    if (!before.contains(name)) changes.push_back({name, std::nullopt, value});
  }
  return changes;
}

std::optional<ThingChange> change_of(const Thing& thing, const Facts* before, const Facts& after) {
  if (before == nullptr) return ThingChange{thing, How::added, fact_changes({}, after)};
  if (!before->contains("ended_at") && after.contains("ended_at")) return ThingChange{thing, How::ended, {}};
  auto facts = fact_changes(*before, after);
  if (facts.empty()) return std::nullopt;
  return ThingChange{thing, How::changed, std::move(facts)};
}

void count(Counts& counts, const std::optional<ThingChange>& change) {
  if (!change) {
    ++counts.unchanged;
    return;
  }
  switch (change->how) {
    case How::added: ++counts.added; break;
    case How::changed: ++counts.changed; break;
    case How::ended: ++counts.ended; break;
  }
}

char mark_of(How how) {
  switch (how) {
    case How::added: return '+';
    case How::changed: return '~';
    case How::ended: return '-';
  }
  return ' ';
}

std::string shown(std::string value) {
  if (value.size() <= value_bytes_shown) return value;
  cut_utf8(value, value_bytes_shown);
  return value + "...";
}

std::string line_of(const FactChange& fact) {
  if (fact.before && fact.after)
    return fmt::format("      {}: {} -> {}\n", fact.name, shown(*fact.before), shown(*fact.after));
  if (fact.before) return fmt::format("    - {}: {}\n", fact.name, shown(*fact.before));
  return fmt::format("    + {}: {}\n", fact.name, shown(*fact.after));
}

}  // namespace

TownChanges changes_between(const Picture& before, const Picture& after, const std::set<Thing>& named) {
  TownChanges changes;
  for (const auto& [thing, facts] : after) {
    const auto there = before.find(thing);
    auto change = change_of(thing, there == before.end() ? nullptr : &there->second, facts);
    if (!change && !named.contains(thing)) continue;
    count(changes.counts[thing.kind], change);
    if (change) changes.things.push_back(std::move(*change));
  }
  return changes;
}

std::string counts_text(const TownChanges& changes) {
  std::string text;
  for (const auto& [kind, counts] : changes.counts) {
    text += fmt::format("  {:14} {} added, {} changed, {} ended, {} unchanged\n", kind, counts.added,
                        counts.changed, counts.ended, counts.unchanged);
  }
  return text;
}

std::string changes_text(const TownChanges& changes) {
  std::string text;
  for (const auto& [thing, how, facts] : changes.things) {
    text += fmt::format("  {} {}{}{}\n", mark_of(how), thing.kind, thing.key.empty() ? "" : " ", thing.key);
    for (const auto& fact : facts) text += line_of(fact);
  }
  return text;
}

}  // namespace doorstep::app
