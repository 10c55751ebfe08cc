#include "base/enums.hpp"

#include <algorithm>

#include "base/ensure.hpp"

namespace doorstep::enum_detail {

std::string_view name_in(std::span<const EnumName> names, std::int64_t value) {
  // Most enums count from nought in the order of their description.
  if (value >= 0 && static_cast<std::size_t>(value) < names.size()) {
    const auto& guess = names[static_cast<std::size_t>(value)];
    if (guess.value == value) return guess.name;
  }
  const auto found = std::ranges::find(names, value, &EnumName::value);
  ensure(found != names.end(), "an enum holds one of its described values");
  return found->name;
}

const EnumName* find_in(std::span<const EnumName> names, std::string_view name) {
  const auto found = std::ranges::find(names, name, &EnumName::name);
  return found == names.end() ? nullptr : &*found;
}

}  // namespace doorstep::enum_detail
