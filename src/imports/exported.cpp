// What of this room leaves with the town: all of it, with the uploads that are still kept.
#include "imports/exported.hpp"

namespace doorstep::imports {

std::vector<ExportedTable> exported_tables() {
  return {
      {"imports", {sealed_column("imports", "labels", SealedAs::json), file_column("file")}},
      {"import_rows"},
  };
}

}  // namespace doorstep::imports
