// An upload on its way: its state, and what may be done with it in each.
//
//   draft      uploaded; columns are mapped, rows looked through        → importing, dropped
//   importing  some rows are imported with each run                     → done
//   done       all rows are, or it was stopped                          → undoing
//   undoing    some rows are taken back with each run                   → undone
//
// A run does a few rows in a transaction of its own, with how far it came: after a crash it goes on there. It
// takes the version that was seen, so a run that is sent twice is done once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/json.hpp"
#include "imports/imports.hpp"

namespace doorstep::imports {

struct ImportTag {
  static constexpr std::string_view prefix = "im";
};
using ImportId = Id<ImportTag>;

enum class ImportState { draft, importing, done, undoing, undone, dropped };
BOOST_DESCRIBE_ENUM(ImportState, draft, importing, done, undoing, undone, dropped)

enum class ImportStep { map, run, stop, undo };
BOOST_DESCRIBE_ENUM(ImportStep, map, run, stop, undo)

// Whether the step is possible in that state.
bool allows(ImportState state, ImportStep step);

enum class RowOutcome { recorded, refused, ended, kept };
BOOST_DESCRIBE_ENUM(RowOutcome, recorded, refused, ended, kept)

inline constexpr Microseconds file_kept_for = std::chrono::days{30};
inline constexpr std::string_view forget_timer = "import_forgotten";
inline constexpr std::size_t heading_bytes_max = 200;

// The place of each column of the kind in the sheet, from 0; what is not in it is left empty.
using Mapping = std::map<std::string, std::int32_t>;

struct ImportView {
  ImportId id;
  std::int64_t version = 0;
  std::string kind;
  ImportState state{};
  StaffId started_by;
  Instant created_at;
  std::string file_name;
  std::string sheet;
  std::vector<std::string> headings;
  Mapping columns;
  std::int64_t total = 0;     // rows with something in them
  std::int64_t faulty = 0;    // by what can be told from the sheet alone
  std::int64_t recorded = 0;  // so far; so are those below
  std::int64_t refused = 0;
  std::int64_t ended = 0;
  std::int64_t kept = 0;
  bool file_gone = false;
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (id, version, kind, state, started_by, created_at, file_name, sheet, headings, columns,
                       total, faulty, recorded, refused, ended, kept, file_gone))

// A row of the table, as the steps know it.
struct Import {
  ImportView view;
  std::optional<FileAddress> file;
  std::int64_t last_row = 0;
};

// Those of the one who asks; an administrator of the town sees all. Throws Problem no_such_import. One
// statement.
Import require_import(Snapshot& snapshot, const Caller& caller, ImportId id);
// The same for a step: the caller may, the version is the one seen, the state allows it. Throws Problem
// not_allowed, version_differs, import_step_not_possible.
Import require_step(Snapshot& snapshot, const Caller& caller, const Kinds& kinds, ImportId id,
                    std::int64_t version, ImportStep step);

// What the sheet says is for whoever brought it in.
ImportView seen_by(const Caller& caller, ImportView view);

struct NewImport {
  std::string kind;
  FileAddress file;
  std::string file_name;
  std::string sheet;
  std::vector<std::string> headings;
  Mapping columns;
  std::int64_t total = 0, faulty = 0;
};
ImportView put_import(Transaction& tx, const Caller& caller, const NewImport& import);
void save(Transaction& tx, Import& import);  // and it has another version
// The same, and its sheet goes: nobody asks for it any more. Three statements.
void save_without_file(Transaction& tx, Import& import, Instant at);

struct ListImports {
  std::optional<bool> mine;  // only one's own
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListImports, (), (mine, cursor, limit))

struct ReadImport {
  ImportId import;
};
BOOST_DESCRIBE_STRUCT(ReadImport, (), (import))

struct StopImport {
  ImportId import;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StopImport, (), (import, version))

struct UndoImport {
  ImportId import;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(UndoImport, (), (import, version))

struct OutcomeView {
  std::int64_t row = 0;  // as the sheet numbers it
  RowOutcome outcome{};
  std::optional<std::string> thing;
  std::vector<Fault> faults;
};
BOOST_DESCRIBE_STRUCT(OutcomeView, (), (row, outcome, thing, faults))

struct ListImportOutcomes {
  ImportId import;
  std::string outcome;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListImportOutcomes, (), (import, outcome, cursor, limit))

Page<ImportView> list_imports(Snapshot& snapshot, const Caller& caller, const ListImports& wish);
ImportView read_import(Snapshot& snapshot, const Caller& caller, const ReadImport& wish);
Page<OutcomeView> list_import_outcomes(Snapshot& snapshot, const Caller& caller,
                                       const ListImportOutcomes& wish);
// A draft is dropped, and its file goes at once; of an import under way what was imported stays, and the rest
// is not imported.
ImportView stop_import(Transaction& tx, const Caller& caller, const Kinds& kinds, const StopImport& wish);
// From now on runs take back what was imported, the last row first.
ImportView undo_import(Transaction& tx, const Caller& caller, const Kinds& kinds, const UndoImport& wish);

// Those whose rows were refused, with why; in their order. One statement.
std::map<std::int64_t, std::vector<Fault>> refused_rows(Snapshot& snapshot, ImportId import);

// What a row became, or why it was refused.
struct NewOutcome {
  std::int64_t number = 0;
  std::optional<Recorded> recorded;
  std::vector<Fault> faults;
};
// One statement.
void put_outcomes(Transaction& tx, ImportId import, const std::vector<NewOutcome>& outcomes);

struct RecordedRow {
  std::int64_t row = 0;
  Recorded recorded;
};
// The last of those that are still as they were imported. One statement.
std::vector<RecordedRow> last_recorded(Snapshot& snapshot, ImportId import, int limit);
void end_row(Transaction& tx, ImportId import, std::int64_t row, RowOutcome outcome,
             const std::vector<Fault>& faults);

// A month after it was uploaded the file goes; what was still under way ends as it stands.
void forget_file(Transaction& tx, const Caller& caller, const std::string& key, const std::string& body);

}  // namespace doorstep::imports
