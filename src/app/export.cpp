#include "app/export.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/export_form.hpp"
#include "app/table_pages.hpp"
#include "app/version.hpp"
#include "base/json_value.hpp"
#include "base/log.hpp"
#include "journal/bytes.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

constexpr int column_width = 20;  // letters

// What stored files are called in the export, by their address in the town.
using StoredNames = std::map<std::string, std::string>;

void require_empty(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  if (!fs::is_directory(folder) || !fs::is_empty(folder))
    throw ImportError(
        fmt::format("{}: there is something here; export into a new or an empty folder", folder.string()));
}

// Copies those that were kept since the last look. What is kept stays, so a later snapshot has them all.
void copy_kept(Journal& journal, FileStore& files, const fs::path& folder, StoredNames& names) {
  std::vector<files::KeptFile> page;
  FileAddress after;
  do {
    journal.read_now(
        [&](Snapshot& snapshot, Instant) { page = files::kept_after(snapshot, after, files::collect_max); });
    for (const auto& [address, info] : page) {
      after = address;
      if (names.contains(address.text)) continue;
      const auto content = files.read(address);
      const auto name = stored_name(info.media_type, as_text(content));
      PrivateFile file{stored_file(folder, name)};
      file.write(as_text(content));
      file.finish();
      names.emplace(address.text, name);
    }
  } while (!page.empty());
}

bool has_all_kept(Snapshot& snapshot, const StoredNames& names) {
  FileAddress after;
  while (true) {
    const auto page = files::kept_after(snapshot, after, files::collect_max);
    if (page.empty()) return true;
    if (!std::ranges::all_of(page, [&](const auto& file) { return names.contains(file.address.text); }))
      return false;
    after = page.back().address;
  }
}

// Addresses are made with the town's keys: in an export a file has a name of its own.
void rename_files(const LeavingTable& table, const StoredNames& names, ExportedPage page) {
  for (std::size_t column = 0; column < table.table.columns.size(); ++column) {
    if (!table.is_file(column)) continue;
    for (auto& row : page) {
      if (auto* address = std::get_if<std::string>(&row.values[column])) *address = names.at(*address);
    }
  }
}

TableSummary write_table(Snapshot& snapshot, const fs::path& folder, const LeavingTable& table,
                         const StoredNames& names) {
  TableWriter writer{folder, table};
  TablePages pages{snapshot, table};
  const auto& keys = table.table.primary_key;
  const auto by_file = std::ranges::find_if(
      keys, [&](const std::string& key) { return table.is_file(table.table.index_of(key)); });
  std::vector<ExportedRow> in_other_order;
  for (auto page = pages.next(); !page.empty(); page = pages.next()) {
    rename_files(table, names, page);
    if (by_file != keys.end()) {
      std::ranges::move(page, std::back_inserter(in_other_order));
    } else {
      for (const auto& row : page) writer.add(row);
    }
  }
  std::ranges::sort(in_other_order, {}, [&](const ExportedRow& row) { return row.text(*by_file); });
  for (const auto& row : in_other_order) writer.add(row);
  return writer.finish();
}

// Nothing when a file was kept since they were copied.
std::optional<ExportSummary> write_tables(Journal& journal, const fs::path& folder,
                                          const std::vector<LeavingTable>& tables, const StoredNames& names) {
  std::optional<ExportSummary> summary;
  journal.read_now([&](Snapshot& snapshot, Instant at) {
    if (!has_all_kept(snapshot, names)) return;
    summary =
        ExportSummary{.program = std::string{version}, .made_at = at, .steps = schema_steps(), .tables = {}};
    for (const auto& table : tables) {
      if (table.goes_out()) summary->tables.push_back(write_table(snapshot, folder, table, names));
    }
  });
  return summary;
}

// The rows of one table for as many sheets as they need.
std::vector<sheets::SheetToCome> sheets_of(const fs::path& folder, const LeavingTable& table,
                                           std::int64_t rows, std::size_t rows_a_sheet) {
  std::vector<sheets::NewColumn> columns;
  for (std::size_t column = 0; column < table.table.columns.size(); ++column) {
    if (table.goes_out(column)) columns.push_back({table.table.columns[column].name, column_width});
  }
  const auto reader = std::make_shared<TableReader>(folder, table);
  const auto count =
      std::max<std::size_t>(1, (static_cast<std::size_t>(rows) + rows_a_sheet - 1) / rows_a_sheet);
  std::vector<sheets::SheetToCome> sheets;
  for (std::size_t number = 1; number <= count; ++number) {
    sheets.push_back({.name = number == 1 ? table.table.name : fmt::format("{} {}", table.table.name, number),
                      .columns = columns,
                      .next = [reader, row = ExportedRow{table.table},
                               left = rows_a_sheet](std::vector<std::string>& cells) mutable {
                        if (left == 0 || !reader->next(row)) return false;
                        --left;
                        for (std::size_t column = 0; column < row.values.size(); ++column) {
                          if (reader->table().goes_out(column))
                            cells.push_back(shown(row.values[column], reader->table().shown_as(column)));
                        }
                        return true;
                      }});
  }
  return sheets;
}

// From the files of the tables: the town's snapshot need not last that long.
void write_sheets(const fs::path& folder, const std::vector<LeavingTable>& tables,
                  const ExportSummary& summary, std::size_t rows_a_sheet) {
  std::map<std::string, std::vector<sheets::SheetToCome>> rooms;
  for (const auto& table : tables) {
    if (!table.goes_out()) continue;
    const auto rows = std::ranges::find(summary.tables, table.table.name, &TableSummary::name)->rows;
    std::ranges::move(sheets_of(folder, table, rows, rows_a_sheet), std::back_inserter(rooms[table.room]));
  }
  for (auto& [room, sheets] : rooms) {
    const auto file = sheets_file(folder, room);
    sheets::write_xlsx_file(file, std::move(sheets));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  }
}

ExportReport write_all(Journal& journal, FileStore& files, const fs::path& folder, std::size_t rows_a_sheet) {
  for (const auto* part : {"tables", "files", "sheets"}) make_private_folder(folder / part);
  const auto tables = leaving_tables();
  StoredNames names;
  std::optional<ExportSummary> summary;
  while (!summary) {
    copy_kept(journal, files, folder, names);
    summary = write_tables(journal, folder, tables, names);
  }
  write_sheets(folder, tables, *summary, rows_a_sheet);
  // Last: a folder without it is no export.
  PrivateFile file{summary_file(folder)};
  file.write(pretty_json(parse_json(write_json(*summary))));
  file.finish();
  ExportReport report{
      .tables = std::ssize(summary->tables), .files = std::ssize(names), .made_at = summary->made_at};
  for (const auto& table : summary->tables) report.rows += table.rows;
  return report;
}

}  // namespace

ExportReport export_town(Journal& journal, FileStore& files, const fs::path& folder,
                         std::size_t rows_a_sheet) {
  require_empty(folder);
  make_private_folder(folder);
  try {
    const auto report = write_all(journal, files, folder, rows_a_sheet);
    log_info("town_exported", {{"folder", folder.string()}, {"rows", std::to_string(report.rows)}});
    return report;
  } catch (...) {
    // Half an export is of no use, and stands open.
    for (const auto& left : fs::directory_iterator{folder}) fs::remove_all(left.path());
    throw;
  }
}

}  // namespace doorstep::app
