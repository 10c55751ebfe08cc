// What of this room leaves with the town; for wiring.
#pragma once

#include <vector>

#include "journal/exported.hpp"

namespace doorstep::network {

std::vector<ExportedTable> exported_tables();

}  // namespace doorstep::network
