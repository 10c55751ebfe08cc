// What is wrong with a town's files: all of it, each with its file, its line and its path in the file.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "base/problem.hpp"

namespace doorstep::app {

class ImportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A file as it was read, and where its parts stand.
struct Document {
  std::string file;
  boost::json::value value;
  std::map<std::string, int, std::less<>> lines;  // by path: "venues[0].kind"

  // Of a part that is not there, that of the nearest one around it.
  int line_of(std::string_view path) const;
};

class ImportFaults {
 public:
  void add(std::string_view file, std::string_view what);
  void add(const Document& document, std::string_view path, std::string_view what);
  void add_all(const ImportFaults& others);

  bool empty() const { return said_.empty(); }
  // Throws ImportError with all of them, a line each.
  void throw_any() const;

 private:
  std::vector<std::string> said_;
};

// "out_of_range (1, 7)"
std::string words_of(const Problem& problem);

}  // namespace doorstep::app
