#include <algorithm>
#include <initializer_list>

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

std::optional<Day> written_day(std::string_view text) {
  std::string iso;
  for (const std::string_view mark : {"-", "-", ""}) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    iso += (digits == 1 ? "0" : "") + std::string{text.substr(0, digits)} + std::string{mark};
    text.remove_prefix(digits);
    for (const std::string_view separator : {"-", "/", ".", "年", "月", "日"}) {
      if (!text.starts_with(separator)) continue;
      text.remove_prefix(separator.size());
      break;
    }
  }
  return text.empty() ? parse_day(iso) : std::nullopt;
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
