// The XML inside a spreadsheet, read as it comes. The only place that knows Expat.
//
// Names are given without their prefix (x:row is row), for programs differ in it. A document type is refused:
// no spreadsheet has one, and entities are how a small file becomes a large one.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "sheets/archive.hpp"

namespace doorstep::sheets {

class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}

  // By its name without a prefix.
  std::optional<std::string_view> find(std::string_view name) const;
  bool is_on(std::string_view name) const;  // "1" or "true"

 private:
  const char** pairs_;
};

class Listener {
 public:
  virtual ~Listener() = default;
  virtual void opens(std::string_view name, const Attributes& attributes) = 0;
  virtual void closes(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;  // in pieces
};

// What the listener throws ends the reading and comes out here. Throws Problem sheet_broken.
void read_markup(Archive& archive, const std::string& part, Listener& listener);

}  // namespace doorstep::sheets
