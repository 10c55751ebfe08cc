// A clock that only measures how long things took; it says nothing of the time of day and is never stored.
#pragma once

#include "base/time.hpp"

namespace doorstep {

Microseconds monotonic_now();

}  // namespace doorstep
