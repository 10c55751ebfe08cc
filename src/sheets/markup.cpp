#include "sheets/markup.hpp"

#include <exception>
#include <memory>
#include <stdexcept>

#include <expat.h>

#include "base/problem.hpp"

namespace doorstep::sheets {

namespace {

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

std::string_view local(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Nothing may be thrown through Expat: it is kept until Expat has returned.
struct Reading {
  XML_Parser parser;
  Listener& listener;
  std::exception_ptr failure = {};

  template <class Step>
  void guarded(Step step) {
    if (failure) return;
    try {
      step();
    } catch (...) {
      failure = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

void on_open(void* reading, const char* name, const char** attributes) {
  auto& self = *static_cast<Reading*>(reading);
  self.guarded([&] { self.listener.opens(local(name), Attributes{attributes}); });
}

void on_close(void* reading, const char* name) {
  auto& self = *static_cast<Reading*>(reading);
  self.guarded([&] { self.listener.closes(local(name)); });
}

void on_text(void* reading, const char* text, int size) {
  auto& self = *static_cast<Reading*>(reading);
  self.guarded([&] { self.listener.text({text, static_cast<std::size_t>(size)}); });
}

void on_doctype(void* reading, const char*, const char*, const char*, int) {
  static_cast<Reading*>(reading)->guarded([] { throw Problem{"sheet_broken"}; });
}

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return std::string_view{pair[1]};
  }
  return std::nullopt;
}

bool Attributes::is_on(std::string_view name) const {
  const auto value = find(name);
  return value && (*value == "1" || *value == "true");
}

void read_markup(Archive& archive, const std::string& part, Listener& listener) {
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser{XML_ParserCreate(nullptr)};
  if (!parser) throw std::runtime_error("no memory for reading XML");
  Reading reading{.parser = parser.get(), .listener = listener};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const auto feed = [&](std::string_view piece, bool last) {
    const auto status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
    if (reading.failure) std::rethrow_exception(reading.failure);
    if (status != XML_STATUS_OK) throw Problem{"sheet_broken"};
  };
  archive.read(part, [&](std::string_view piece) { feed(piece, false); });
  feed({}, true);
}

}  // namespace doorstep::sheets
