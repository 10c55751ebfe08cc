// The templates behind base/json.hpp: thin, so that they compile fast; the work is done in json_read.cpp and
// json_text.cpp on plain types.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "base/function_ref.hpp"
#include "base/json_shape.hpp"
#include "base/json_text.hpp"

namespace doorstep::json_detail {

// Where the reader is. Lives on the stack; spelled out only when something is refused.
struct Path {
  const Path* parent = nullptr;
  std::string_view member{};  // empty: an element of a list, at `index`
  std::size_t index = 0;
};

// Parses, and calls `use` with the whole; everything is gone when it returns.
void with_document(std::string_view text, FunctionRef<void(const boost::json::value&)> use);

bool is_null(const boost::json::value& value);
bool read_bool(const boost::json::value& value, const Path& path);
std::int64_t read_integer(const boost::json::value& value, const Path& path, std::int64_t least,
                          std::int64_t most);
double read_number(const boost::json::value& value, const Path& path, const Bounds& bounds);
std::string read_text(const boost::json::value& value, const Path& path, const Bounds& bounds);
std::int64_t read_enum(const boost::json::value& value, const Path& path, std::span<const EnumName> names);
std::int64_t read_id(const boost::json::value& value, const Path& path, std::string_view prefix);
Instant read_instant(const boost::json::value& value, const Path& path);
Day read_day(const boost::json::value& value, const Path& path);
LocalTime read_local_time(const boost::json::value& value, const Path& path);
void read_list(const boost::json::value& value, const Path& path, const Bounds& bounds,
               FunctionRef<void(std::size_t count)> begin,
               FunctionRef<void(const boost::json::value& element, const Path& path)> each);
void read_map(
    const boost::json::value& value, const Path& path, const Bounds& bounds,
    FunctionRef<void(std::string_view key, const boost::json::value& element, const Path& path)> each);

// One member of a struct, with its type forgotten.
struct MemberReader {
  std::string_view name;
  bool needed;
  MemberBounds bounds;
  void (*read)(void* object, const boost::json::value& value, const Path& path, const MemberBounds& bounds);
};

void read_structure(const boost::json::value& value, const Path& path, std::span<const MemberReader> members,
                    void* object);

template <class T>
void read_into(T& out, const boost::json::value& value, const Path& path, const MemberBounds& bounds);

template <class T, class Descriptor>
void read_member(void* object, const boost::json::value& value, const Path& path,
                 const MemberBounds& bounds) {
  read_into(static_cast<T*>(object)->*Descriptor::pointer, value, path, bounds);
}

template <class T>
inline constexpr auto member_readers = []<class... D>(boost::mp11::mp_list<D...>) {
  static_assert(sizeof...(D) <= 64, "the reader marks the members it has seen in 64 bits");
  return std::array<MemberReader, sizeof...(D)>{
      MemberReader{D::name, !may_be_absent<MemberType<T, D>>, bounds_of<T, D>(), &read_member<T, D>}...};
}(boost::mp11::mp_rename<Members<T>, boost::mp11::mp_list>{});

template <class T>
void read_into(T& out, const boost::json::value& value, const Path& path, const MemberBounds& bounds) {
  constexpr auto shape = shape_of<T>;
  static_assert(shape != Shape::none, "this type has no JSON form; see base/json.hpp for those that have");
  if constexpr (shape == Shape::boolean) {
    out = read_bool(value, path);
  } else if constexpr (shape == Shape::integer) {
    using Limits = std::numeric_limits<T>;
    out = static_cast<T>(read_integer(value, path, std::max<std::int64_t>(bounds.own.least, Limits::min()),
                                      std::min<std::int64_t>(bounds.own.most, Limits::max())));
  } else if constexpr (shape == Shape::number) {
    out = read_number(value, path, bounds.own);
  } else if constexpr (shape == Shape::text || shape == Shape::secret) {
    out = T(read_text(value, path, bounds.own));
  } else if constexpr (shape == Shape::enumeration) {
    out = static_cast<T>(read_enum(value, path, enum_names<T>));
  } else if constexpr (shape == Shape::id) {
    out.value = read_id(value, path, T::tag::prefix);
  } else if constexpr (shape == Shape::instant) {
    out = read_instant(value, path);
  } else if constexpr (shape == Shape::day) {
    out = read_day(value, path);
  } else if constexpr (shape == Shape::local_time) {
    out = read_local_time(value, path);
  } else if constexpr (shape == Shape::optional) {
    if (is_null(value)) {
      out.reset();
    } else {
      read_into(out.emplace(), value, path, bounds);
    }
  } else if constexpr (shape == Shape::patch) {
    out.present = true;
    read_into(out.value, value, path, bounds);
  } else if constexpr (shape == Shape::list) {
    out.clear();
    read_list(
        value, path, bounds.own, [&](std::size_t count) { out.reserve(count); },
        [&](const boost::json::value& element, const Path& where) {
          Inner<T> one{};
          read_into(one, element, where, MemberBounds{.own = bounds.element});
          out.push_back(std::move(one));
        });
  } else if constexpr (shape == Shape::map) {
    out.clear();
    read_map(value, path, bounds.own,
             [&](std::string_view key, const boost::json::value& element, const Path& where) {
               read_into(out[std::string(key)], element, where, MemberBounds{.own = bounds.element});
             });
  } else if constexpr (std::is_same_v<T, Text>) {
    auto languages = member_readers<Text>;
    for (auto& language : languages) language.bounds.own = bounds.own;
    read_structure(value, path, languages, &out);
  } else {
    read_structure(value, path, member_readers<T>, &out);
  }
}

// "key": with its quotes and colon, put together at compile time.
template <class Descriptor>
inline constexpr auto key_text = [] {
  constexpr std::string_view name{Descriptor::name};
  std::array<char, name.size() + 3> text{};
  text[0] = '"';
  name.copy(text.data() + 1, name.size());
  text[name.size() + 1] = '"';
  text[name.size() + 2] = ':';
  return text;
}();

// Every element has left a comma behind; the last one becomes the bracket.
inline void close(std::string& out, char bracket) {
  if (out.back() == ',') {
    out.back() = bracket;
  } else {
    out += bracket;
  }
}

template <class T>
void write(std::string& out, const T& value) {
  constexpr auto shape = shape_of<T>;
  if constexpr (shape == Shape::boolean) {
    out += value ? "true" : "false";
  } else if constexpr (shape == Shape::integer) {
    append_json_integer(out, value);
  } else if constexpr (shape == Shape::number) {
    append_json_number(out, value);
  } else if constexpr (shape == Shape::text) {
    append_json_text(out, value);
  } else if constexpr (shape == Shape::enumeration) {
    out += '"';
    out += name_of(value);
    out += '"';
  } else if constexpr (shape == Shape::id) {
    out += '"';
    append_id(out, T::tag::prefix, value.value);
    out += '"';
  } else if constexpr (shape == Shape::instant || shape == Shape::day || shape == Shape::local_time) {
    out += '"';
    append_to(out, value);
    out += '"';
  } else if constexpr (shape == Shape::optional) {
    if (value) {
      write(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (shape == Shape::patch) {
    write(out, value.value);
  } else if constexpr (shape == Shape::list) {
    out += '[';
    for (const auto& element : value) {
      write<Inner<T>>(out, element);
      out += ',';
    }
    close(out, ']');
  } else if constexpr (shape == Shape::map) {
    out += '{';
    for (const auto& [key, element] : value) {
      append_json_text(out, key);
      out += ':';
      write(out, element);
      out += ',';
    }
    close(out, '}');
  } else {
    static_assert(shape == Shape::structure);
    out += '{';
    boost::mp11::mp_for_each<Members<T>>([&]<class D>(D) {
      const auto& member = value.*D::pointer;
      if constexpr (shape_of<MemberType<T, D>> == Shape::patch) {
        if (!member.present) return;
      }
      out.append(key_text<D>.data(), key_text<D>.size());
      write(out, member);
      out += ',';
    });
    close(out, '}');
  }
}

}  // namespace doorstep::json_detail

namespace doorstep {

template <class T>
T read_json(std::string_view text) {
  static_assert(JsonReadable<T>, "a member has no JSON form; see base/json.hpp for those that have");
  T out{};
  json_detail::with_document(text, [&](const boost::json::value& root) {
    json_detail::read_into(out, root, json_detail::Path{}, json_detail::MemberBounds{});
  });
  return out;
}

template <class T>
  requires JsonWritable<T>
void write_json(std::string& out, const T& value) {
  json_detail::write(out, value);
}

template <class T>
  requires JsonWritable<T>
std::string write_json(const T& value) {
  std::string out;
  json_detail::write(out, value);
  return out;
}

}  // namespace doorstep
