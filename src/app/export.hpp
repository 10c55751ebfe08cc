// A town leaves with all its data, and comes in somewhere else: doorstep export, and doorstep import of what
// it wrote. The form is that of export_form.hpp. What of a room goes out, the room says itself
// (exported_tables).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "base/time.hpp"
#include "journal/files.hpp"
#include "journal/journal.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::app {

struct ExportReport {
  std::int64_t tables = 0, rows = 0, files = 0;
  Instant made_at;  // of the town as it was then
};

// Writes the whole town as of one moment into a folder that is new or empty; personal data stands there open.
// Some hundred rows are in memory at a time, and the addresses of stored files. Throws ImportError for a
// folder that has something in it; whatever fails, nothing is left in it.
ExportReport export_town(Journal& journal, FileStore& files, const std::filesystem::path& folder,
                         std::size_t rows_a_sheet = sheets::data_rows_max);

// Whether the folder holds an export, and not the files of a town that somebody wrote.
bool is_export(const std::filesystem::path& folder);

// Fills a town that has nothing but its schema. Ids and seq stay; what is personal is sealed under this
// town's keys, which are others. One command: all of it, or nothing. Throws ImportError for an export that is
// not whole or not of this program's schema, and for a town in which something is.
ExportReport take_in_export(Journal& journal, FileStore& files, const std::filesystem::path& folder);

}  // namespace doorstep::app
