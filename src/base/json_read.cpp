#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include "base/json_faults.hpp"
#include "base/limits.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::json_detail {
namespace {

namespace bj = boost::json;

std::string_view view(const bj::string& text) { return {text.data(), text.size()}; }

void spell(std::string& out, const Path& path) {
  if (!path.parent) return;  // the whole document has no name
  spell(out, *path.parent);
  if (path.member.data() == nullptr) {
    out += '[';
    out += std::to_string(path.index);
    out += ']';
    return;
  }
  if (!out.empty()) out += '.';
  out += path.member;
}

[[noreturn]] void refuse(std::string_view code, const Path& path, std::vector<std::string> arguments = {}) {
  std::string where;
  spell(where, path);
  // A stranger chooses the names; the answer repeats a part of them at most.
  cut_utf8(where, json_path_bytes_max);
  throw Problem{code, std::move(arguments), std::move(where)};
}

[[noreturn]] void wrong_type(const Path& path, std::string expected) {
  refuse("wrong_type", path, {std::move(expected)});
}

[[noreturn]] void out_of_range(const Path& path, std::int64_t least, std::int64_t most) {
  refuse("out_of_range", path, {std::to_string(least), std::to_string(most)});
}

// A reader of files goes on after a fault and keeps it (json_faults.hpp); any other ends with its first.
template <class Read>
void keep_fault(const Path& path, const Read& read) {
  try {
    read();
  } catch (const Problem& fault) {
    const auto* root = &path;
    while (root->parent) root = root->parent;
    if (root->member.empty()) throw;
    static_cast<const CollectingRoot*>(root)->faults.push_back(fault);
  }
}

void check_count(std::size_t count, const Path& path, const Bounds& bounds) {
  if (count > bounds.length_max) refuse("too_long", path, {std::to_string(bounds.length_max)});
  if (count < bounds.length_min) refuse("too_short", path, {std::to_string(bounds.length_min)});
}

std::string_view text_of(const bj::value& value, const Path& path, const char* expected) {
  const auto* text = value.if_string();
  if (!text) wrong_type(path, expected);
  return view(*text);
}

// Builds the document, and counts the members that were written so that one written twice is noticed: the
// stack below keeps only the last of its name.
class Builder {
 public:
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  explicit Builder(bj::storage_ptr storage, unsigned char* scratch, std::size_t scratch_size)
      : stack_(bj::storage_ptr{}, scratch, scratch_size) {
    stack_.reset(std::move(storage));
  }

  bj::value release() { return stack_.release(); }
  std::size_t members_written() const { return members_written_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return true; }
  bool on_object_end(std::size_t count, bj::error_code& error) {
    // Names that collide in the hash table would make a long object slow.
    if (count > json_members_max) {
      error = bj::error::object_too_large;
      return false;
    }
    members_written_ += count;
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(bj::error_code&) { return true; }
  bool on_array_end(std::size_t count, bj::error_code&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, bj::string_view, bj::error_code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, bj::string_view text, bj::error_code&) {
    // Boost.JSON 1.81 may be off in the last digit (it reads 0.997872 as its neighbour). `text` is the whole
    // number, because the document is parsed in one piece.
    double exact = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, exact);
    stack_.push_double(error == std::errc{} && at == end ? exact : number);
    return true;
  }
  bool on_bool(bool truth, bj::error_code&) {
    stack_.push_bool(truth);
    return true;
  }
  bool on_null(bj::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bj::value_stack stack_;
  std::size_t members_written_ = 0;
};

std::size_t members_kept(const bj::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& member : *object) count += members_kept(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) count += members_kept(element);
  }
  return count;
}

}  // namespace

void with_document(std::string_view text, FunctionRef<void(const bj::value&)> use) {
  if (!valid_utf8(text)) throw Problem{"invalid_text"};

  // Most requests fit here and take nothing from the heap but the strings they end in.
  unsigned char values[4096];
  unsigned char scratch[2048];
  bj::monotonic_resource storage(values);
  bj::parse_options options;
  options.max_depth = json_depth_max;
  options.allow_invalid_utf8 = true;  // checked above, at once

  bj::basic_parser<Builder> parser(options, bj::storage_ptr(&storage), scratch, sizeof scratch);
  bj::error_code error;
  const auto used = parser.write_some(false, text.data(), text.size(), error);
  if (error || used < text.size()) throw Problem{"malformed_json"};

  const auto root = parser.handler().release();
  if (members_kept(root) != parser.handler().members_written()) throw Problem{"malformed_json"};
  use(root);
}

bool is_null(const bj::value& value) { return value.is_null(); }

bool read_bool(const bj::value& value, const Path& path) {
  const auto* truth = value.if_bool();
  if (!truth) wrong_type(path, "true, false");
  return *truth;
}

std::int64_t read_integer(const bj::value& value, const Path& path, std::int64_t least, std::int64_t most) {
  if (const auto* number = value.if_int64()) {
    if (*number < least || *number > most) out_of_range(path, least, most);
    return *number;
  }
  if (value.is_uint64()) out_of_range(path, least, most);  // only numbers above int64 come as such
  // Whole numbers beyond 64 bits come as doubles; 1.0 and 1e3 do too, and are no integers here.
  constexpr double two_to_63 = 9223372036854775808.0;
  if (const auto* number = value.if_double(); number && std::abs(*number) >= two_to_63) {
    out_of_range(path, least, most);
  }
  wrong_type(path, "integer");
}

double read_number(const bj::value& value, const Path& path, const Bounds& bounds) {
  if (!value.is_number()) wrong_type(path, "number");
  const auto number = value.is_double()  ? value.get_double()
                      : value.is_int64() ? static_cast<double>(value.get_int64())
                                         : static_cast<double>(value.get_uint64());
  // Without bounds of its own a double goes beyond the integers.
  const bool too_small = bounds.least != Bounds{}.least && number < static_cast<double>(bounds.least);
  const bool too_large = bounds.most != Bounds{}.most && number > static_cast<double>(bounds.most);
  if (!std::isfinite(number) || too_small || too_large) {
    out_of_range(path, bounds.least, bounds.most);
  }
  return number;
}

std::string read_text(const bj::value& value, const Path& path, const Bounds& bounds) {
  const auto text = text_of(value, path, "text");
  if (text.size() > bounds.length_max) refuse("too_long", path, {std::to_string(bounds.length_max)});
  if (std::memchr(text.data(), 0, text.size())) refuse("invalid_text", path);
  // In characters and without the space around, so that 1 means "not blank".
  if (bounds.length_min > 0 && character_count(trimmed(text)) < bounds.length_min) {
    refuse("too_short", path, {std::to_string(bounds.length_min)});
  }
  return std::string(text);
}

std::int64_t read_enum(const bj::value& value, const Path& path, std::span<const EnumName> names) {
  if (const auto* text = value.if_string()) {
    if (const auto* found = enum_detail::find_in(names, view(*text))) return found->value;
  }
  std::string expected;
  for (const auto& name : names) {
    if (!expected.empty()) expected += ", ";
    expected += name.name;
  }
  wrong_type(path, std::move(expected));
}

std::int64_t read_id(const bj::value& value, const Path& path, std::string_view prefix) {
  const auto id = parse_id(prefix, text_of(value, path, "id"));
  if (!id) wrong_type(path, "id " + std::string(prefix) + "_…");
  return *id;
}

Instant read_instant(const bj::value& value, const Path& path) {
  constexpr auto expected = "2026-11-24T08:00:00Z";
  const auto at = parse_instant(text_of(value, path, expected));
  if (!at) wrong_type(path, expected);
  return *at;
}

Day read_day(const bj::value& value, const Path& path) {
  constexpr auto expected = "2026-11-24";
  const auto day = parse_day(text_of(value, path, expected));
  if (!day) wrong_type(path, expected);
  return *day;
}

LocalTime read_local_time(const bj::value& value, const Path& path) {
  constexpr auto expected = "08:30";
  const auto time = parse_local_time(text_of(value, path, expected));
  if (!time) wrong_type(path, expected);
  return *time;
}

void read_list(const bj::value& value, const Path& path, const Bounds& bounds,
               FunctionRef<void(std::size_t)> begin, FunctionRef<void(const bj::value&, const Path&)> each) {
  const auto* array = value.if_array();
  if (!array) wrong_type(path, "list");
  check_count(array->size(), path, bounds);
  begin(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Path where{.parent = &path, .index = i};
    keep_fault(path, [&] { each((*array)[i], where); });
  }
}

void read_map(const bj::value& value, const Path& path, const Bounds& bounds,
              FunctionRef<void(std::string_view, const bj::value&, const Path&)> each) {
  const auto* object = value.if_object();
  if (!object) wrong_type(path, "object");
  check_count(object->size(), path, bounds);
  for (const auto& member : *object) {
    const std::string_view key{member.key().data(), member.key().size()};
    const Path where{.parent = &path, .member = key};
    keep_fault(path, [&] {
      if (key.size() > json_key_bytes_max) refuse("too_long", where, {std::to_string(json_key_bytes_max)});
      if (key.find('\0') != std::string_view::npos) refuse("invalid_text", where);
      each(key, member.value(), where);
    });
  }
}

void read_structure(const bj::value& value, const Path& path, std::span<const MemberReader> members,
                    void* object) {
  const auto* given = value.if_object();
  if (!given) wrong_type(path, "object");
  std::uint64_t seen = 0;
  for (const auto& member : *given) {
    const std::string_view key{member.key().data(), member.key().size()};
    const Path where{.parent = &path, .member = key};
    const auto found = std::ranges::find(members, key, &MemberReader::name);
    keep_fault(path, [&] {
      if (found == members.end()) refuse("unknown_member", where);
      seen |= std::uint64_t{1} << (found - members.begin());
      found->read(object, member.value(), where, found->bounds);
    });
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].needed || (seen >> i & 1U)) continue;
    keep_fault(path, [&] { refuse("missing_member", Path{.parent = &path, .member = members[i].name}); });
  }
}

}  // namespace doorstep::json_detail
