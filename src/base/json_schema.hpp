// schema_of and type_name: what a type is called and what its JSON looks like, as data. See base/json.hpp.
#pragma once

#include <boost/json/value.hpp>

#include "base/json.hpp"

namespace doorstep {

namespace json_detail {

struct TypeInfo;

struct MemberInfo {
  std::string_view name;
  bool may_be_absent;
  MemberBounds bounds;
  const TypeInfo& (*type)();
};

// A type with its C++ forgotten. Built once for each; functions
// instead of references, so that a type may hold itself.
struct TypeInfo {
  Shape shape;
  bool is_int32;
  bool is_text;                     // in each of our languages
  std::string name;                 // of structs and enums
  std::string_view prefix;          // of ids
  const TypeInfo& (*inner)();       // of lists, maps, optionals and patches
  std::vector<MemberInfo> members;  // of structs
  std::span<const EnumName> names;  // of enums
};

boost::json::value schema_from(const TypeInfo& type, Use use, boost::json::object& components);

// Takes the name for this type; a second type of that name is a bug.
void claim_name(const TypeInfo& type);

// "Foo" of "auto f() [with T = doorstep::hall::Foo<int>]".
std::string name_in_signature(std::string_view signature);

template <class T>
std::string_view signature() {
  return __PRETTY_FUNCTION__;
}

template <class T>
struct NameOf {
  static std::string get() { return name_in_signature(signature<T>()); }
};
// Page<TicketView> is a TicketViewPage.
template <template <class...> class Outer, class... Parts>
struct NameOf<Outer<Parts...>> {
  static std::string get();
};

template <class T>
std::string find_name() {
  if constexpr (requires { std::string{T::schema_name}; }) {
    return std::string{T::schema_name};
  } else {
    return NameOf<T>::get();
  }
}

template <template <class...> class Outer, class... Parts>
std::string NameOf<Outer<Parts...>>::get() {
  return (find_name<Parts>() + ... + name_in_signature(signature<Outer<Parts...>>()));
}

template <class T>
const TypeInfo& type_info() {
  static const TypeInfo info = [] {
    constexpr auto shape = shape_of<T>;
    static_assert(shape != Shape::none, "this type has no JSON form; see base/json.hpp for those that have");
    TypeInfo made{.shape = shape,
                  .is_int32 = std::is_same_v<T, std::int32_t>,
                  .is_text = std::is_same_v<T, Text>,
                  .name = {},
                  .prefix = {},
                  .inner = nullptr,
                  .members = {},
                  .names = {}};
    if constexpr (shape == Shape::structure || shape == Shape::enumeration) made.name = find_name<T>();
    if constexpr (shape == Shape::enumeration) made.names = enum_names<T>;
    if constexpr (shape == Shape::id) made.prefix = T::tag::prefix;
    if constexpr (!std::is_void_v<Inner<T>>) made.inner = &type_info<Inner<T>>;
    if constexpr (shape == Shape::structure) {
      boost::mp11::mp_for_each<Members<T>>([&]<class D>(D) {
        made.members.push_back(
            {D::name, may_be_absent<MemberType<T, D>>, bounds_of<T, D>(), &type_info<MemberType<T, D>>});
      });
    }
    return made;
  }();
  return info;
}

}  // namespace json_detail

// The name of a described struct or enum as the schema has it, without "Input".
template <class T>
std::string type_name() {
  return json_detail::type_info<T>().name;
}

template <class T>
boost::json::value schema_of(Use use, boost::json::object& components) {
  return json_detail::schema_from(json_detail::type_info<T>(), use, components);
}

}  // namespace doorstep
