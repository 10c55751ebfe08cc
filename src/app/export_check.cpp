// Whether an export is whole, before anything of it is taken in.
#include <algorithm>
#include <array>
#include <sstream>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "app/export_form.hpp"
#include "app/import_faults.hpp"
#include "base/json_value.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view changed =
    "it is not as the export wrote it (SHA-256); take the export from another copy";

std::string content_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) throw ImportError(fmt::format("{}: the file cannot be read", file.string()));
  std::ostringstream content;
  content << in.rdbuf();
  return std::move(content).str();
}

std::string digest_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) throw ImportError(fmt::format("{}: the file cannot be read", file.string()));
  Sha256 digest;
  std::array<char, 64 * 1024> piece;
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0)
    digest.add({piece.data(), static_cast<std::size_t>(in.gcount())});
  return digest.hex();
}

// The format first: of a newer one nothing else can be read for certain.
ExportSummary read_summary(const fs::path& file) {
  const auto text = content_of(file);
  try {
    const auto whole = parse_json(text);
    const auto* members = whole.if_object();
    const auto* format = members == nullptr ? nullptr : members->if_contains("format");
    if (format != nullptr && format->is_int64() && format->get_int64() > export_format) {
      throw ImportError(fmt::format(
          "{}: format: the export is of format {}, and this program reads {}. A newer program made it; use that one",
          file.string(), format->get_int64(), export_format));
    }
    return read_value<ExportSummary>(whole);
  } catch (const Problem& problem) {
    throw ImportError(fmt::format("{}: {}: {}", file.string(),
                                  problem.path.empty() ? "the file" : problem.path, words_of(problem)));
  }
}

void require_same_schema(const ExportSummary& summary, const fs::path& file) {
  if (summary.steps == schema_steps()) return;
  throw ImportError(fmt::format(
      "{}: steps: the export was made by Doorstep {}, whose tables are others than this program's."
      " Import it with that version, and then upgrade",
      file.string(), summary.program));
}

const TableSummary& summary_of(const ExportSummary& summary, const LeavingTable& table,
                               const fs::path& file) {
  const auto found = std::ranges::find(summary.tables, table.table.name, &TableSummary::name);
  if (found == summary.tables.end())
    throw ImportError(fmt::format("{}: tables: {} is missing", file.string(), table.table.name));
  return *found;
}

// Reads all of it, for the first line that is wrong says more than that something is.
void explain_damage(const fs::path& folder, const LeavingTable& table) {
  TableReader reader{folder, table};
  ExportedRow row{table.table};
  while (reader.next(row)) {
  }
  throw ImportError(fmt::format("{}: {}", table_file(folder, table.table.name).string(), changed));
}

void require_whole(const fs::path& folder, const LeavingTable& table, const TableSummary& summary) {
  const auto file = table_file(folder, table.table.name);
  if (digest_of(file) != summary.sha256) explain_damage(folder, table);
}

void require_stored_files(const fs::path& folder, const LeavingTable& table) {
  TableReader reader{folder, table};
  for (ExportedRow row{table.table}; reader.next(row);) {
    const auto file = stored_file(folder, row.text("address"));
    if (stored_name(row.text("media_type"), content_of(file)) != row.text("address"))
      throw ImportError(fmt::format("{}: {}", file.string(), changed));
  }
}

}  // namespace

ExportSummary checked_summary(const fs::path& folder, const std::vector<LeavingTable>& tables) {
  const auto file = summary_file(folder);
  auto summary = read_summary(file);
  require_same_schema(summary, file);
  for (const auto& table : tables) {
    if (!table.goes_out()) continue;
    require_whole(folder, table, summary_of(summary, table, file));
    if (table.table.name == "files") require_stored_files(folder, table);
  }
  return summary;
}

}  // namespace doorstep::app
