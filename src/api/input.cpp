#include "api/input.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "api/router.hpp"
#include "base/json_value.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

namespace json = boost::json;

namespace {

bool has_type(const json::value& schema, std::string_view name) {
  const auto* object = schema.if_object();
  if (object == nullptr) return false;
  const auto* type = object->if_contains("type");
  if (type == nullptr) return false;
  if (const auto* one = type->if_string()) return std::string_view{*one} == name;
  const auto* many = type->if_array();
  return many != nullptr && std::ranges::any_of(*many, [&](const json::value& each) {
           return each.is_string() && std::string_view{each.get_string()} == name;
         });
}

json::value list_of(std::string_view text) {
  json::array items;
  while (true) {
    const auto end = text.find(',');
    items.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return items;
    text.remove_prefix(end + 1);
  }
}

// Text from a path or a query, as the type that the wish's member has. What does not fit stays text: the
// reader names it.
json::value as_typed(const json::value& schema, std::string_view text) {
  if (has_type(schema, "integer")) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
  }
  if (has_type(schema, "number")) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
  }
  if (has_type(schema, "boolean") && (text == "true" || text == "false")) return text == "true";
  if (has_type(schema, "array")) return list_of(text);
  return json::value(text);
}

void add_path(json::object& input, const Route& route, const json::object& properties,
              const std::vector<std::string_view>& values) {
  auto value = values.begin();
  for (const auto& name : parameters_of(route.path)) {
    const auto text = http::decode_path_part(*value++);
    if (!text) throw Problem{"bad_path"};
    input[name] = as_typed(properties.at(name), *text);
  }
}

void add_query(json::object& input, const json::object& properties, std::string_view query) {
  const auto pairs = http::parse_query(query);
  if (!pairs) throw Problem{"bad_query"};
  for (const auto& [name, text] : *pairs) {
    const auto* schema = properties.if_contains(name);
    if (schema == nullptr) throw Problem{"unknown_member", {name}, name};
    if (input.contains(name)) throw Problem{"bad_query", {}, name};
    input[name] = as_typed(*schema, text);
  }
}

bool has_media_type(const http::Request& request, std::string_view wanted) {
  const auto content_type = request.header("content-type");
  const auto end = std::min(content_type.find(';'), content_type.size());
  auto type = content_type.substr(0, end);
  while (type.ends_with(' ')) type.remove_suffix(1);
  return std::ranges::equal(type, wanted,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

void add_body(json::object& input, const http::Request& request) {
  if (request.body.empty()) return;
  if (!has_media_type(request, "application/json")) throw Problem{"unsupported_media_type"};
  auto body = parse_json(request.body);
  const auto* members = body.if_object();
  if (members == nullptr) throw Problem{"wrong_type", {"object"}, ""};
  for (const auto& [name, value] : *members) {
    // A member that comes from the path or a header is not asked for twice, lest the two differ.
    if (input.contains(name)) throw Problem{"unknown_member", {std::string{name}}, std::string{name}};
    input[name] = value;
  }
}

// If-Match: "7" — the version that the client has seen.
void add_version(json::object& input, const http::Request& request) {
  auto text = request.header("if-match");
  if (text.empty()) throw Problem{"if_match_missing"};
  if (text.size() > 2 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  // A tag that is not one of ours cannot be the current one.
  if (error != std::errc{} || end != text.data() + text.size()) throw Problem{"version_differs"};
  input["version"] = version;
}

}  // namespace

json::object gather_input(const Route& route, const json::object& properties,
                          const std::vector<std::string_view>& values, const http::Request& request) {
  json::object input;
  add_path(input, route, properties, values);
  if (route.rules.if_match) add_version(input, request);
  if (route.kind == Kind::read || route.kind == Kind::stream) {
    add_query(input, properties, request.query);
  } else if (!route.rules.takes.empty()) {
    const auto has = [&](std::string_view type) { return has_media_type(request, type); };
    if (std::ranges::none_of(route.rules.takes, has)) throw Problem{"unsupported_media_type"};
    add_query(input, properties, request.query);
  } else {
    if (!request.query.empty()) throw Problem{"bad_query"};
    add_body(input, request);
  }
  return input;
}

}  // namespace doorstep::api
