// What is done with an upload: taken in, mapped, looked through, run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "imports/sheet_rows.hpp"

namespace doorstep::imports {

// What the steps stand on: one for each town.
struct Desk {
  Desk(Kinds kinds_, FileStore& files) : kinds(std::move(kinds_)), uploads(files) {}

  Kinds kinds;
  Uploads uploads;
};

struct ColumnView {
  std::string key;
  Text heading;
  bool required = false;
  Text help;
  Text example;
  std::vector<Choice> choices;  // none: free text
};
BOOST_DESCRIBE_STRUCT(ColumnView, (), (key, heading, required, help, example, choices))

struct ImportKindView {
  std::string key;
  Text name;
  bool personal = false;  // rows with people in them: for whoever uploaded them
  std::vector<ColumnView> columns;
};
BOOST_DESCRIBE_STRUCT(ImportKindView, (), (key, name, personal, columns))

struct ImportKinds {
  std::vector<ImportKindView> items;  // those that the one who asks may import
  std::int64_t bytes_max = static_cast<std::int64_t>(sheets::Limits{}.bytes_max);  // of an upload
};
BOOST_DESCRIBE_STRUCT(ImportKinds, (), (items, bytes_max))

struct ListImportKinds {};
BOOST_DESCRIBE_STRUCT(ListImportKinds, (), ())

struct ReadImportTemplate {
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(ReadImportTemplate, (), (kind))

ImportKinds list_import_kinds(const Desk& desk, const Caller& caller);
// Headings, a row of help, and an example marked as one: both are left out when it comes back.
SheetFile read_import_template(const Desk& desk, const Caller& caller, const ReadImportTemplate& wish);

struct UploadSheet {
  std::string kind;
  std::string name;                  // of the file
  std::optional<std::string> sheet;  // absent: the first that shows

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(UploadSheet, (), (kind, name, sheet))

// Whether the caller may, before anything is read.
const Kind* kind_to_upload(const Desk& desk, const Caller& caller, const UploadSheet& wish);
NewImport take_in(Desk& desk, const Kind& kind, const UploadSheet& wish, const std::string& bytes);
ImportView upload_sheet(const Desk& desk, Transaction& tx, const Caller& caller, const NewImport& import);

struct MapColumns {
  ImportId import;
  std::int64_t version = 0;
  Mapping columns;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "columns") return {.length_max = 100};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(MapColumns, (), (import, version, columns))

std::int64_t count_faulty(Desk& desk, const Import& import, const Mapping& mapping);
ImportView map_columns(const Desk& desk, Transaction& tx, const Caller& caller, const MapColumns& wish,
                       std::int64_t faulty);

struct ListImportRows {
  ImportId import;
  std::optional<bool> only_faulty;  // by what the sheet alone tells
  std::optional<bool> as_written;   // the cells by their place in the sheet, from 0: for mapping the columns
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListImportRows, (), (import, only_faulty, as_written, cursor, limit))

struct ImportRowView {
  std::int64_t row = 0;
  bool hidden = false;
  std::map<std::string, std::string> cells;
  std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(ImportRowView, (), (row, hidden, cells, faults))

inline constexpr int preview_rows_max = 20;  // looked up in the town with each page

struct RowsToShow {
  std::shared_ptr<const SheetRows> rows;
  std::vector<std::size_t> places;  // one more than fit, where there are more
  int limit = 0;
};
RowsToShow find_rows(Desk& desk, const Import& import, const ListImportRows& wish);
Outcome<Page<ImportRowView>> list_import_rows(const Desk& desk, Transaction& tx, const Caller& caller,
                                              const ListImportRows& wish, const RowsToShow& found);

struct RunImport {
  ImportId import;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RunImport, (), (import, version))

struct Chunk {
  std::int64_t version = 0;  // of the import that it was made for
  std::vector<SheetRow> rows;
  bool last = false;
  std::any prepared;
};
Chunk next_chunk(Desk& desk, const Import& import);
// The next rows are imported, or taken back: as many as the kind says.
ImportView run_import(const Desk& desk, Transaction& tx, const Caller& caller, const RunImport& wish,
                      const Chunk& chunk);

struct ReturnFaultyRows {
  ImportId import;
};
BOOST_DESCRIBE_STRUCT(ReturnFaultyRows, (), (import))

struct FaultyRows {
  Import import;
  std::map<std::int64_t, std::vector<Fault>> refused;
};
FaultyRows find_faulty(const Caller& caller, Snapshot& snapshot, const ReturnFaultyRows& wish);
// As they came, with a column that says why. Of a draft those that the sheet alone shows to be faulty.
SheetFile faulty_sheet(Desk& desk, const FaultyRows& found, Language language);
Outcome<SheetFile> return_faulty_rows(const Desk& desk, Transaction& tx, const Caller& caller,
                                      const ReturnFaultyRows& wish, const SheetFile& sheet);

}  // namespace doorstep::imports
