// Importing a town from a folder of files: town.yaml and what it
// refers to. Errors name the file and the path in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "journal/journal.hpp"

namespace doorstep::app {

class ImportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ImportReport {
  std::size_t organisations = 0, venues = 0, halls = 0, communities = 0, matters_changed = 0,
              calendar_days = 0, staff_made = 0;
};

// One command: all of it or nothing. Doing it again changes only what differs. Demo sign-ins are made where
// the file has them and the town says that it is a demo.
ImportReport import_town(Journal& journal, const std::filesystem::path& folder);

}  // namespace doorstep::app
