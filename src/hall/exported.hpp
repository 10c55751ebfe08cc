// What of this room leaves with the town; for wiring.
#pragma once

#include <vector>

#include "journal/exported.hpp"

namespace doorstep::hall {

std::vector<ExportedTable> exported_tables();

}  // namespace doorstep::hall
