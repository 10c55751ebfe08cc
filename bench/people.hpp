// The group "people": what it costs to ask who may do what, in a city's network.
#pragma once

#include "bench/row.hpp"

namespace doorstep::bench {

Row permission_check();

}  // namespace doorstep::bench
