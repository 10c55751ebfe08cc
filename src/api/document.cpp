// The OpenAPI 3.1 document, printed from the route table.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "api/api.hpp"
#include "base/json_value.hpp"
#include "base/limits.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

namespace json = boost::json;

namespace detail {

std::string operation_name(std::string_view type_name) {
  std::string name;
  for (const char c : type_name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !name.empty()) name += '_';
    name += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

json::object& struct_schema(const json::value& schema, json::object& components) {
  const auto& reference = schema.as_object().at("$ref").as_string();
  const auto slash = std::string_view{reference}.rfind('/');
  return components.at(std::string_view{reference}.substr(slash + 1)).as_object();
}

}  // namespace detail

namespace {

constexpr std::string_view problem_reference = "#/components/schemas/ProblemDetails";

json::object reference(std::string_view name) { return {{"$ref", name}}; }

bool is_required(const json::object& schema, std::string_view member) {
  const auto* required = schema.if_contains("required");
  return required != nullptr && std::ranges::any_of(required->as_array(), [&](const json::value& each) {
           return std::string_view{each.as_string()} == member;
         });
}

// What is left of the wish's members for the body, or null when all of them come from elsewhere.
json::value body_schema(const json::object& wish, const std::set<std::string, std::less<>>& elsewhere) {
  json::object properties;
  json::array required;
  for (const auto& [name, schema] : wish.at("properties").as_object()) {
    if (elsewhere.contains(std::string_view{name})) continue;
    properties[name] = schema;
    if (is_required(wish, name)) required.push_back(json::value(name));
  }
  if (properties.empty()) return nullptr;
  json::object schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

// The problems of a route by status: its own and those that the table adds for its kind.
std::map<int, std::set<std::string>> problems_of(const Route& route) {
  std::set<std::string> codes(route.rules.problems.begin(), route.rules.problems.end());
  const auto add = [&](std::initializer_list<const char*> more) { codes.insert(more.begin(), more.end()); };
  add({"storage_unavailable", "internal_error", "too_many_requests", "bad_query", "unknown_member"});
  if (!route.parameters.empty() || !route.body.is_null()) {
    add({"bad_path", "wrong_type", "missing_member", "too_long", "too_short", "out_of_range",
         "invalid_text"});
  }
  if (std::ranges::find(route.parameters, "cursor", &Parameter::name) != route.parameters.end())
    add({"bad_cursor"});
  if (route.whole_list) add({"list_too_long_for_sheet"});
  if (route.kind == Kind::write || route.kind == Kind::look) {
    add({"malformed_json", "wrong_type", "invalid_text", "unsupported_media_type", "body_too_large",
         "bad_idempotency_key", "key_reused", "overloaded", "outcome_unknown"});
  }
  if (!route.rules.who.anyone) {
    add({"not_signed_in", "session_expired"});
    if (route.rules.who.is_staff()) add({"not_allowed"});
    if (route.kind != Kind::read) add({"csrf_missing"});
  }
  // Some topics are for some.
  if (route.kind == Kind::stream) add({"not_signed_in", "not_allowed"});
  if (route.rules.if_match) add({"if_match_missing", "version_differs"});
  std::map<int, std::set<std::string>> by_status;
  for (const auto& code : codes) by_status[problem_text(code).status].insert(code);
  return by_status;
}

json::object problem_response(const std::set<std::string>& codes) {
  std::string list;
  for (const auto& code : codes) list += (list.empty() ? "" : ", ") + code;
  json::array examples(codes.begin(), codes.end());
  return {{"description", list},
          {"content",
           {{"application/problem+json",
             {{"schema",
               {{"allOf", json::array{reference(problem_reference)}},
                {"properties", {{"code", {{"enum", examples}}}}}}}}}}}};
}

// A few problems that often come together are described once, under a name of all of them.
bool is_described_once(const std::set<std::string>& codes) {
  constexpr std::size_t few = 3;
  return codes.size() <= few;
}
std::string name_together(const std::set<std::string>& codes) {
  std::string name;
  for (const auto& code : codes) name += (name.empty() ? "" : ".") + code;
  return name;
}
json::object problem_in_operation(const std::set<std::string>& codes) {
  if (!is_described_once(codes)) return problem_response(codes);
  return reference("#/components/responses/" + name_together(codes));
}

json::object success_response(const Route& route) {
  json::object response{{"description", "Done"}};
  if (route.kind == Kind::stream) {
    response["content"] = {{"text/event-stream", {{"schema", {{"type", "string"}}}}}};
  } else if (!route.rules.gives.empty()) {
    json::object content;
    for (const auto type : route.rules.gives)
      content[type] = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
    response["content"] = content;
  } else if (!route.view.is_null()) {
    response["content"] = {{"application/json", {{"schema", route.view}}}};
  }
  return response;
}

json::array parameters_of(const Route& route) {
  json::array list;
  for (const auto& parameter : route.parameters) {
    json::object row{{"name", parameter.name},
                     {"in", parameter.in_path ? "path" : "query"},
                     {"required", parameter.required},
                     {"schema", parameter.schema}};
    if (!parameter.in_path && parameter.schema.is_object()) {
      const auto* type = parameter.schema.get_object().if_contains("type");
      if (type != nullptr && *type == "array") row["explode"] = false;
    }
    list.push_back(row);
  }
  if (route.kind == Kind::write) list.push_back(reference("#/components/parameters/IdempotencyKey"));
  if (route.rules.if_match) list.push_back(reference("#/components/parameters/IfMatch"));
  if (!route.rules.who.anyone && route.kind != Kind::read && route.kind != Kind::stream) {
    list.push_back(reference("#/components/parameters/Csrf"));
  }
  if (route.kind == Kind::stream) list.push_back(reference("#/components/parameters/LastEventId"));
  return list;
}

const char* security_of(const Who& who) {
  if (who.is_resident) return "resident";
  return who.is_device ? "device" : "session";
}

json::object operation_of(const Route& route) {
  json::object responses{{std::to_string(route.rules.success), success_response(route)}};
  for (const auto& [status, codes] : problems_of(route))
    responses[std::to_string(status)] = problem_in_operation(codes);
  json::object operation{{"operationId", route.name},
                         {"summary", route.rules.summary},
                         {"tags", json::array{json::value(route.tag)}},
                         {"x-doorstep-kind", name_of(route.kind)},
                         {"x-doorstep-queries", route.rules.queries}};
  if (auto parameters = parameters_of(route); !parameters.empty()) operation["parameters"] = parameters;
  if (!route.body.is_null()) {
    operation["requestBody"] = {{"required", route.body.get_object().contains("required")},
                                {"content", {{"application/json", {{"schema", route.body}}}}}};
  }
  if (!route.rules.takes.empty()) {
    json::object content;
    for (const auto type : route.rules.takes)
      content[type] = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
    operation["requestBody"] = {{"required", true}, {"content", std::move(content)}};
  }
  operation["responses"] = responses;
  const auto& who = route.rules.who;
  operation["security"] =
      who.anyone ? json::array{json::object{}} : json::array{{{security_of(who), json::array{}}}};
  return operation;
}

json::object header_parameter(std::string_view name, bool required, std::string_view description,
                              json::object schema) {
  return {{"name", name},
          {"in", "header"},
          {"required", required},
          {"description", description},
          {"schema", schema}};
}

json::object shared_parameters() {
  return {
      {"IdempotencyKey",
       header_parameter(
           "Idempotency-Key", false,
           "Chosen by the client, new for each thing done, the same when it is sent again.",
           {{"type", "string"}, {"minLength", idempotency_key_min}, {"maxLength", idempotency_key_max}})},
      {"IfMatch",
       header_parameter("If-Match", true, "The version that was seen, in quotes.", {{"type", "string"}})},
      {"Csrf", header_parameter("X-Doorstep-Csrf", true, "The session's csrf word.", {{"type", "string"}})},
      {"LastEventId",
       header_parameter("Last-Event-ID", false, "Resume after this seq.", {{"type", "string"}})}};
}

json::object problem_schema() {
  const json::object text{{"type", "string"}};
  // What still holds the thing that was to end, where that is why.
  const json::object used{{"type", "object"},
                          {"required", json::array{"use", "text"}},
                          {"properties", {{"use", text}, {"text", text}}}};
  return {{"type", "object"},
          {"required", json::array{"type", "title", "status", "code", "detail", "path", "request_id"}},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"code", text},
            {"detail", text},
            {"path", {{"type", json::array{"string", "null"}}}},
            {"request_id", text},
            {"uses", {{"type", "array"}, {"items", used}}}}}};
}

}  // namespace

Api::Endpoint& Api::add_route(Route route, const json::object& wish, const json::object& components) {
  if (route.rules.success == 0) route.rules.success = 200;
  std::set<std::string, std::less<>> elsewhere;
  const auto& properties = wish.at("properties").as_object();
  for (auto& name : api::parameters_of(route.path)) {
    route.parameters.push_back({name, true, true, properties.at(name)});
    elsewhere.insert(std::move(name));
  }
  if (route.rules.if_match) elsewhere.insert("version");
  const bool asks_by_query =
      route.kind == Kind::read || route.kind == Kind::stream || !route.rules.takes.empty();
  if (asks_by_query) {
    for (const auto& [name, schema] : properties) {
      if (elsewhere.contains(std::string_view{name})) continue;
      route.parameters.push_back({std::string{name}, false, is_required(wish, name), schema});
    }
  } else {
    route.body = body_schema(wish, elsewhere);
  }
  // What body and query refer to; the wish itself is not shown, for parts of it come from path and headers.
  for (const auto& [name, schema] : components) {
    if (&schema.as_object() != &wish) components_[name] = schema;
  }
  for (const auto code : route.rules.problems) problem_text(code);
  auto endpoint = std::make_unique<Endpoint>();
  endpoint->properties = properties;
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  endpoint->route = routes_.back().get();
  endpoints_.push_back(std::move(endpoint));
  router_.add(routes_.back()->method, routes_.back()->path, endpoints_.size() - 1);
  return *endpoints_.back();
}

std::string Api::document() const {
  json::object paths;
  std::map<std::string, json::object> responses;
  for (const auto& route : routes_) {
    auto method = route->method;
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
    auto& path = paths[route->path];
    if (!path.is_object()) path.emplace_object();
    path.get_object()[method] = operation_of(*route);
    for (const auto& [status, codes] : problems_of(*route)) {
      if (is_described_once(codes)) responses.emplace(name_together(codes), problem_response(codes));
    }
  }
  json::array tag_list;
  for (const auto& [tag, about] : tags_)
    tag_list.push_back(json::object{{"name", tag}, {"description", about}});
  auto schemas = components_;
  schemas["ProblemDetails"] = problem_schema();
  const json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Doorstep"},
        {"version", "1"},
        {"description", "The HTTP interface of a town's network of community service centres."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", json::array{{{"url", "/"}}}},
      {"tags", tag_list},
      {"paths", paths},
      {"components",
       {{"schemas", schemas},
        {"parameters", shared_parameters()},
        {"responses", json::object(responses.begin(), responses.end())},
        {"securitySchemes",
         {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "doorstep_session"}}},
          {"resident", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "doorstep_resident"}}},
          {"device", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "doorstep_paired"}}}}}}}};
  return pretty_json(document);
}

}  // namespace doorstep::api
