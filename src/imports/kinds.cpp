#include <algorithm>

#include "base/ensure.hpp"
#include "imports/imports.hpp"

namespace doorstep::imports {

const std::string& cell(const Cells& cells, std::string_view column) {
  static const std::string nothing;
  const auto found = cells.find(column);
  return found == cells.end() ? nothing : found->second;
}

std::optional<std::string> filled_cell(const Cells& cells, std::string_view column) {
  const auto found = cells.find(column);
  return found == cells.end() || found->second.empty() ? std::nullopt : std::optional{found->second};
}

void Kinds::add(Kind kind) {
  ensure(find(kind.key) == nullptr && kind.may && kind.record && kind.end,
         "a kind of sheet has a key of its own, and says who may, how a row is recorded and how it ends");
  kinds_.push_back(std::move(kind));
}

const Kind* Kinds::find(std::string_view key) const {
  const auto found = std::ranges::find(kinds_, key, &Kind::key);
  return found == kinds_.end() ? nullptr : &*found;
}

}  // namespace doorstep::imports
