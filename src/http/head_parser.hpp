// The head of a request, read with Beast's parser and then judged more strictly than Beast does: whatever two
// programs on the way could read in two ways (RFC 9112 section 11) is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "http/http.hpp"

namespace doorstep::http {

// The header fields in the order received; views of the bytes given to parse_head.
class Fields {
 public:
  struct Field {
    std::string_view name;  // in the case received
    std::string_view value;
  };

  void clear() { fields_.clear(); }
  void add(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }
  // The first of that (lower case) name, or nullptr.
  const Field* find(std::string_view lower_case_name) const;
  std::size_t count(std::string_view lower_case_name) const;
  const std::vector<Field>& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

bool same_name(std::string_view name, std::string_view lower_case_name);

// What the connection must know of a head; what the handler must know goes into the Request.
struct Head {
  bool http11 = true;
  bool keep_alive = true;
  bool chunked = false;
  std::uint64_t content_length = 0;
  bool expects_continue = false;
  bool asks_server = false;  // OPTIONS *
};

// `bytes`: from the first byte of the request line to the empty line, both included. Fills method,
// method_text, path, query and fields of `request`. False when the head is malformed or ambiguous.
bool parse_head(std::string_view bytes, Request& request, Fields& fields, Head& head);

}  // namespace doorstep::http
