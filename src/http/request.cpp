// What a handler may ask of a request.
#include "http/head_parser.hpp"
#include "http/http.hpp"

namespace doorstep::http {

std::string_view Request::header(std::string_view lower_case_name) const {
  if (fields == nullptr) return {};
  const auto* field = static_cast<const Fields*>(fields)->find(lower_case_name);
  return field == nullptr ? std::string_view{} : field->value;
}

std::string_view Request::cookie(std::string_view name) const {
  if (fields == nullptr) return {};
  for (const auto& field : static_cast<const Fields*>(fields)->all()) {
    if (!same_name(field.name, "cookie")) continue;
    auto rest = field.value;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      auto pair = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      if (!pair.starts_with(name) || pair.size() <= name.size() || pair[name.size()] != '=') continue;
      auto value = pair.substr(name.size() + 1);
      while (value.ends_with(' ')) value.remove_suffix(1);
      if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
        value = value.substr(1, value.size() - 2);
      return value;
    }
  }
  return {};
}

}  // namespace doorstep::http
