// What must be true unless there is a bug. A broken promise ends the process, in release builds too: a town's
// data is safer with a program that stops and starts again than with one that goes on.
#pragma once

#include <source_location>

namespace doorstep {

[[noreturn]] void broken_promise(const char* promise, const std::source_location& where);

constexpr void ensure(bool kept, const char* promise,
                      const std::source_location& where = std::source_location::current()) {
  if (!kept) [[unlikely]]
    broken_promise(promise, where);
}

}  // namespace doorstep
