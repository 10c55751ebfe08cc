// Spreadsheets that clerks bring in: uploaded, looked through, imported row by row, and taken back.
//
// The room that owns the data registers what a sheet of it looks like, and turns a row into its own command:
//
//   void add_import_kinds(imports::Kinds& kinds) {
//     kinds.add({.key = "organisations", .name = {"组织", "Organisations"}, .columns = {…}, .record = …});
//   }
//
// This room knows nothing of what a row means.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "journal/files.hpp"
#include "journal/transaction.hpp"
#include "storage/migrations.hpp"

namespace doorstep::imports {

struct Choice {
  std::string key;
  Text name;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (key, name))

struct Column {
  std::string key;
  Text heading;
  bool required = false;
  Text help;
  Text example;
  std::vector<Choice> choices = {};  // none: free text
  std::vector<std::string> other_headings =
      {};               // as such sheets are often headed; the column is guessed by them
  bool unique = false;  // no two rows have the same
  std::size_t bytes_max = name_bytes_max;
};

// A row by its columns' keys; what is empty is missing. A choice is its key, however it was written.
using Cells = std::map<std::string, std::string, std::less<>>;
const std::string& cell(const Cells& cells, std::string_view column);  // empty where it is missing
std::optional<std::string> filled_cell(const Cells& cells, std::string_view column);
// A day as people write it: 2026-03-07, 2026/3/7, 2026.3.7, 2026年3月7日.
std::optional<Day> written_day(std::string_view text);

// What is wrong with a row: in one column, or with none as a whole.
struct Fault {
  std::string column;
  Text why;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (column, why))

// What a row became.
struct Recorded {
  std::string thing;  // its id: "or_1a"
  std::int64_t version = 1;
};

// Whether a row further up has this text in that column: by then it will have been imported.
using Above = std::function<bool(std::string_view column, const std::string& text)>;

struct Kind {
  std::string key;
  Text name;
  std::vector<Column> columns;
  // Throws Problem not_allowed for who may not import any such sheet.
  std::function<void(const Caller& caller)> may;
  // What can be told of a row from the sheet alone, beside what the columns say. May be empty.
  std::function<std::vector<Fault>(const Cells& cells)> check = {};
  // What is told in a preview by looking into the town. At most three statements. May be empty.
  std::function<std::vector<Fault>(Snapshot& snapshot, const Caller& caller, const Cells& cells,
                                   const Above& above)>
      look_up = {};
  // Slow work for some rows to come, on a worker. May be empty.
  std::function<std::any()> prepare = {};
  // So many rows are imported, or taken back, in one transaction: fewer where a row costs much.
  int rows_a_run = 20;
  // Those of some rows that need no look at one another are recorded together, in fewer statements; in the
  // order of the rows, none for a row that is to be recorded by itself, after them. May be empty.
  std::function<std::vector<std::optional<Recorded>>(Transaction& tx, const Caller& caller,
                                                     std::span<const Cells* const> rows)>
      record_together = {};
  // The room's command for one row. It refuses, by a Problem, before it writes anything but the trace of its
  // refusal: the row is then listed with the problem's text, and the others go on.
  std::function<Recorded(Transaction& tx, const Caller& caller, const Cells& cells, const std::any& prepared)>
      record;
  // Takes it back by the room's command, or refuses in the same way: what was touched since then stays.
  std::function<void(Transaction& tx, const Caller& caller, const Recorded& recorded)> end;
  // Of rows with people in them: that somebody looks through them, or was refused, is recorded. Whoever
  // uploaded them may, and nobody else. Empty for rows that everybody may see who sees the import.
  std::function<void(Transaction& tx, const Caller& caller, const std::string& import, bool allowed)>
      on_look = {};
};

class Kinds {
 public:
  void add(Kind kind);
  const Kind* find(std::string_view key) const;
  const std::vector<Kind>& all() const { return kinds_; }

 private:
  std::vector<Kind> kinds_;
};

// What members of staff are called, which the room above knows. One statement.
using StaffNames =
    std::function<std::map<StaffId, std::string>(Snapshot& snapshot, const std::vector<StaffId>& staff)>;

void add_routes(api::Api& api, Kinds kinds, FileStore& files, const StaffNames& names);
void add_timers(Journal& journal);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::imports
