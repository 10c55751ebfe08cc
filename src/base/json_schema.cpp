#include "base/json_schema.hpp"

#include <map>
#include <mutex>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/ensure.hpp"
#include "base/limits.hpp"

namespace doorstep::json_detail {
namespace {

namespace bj = boost::json;

bj::value text_like(Use use, const Bounds& bounds) {
  bj::object schema{{"type", "string"}};
  if (use == Use::input) {
    if (bounds.length_min > 0) schema["minLength"] = bounds.length_min;
    schema["maxLength"] = bounds.length_max;
  }
  return schema;
}

bj::value number_like(const TypeInfo& type, Use use, const Bounds& bounds) {
  const bool whole = type.shape == Shape::integer;
  bj::object schema{{"type", whole ? "integer" : "number"}};
  schema["format"] = !whole ? "double" : type.is_int32 ? "int32" : "int64";
  if (use == Use::input) {
    if (bounds.least != Bounds{}.least) schema["minimum"] = bounds.least;
    if (bounds.most != Bounds{}.most) schema["maximum"] = bounds.most;
  }
  return schema;
}

bj::value schema_within(const TypeInfo& type, Use use, const MemberBounds& bounds, bj::object& components);

bj::value list_like(const TypeInfo& type, Use use, const MemberBounds& bounds, bj::object& components) {
  bj::object schema{{"type", type.shape == Shape::list ? "array" : "object"}};
  const bool list = type.shape == Shape::list;
  if (use == Use::input) {
    if (bounds.own.length_min > 0) schema[list ? "minItems" : "minProperties"] = bounds.own.length_min;
    schema[list ? "maxItems" : "maxProperties"] = bounds.own.length_max;
    if (!list) schema["propertyNames"] = bj::object{{"maxLength", json_key_bytes_max}};
  }
  schema[list ? "items" : "additionalProperties"] =
      schema_within(type.inner(), use, MemberBounds{.own = bounds.element}, components);
  return schema;
}

bj::value or_null(bj::value schema) {
  auto& object = schema.as_object();
  if (auto* kind = object.if_contains("type"); kind && kind->is_string()) {
    *kind = bj::array{*kind, "null"};
    return schema;
  }
  if (object.contains("anyOf") || (object.contains("type") && object.at("type").is_array())) return schema;
  return bj::object{{"anyOf", bj::array{std::move(schema), bj::object{{"type", "null"}}}}};
}

// `bounds` are those that the struct hands on to its members.
bj::object structure_body(const TypeInfo& type, Use use, const Bounds& bounds, bj::object& components) {
  bj::object properties;
  bj::array required;
  for (const auto& member : type.members) {
    const auto& member_type = member.type();
    const auto within = type.is_text ? MemberBounds{.own = bounds} : member.bounds;
    properties[member.name] = schema_within(member_type, use, within, components);
    const bool optional = use == Use::input ? member.may_be_absent : member_type.shape == Shape::patch;
    if (!optional) required.emplace_back(member.name);
  }
  bj::object body{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) body["required"] = std::move(required);
  if (use == Use::input) body["additionalProperties"] = false;
  return body;
}

bj::object enum_body(const TypeInfo& type) {
  bj::array names;
  for (const auto& name : type.names) names.emplace_back(name.name);
  return {{"type", "string"}, {"enum", std::move(names)}};
}

bj::value reference_to(const TypeInfo& type, Use use, bj::object& components) {
  claim_name(type);
  const bool differs = type.shape == Shape::structure && use == Use::input;
  const auto name = differs ? type.name + "Input" : type.name;
  if (!components.contains(name)) {
    components[name] = nullptr;  // its place is taken while it is made: it may refer to itself
    auto body =
        type.shape == Shape::enumeration ? enum_body(type) : structure_body(type, use, Bounds{}, components);
    components[name] = std::move(body);
  }
  return bj::object{{"$ref", "#/components/schemas/" + name}};
}

bj::value schema_within(const TypeInfo& type, Use use, const MemberBounds& bounds, bj::object& components) {
  switch (type.shape) {
    case Shape::none: break;
    case Shape::boolean: return {{"type", "boolean"}};
    case Shape::integer:
    case Shape::number: return number_like(type, use, bounds.own);
    case Shape::text: return text_like(use, bounds.own);
    case Shape::secret: {
      auto schema = text_like(use, bounds.own);
      schema.as_object()["format"] = "password";
      schema.as_object()["writeOnly"] = true;
      return schema;
    }
    case Shape::id: return {{"type", "string"}, {"pattern", "^" + std::string(type.prefix) + "_[0-9a-z]+$"}};
    case Shape::instant: return {{"type", "string"}, {"format", "date-time"}};
    case Shape::day: return {{"type", "string"}, {"format", "date"}};
    case Shape::local_time:
      return {{"type", "string"}, {"pattern", "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"}};
    case Shape::list:
    case Shape::map: return list_like(type, use, bounds, components);
    case Shape::optional: return or_null(schema_within(type.inner(), use, bounds, components));
    case Shape::patch: return schema_within(type.inner(), use, bounds, components);
    case Shape::enumeration: return reference_to(type, use, components);
    case Shape::structure:
      // A text with bounds of its own is not the one that others refer to.
      if (type.is_text && use == Use::input && bounds.own != Bounds{})
        return structure_body(type, use, bounds.own, components);
      return reference_to(type, use, components);
  }
  ensure(false, "every type in a described struct has a JSON form");
  return nullptr;
}

}  // namespace

bj::value schema_from(const TypeInfo& type, Use use, bj::object& components) {
  return schema_within(type, use, MemberBounds{}, components);
}

void claim_name(const TypeInfo& type) {
  static std::mutex mutex;
  static std::map<std::string, const TypeInfo*> owners;
  const std::scoped_lock lock(mutex);
  const auto [at, fresh] = owners.emplace(type.name, &type);
  ensure(fresh || at->second == &type, ("two types are called " + type.name + " in the API").c_str());
}

std::string name_in_signature(std::string_view signature) {
  // g++ ends the type with ";" or "]", clang++ with "]"; both begin it with "T = ".
  const auto from = signature.find("T = ");
  ensure(from != std::string_view::npos, "the compiler writes signatures with \"T = \"");
  std::size_t name_from = from + 4;
  int depth = 0;
  for (auto at = name_from; at < signature.size(); ++at) {
    const char c = signature[at];
    const bool ends = depth == 0 && (c == ';' || c == ']' || c == '<');
    if (ends) return std::string(signature.substr(name_from, at - name_from));
    if (c == '(' || c == '{' || c == '[' || c == '<') ++depth;
    if (c == ')' || c == '}' || c == ']' || c == '>') --depth;
    if (depth == 0 && c == ':') name_from = at + 1;
  }
  ensure(false, "the compiler closes its signatures");
  return {};
}

}  // namespace doorstep::json_detail
