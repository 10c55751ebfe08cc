// What of this room leaves with the town: all of it, but for the tokens on people's slips.
#include "hall/exported.hpp"

namespace doorstep::hall {

std::vector<ExportedTable> exported_tables() {
  return {
      {"halls"},
      {"service_groups"},
      {"services"},
      {"windows"},
      {"window_groups"},
      {"tickets",
       {token_column("token_hash", "ticket"),
        column_left_out("device", "hash of a browser's cookie, by the town's key", std::string{})}},
  };
}

}  // namespace doorstep::hall
