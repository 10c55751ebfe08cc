// The pages that the program carries: the resident's, the
// console and the display, compressed when they were built.
//
//   /            and /find, /matters/…, /branch, /t/…, /c/…   the resident's page
//   /console/…   /display/…                   the officer's and the hall's screen
//   /<app>/assets/…                           what they load, named by content and cached for good
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/http.hpp"

namespace doorstep::app {

struct BuiltPage {
  std::string path;  // "/resident/index.html"
  std::string etag;
  std::string_view plain;
  std::string_view brotli;  // empty: not there
  std::string_view gzip;
};

// From the build; see cmake/embed_pages.cmake.
std::vector<BuiltPage> built_pages();

class Pages {
 public:
  explicit Pages(std::vector<BuiltPage> pages);

  // The answer to a GET or HEAD of a page; nothing when there is no such page.
  std::optional<http::Response> find(const http::Request& request) const;
  bool empty() const { return pages_.empty(); }

 private:
  std::map<std::string, BuiltPage, std::less<>> pages_;
};

// Headers that every answer of the program bears, pages and API alike.
void add_security_headers(http::Response& response, bool secure);

}  // namespace doorstep::app
