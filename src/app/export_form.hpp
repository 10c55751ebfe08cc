// The form in which a town leaves: a folder that anybody can read without this program.
//
//   town.json          what made it and when, and of each table its rows and the SHA-256 of its file
//   tables/NAME.json   a JSON list, one row a line, in the order of the primary key; instants as RFC 3339,
//   ids
//                      as numbers, bytes as base64url, personal data open
//   files/NAME         stored files, by the name that the rows of tables/files.json give them
//   sheets/ROOM.xlsx   the same rows, a sheet for each table; for people only, an import does not read them
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_faults.hpp"
#include "app/private_file.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"
#include "journal/exported.hpp"
#include "storage/tables.hpp"

namespace doorstep::app {

// Counts up when an older program could not read what a newer one writes.
inline constexpr std::int32_t export_format = 1;

struct TableSummary {
  std::string name;
  std::int64_t rows = 0;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(TableSummary, (), (name, rows, sha256))

struct ExportSummary {
  std::int32_t format = export_format;
  std::string program;
  Instant made_at;
  std::vector<std::string> steps;  // of the schema, "hall/0001_hall": they say which columns there are
  std::vector<TableSummary> tables;
};
BOOST_DESCRIBE_STRUCT(ExportSummary, (), (format, program, made_at, steps, tables))

std::filesystem::path summary_file(const std::filesystem::path& folder);
std::filesystem::path table_file(const std::filesystem::path& folder, const std::string& table);
std::filesystem::path stored_file(const std::filesystem::path& folder, const std::string& name);
std::filesystem::path sheets_file(const std::filesystem::path& folder, const std::string& room);
// What a stored file is called in an export: a digest of its media type and content.
std::string stored_name(std::string_view media_type, std::string_view content);

// A table with all that is known of it: its columns, and how it leaves.
struct LeavingTable {
  std::string room;
  storage::Table table;
  ExportedTable how;
  std::vector<const ExportedColumn*> special;  // by column; null: it goes out as it stands

  explicit LeavingTable(std::string room_, storage::Table table_, ExportedTable how_);
  LeavingTable(const LeavingTable&) = delete;
  LeavingTable(LeavingTable&&) = default;

  bool goes_out() const { return how.left_out.empty(); }
  bool goes_out(std::size_t column) const;
  // As what the value is written: what is sealed goes out as text.
  storage::Holds shown_as(std::size_t column) const;
  bool is_file(std::size_t column) const { return special[column] != nullptr && special[column]->file; }
};

// All tables of the town, in the order in which they come in.
std::vector<LeavingTable> leaving_tables();
// The steps of this program's schema.
std::vector<std::string> schema_steps();

// A value as people read it: for a cell, and in quotes for JSON.
std::string shown(const ExportedValue& value, storage::Holds as);

class TableWriter {
 public:
  TableWriter(const std::filesystem::path& folder, const LeavingTable& table);

  void add(const ExportedRow& row);
  TableSummary finish();

 private:
  void write(std::string_view text);

  const LeavingTable& table_;
  PrivateFile file_;
  Sha256 digest_;
  std::string line_;
  std::int64_t rows_ = 0;
};

// Throws ImportError naming file and line for whatever TableWriter has not written.
class TableReader {
 public:
  TableReader(const std::filesystem::path& folder, const LeavingTable& table);

  // Puts the next row's columns that go out; false: there are no more.
  bool next(ExportedRow& row);
  const LeavingTable& table() const { return table_; }

 private:
  std::string next_line();
  [[noreturn]] void refuse(std::string_view why) const;
  void read(ExportedRow& row, const std::string& line) const;

  const LeavingTable& table_;
  std::filesystem::path path_;
  std::ifstream in_;
  std::int64_t line_ = 0;
  bool more_ = true;
};

// Throws ImportError unless the folder holds a whole export that this program can read.
ExportSummary checked_summary(const std::filesystem::path& folder, const std::vector<LeavingTable>& tables);

}  // namespace doorstep::app
