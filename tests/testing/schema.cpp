#include "testing/schema.hpp"

#include <algorithm>
#include <regex>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace doorstep::testing {

namespace json = boost::json;

namespace {

bool is_of(const json::value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

bool fits_type(const json::value& value, const json::value& type) {
  if (const auto* one = type.if_string()) return is_of(value, *one);
  return std::ranges::any_of(type.as_array(),
                             [&](const json::value& each) { return is_of(value, each.as_string()); });
}

std::string misfit_in_object(const json::object& value, const json::object& schema,
                             const json::value& document, const std::string& path) {
  if (const auto* required = schema.if_contains("required")) {
    for (const auto& name : required->as_array()) {
      if (!value.contains(name.as_string())) return path + " lacks " + std::string{name.as_string()};
    }
  }
  const auto* properties = schema.if_contains("properties");
  const auto* additional = schema.if_contains("additionalProperties");
  for (const auto& [name, member] : value) {
    const auto* known = properties == nullptr ? nullptr : properties->as_object().if_contains(name);
    const auto inner = path + '.' + std::string{name};
    if (known != nullptr) {
      if (auto wrong = misfit(member, *known, document, inner); !wrong.empty()) return wrong;
    } else if (additional != nullptr && additional->is_bool() && !additional->as_bool()) {
      return inner + " is not in the schema";
    } else if (additional != nullptr && additional->is_object()) {
      if (auto wrong = misfit(member, *additional, document, inner); !wrong.empty()) return wrong;
    }
  }
  return {};
}

std::string misfit_in_text(std::string_view text, const json::object& schema, const std::string& path) {
  const auto* pattern = schema.if_contains("pattern");
  if (pattern != nullptr &&
      !std::regex_search(text.begin(), text.end(), std::regex{pattern->as_string().c_str()})) {
    return path + " is not like " + std::string{pattern->as_string()};
  }
  return {};
}

std::string misfit_in_alternatives(const json::value& value, const json::object& schema,
                                   const json::value& document, const std::string& path) {
  if (const auto* any = schema.if_contains("anyOf")) {
    std::string last;
    for (const auto& each : any->as_array()) {
      last = misfit(value, each, document, path);
      if (last.empty()) return {};
    }
    return last;
  }
  if (const auto* all = schema.if_contains("allOf")) {
    for (const auto& each : all->as_array()) {
      if (auto wrong = misfit(value, each, document, path); !wrong.empty()) return wrong;
    }
  }
  return {};
}

}  // namespace

std::string misfit(const json::value& value, const json::value& schema, const json::value& document,
                   const std::string& path) {
  if (schema.is_bool()) return schema.as_bool() ? "" : path + " must not be";
  const auto& rules = schema.as_object();
  if (const auto* reference = rules.if_contains("$ref")) {
    const std::string pointer{reference->as_string().subview(1)};
    return misfit(value, document.at_pointer(pointer), document, path);
  }
  if (const auto* type = rules.if_contains("type"); type != nullptr && !fits_type(value, *type)) {
    return path + " is no " + json::serialize(*type) + ": " + json::serialize(value);
  }
  if (const auto* options = rules.if_contains("enum")) {
    if (std::ranges::find(options->as_array(), value) == options->as_array().end()) {
      return path + " is none of " + json::serialize(*options);
    }
  }
  if (auto wrong = misfit_in_alternatives(value, rules, document, path); !wrong.empty()) return wrong;
  if (const auto* text = value.if_string()) return misfit_in_text(*text, rules, path);
  if (const auto* object = value.if_object()) return misfit_in_object(*object, rules, document, path);
  if (const auto* array = value.if_array()) {
    const auto* items = rules.if_contains("items");
    for (std::size_t i = 0; items != nullptr && i < array->size(); ++i) {
      auto wrong = misfit((*array)[i], *items, document, path + '[' + std::to_string(i) + ']');
      if (!wrong.empty()) return wrong;
    }
  }
  return {};
}

}  // namespace doorstep::testing
