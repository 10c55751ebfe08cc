// Importing a town, or a part of its network, from the files that engineers keep. Errors name the file, the
// line and the path in it, all of them at once.
#pragma once

#include <filesystem>

#include "app/import_faults.hpp"
#include "app/town_changes.hpp"
#include "journal/journal.hpp"

namespace doorstep::app {

enum class ImportRun { for_good, dry };

// One command: all of it or nothing, and of a dry run nothing. Doing it again changes only what differs. Demo
// sign-ins are made where the files have them and the town says that it is a demo. Throws ImportError.
TownChanges import_network(Journal& journal, const std::filesystem::path& files,
                           ImportRun run = ImportRun::for_good);

}  // namespace doorstep::app
