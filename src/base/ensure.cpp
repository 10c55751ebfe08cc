#include "base/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace doorstep {

void broken_promise(const char* promise, const std::source_location& where) {
  std::fprintf(stderr, "doorstep: this should never happen: %s\n  at %s:%u in %s\n", promise,
               where.file_name(), static_cast<unsigned>(where.line()), where.function_name());
  std::fflush(stderr);
  std::abort();
}

}  // namespace doorstep
