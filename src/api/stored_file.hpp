// An answer that is a file as somebody put it. What it is says its content, looked at when it came in; a
// browser is told to believe that and nothing else, to save it and not to open it in its place, and to cache
// nothing.
#pragma once

#include <functional>
#include <string>

namespace doorstep {

struct StoredFile {
  std::string media_type;             // one of those that the route's row gives
  std::string name;                   // with its ending
  std::function<std::string()> read;  // by a worker, after the query or command
};

}  // namespace doorstep
