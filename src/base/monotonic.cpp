#include "base/monotonic.hpp"

namespace doorstep {

Microseconds monotonic_now() {
  return std::chrono::duration_cast<Microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace doorstep
