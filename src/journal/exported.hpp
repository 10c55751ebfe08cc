// What of the town leaves with it (doorstep export), and how it comes in again. Each room lists its tables,
// in an order in which none refers to a later one. A table that goes out as it stands is its name:
//
//   std::vector<ExportedTable> exported_tables() {
//     return {
//         {"posts"},
//         {"handovers", {sealed_column("handovers", "note"), sealed_column("handovers", "report")}},
//         table_left_out("sessions", "whoever was signed in signs in again"),
//     };
//   }
//
// What goes out can be read without the town's key: what is sealed is opened, and what only the town's keys
// give a meaning (hashes, tokens) stays behind and is made anew where it comes in.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "journal/transaction.hpp"
#include "storage/tables.hpp"

namespace doorstep {

// A null, a whole number (an instant's microseconds, a truth's 0 or 1), a number, or text and bytes.
using ExportedValue = std::variant<std::monostate, std::int64_t, double, std::string>;

class ExportedRow {
 public:
  explicit ExportedRow(const storage::Table& table) : values(table.columns.size()), table_(&table) {}

  // Throw std::logic_error where the table has no such column, or the value is of another kind.
  ExportedValue& operator[](std::string_view column) { return values[table_->index_of(column)]; }
  const ExportedValue& operator[](std::string_view column) const { return values[table_->index_of(column)]; }
  bool is_null(std::string_view column) const;
  std::int64_t number(std::string_view column) const;
  const std::string& text(std::string_view column) const;

  std::vector<ExportedValue> values;  // in the order of the table's columns

 private:
  const storage::Table* table_;
};

// Rows of one table, some hundred at a time.
using ExportedPage = std::span<ExportedRow>;

// A column that does not go out as it stands.
struct ExportedColumn {
  std::string name;
  // Empty: it goes out. Else why it does not, and where its value comes from then.
  std::string left_out = {};
  bool json = false;  // what is sealed is JSON
  bool file = false;  // the address of a stored file, which is another in every town
  // Puts the text in the place of what is sealed; a null where it was emptied.
  std::function<void(Snapshot&, ExportedPage)> open = {};
  // When rows come in: first all that is computed, from what is open, and then all is sealed.
  std::function<void(const KeyRing&, ExportedPage)> compute = {};
  std::function<void(Transaction&, ExportedPage)> seal = {};
};

struct ExportedTable {
  std::string name;
  std::vector<ExportedColumn> columns = {};
  std::string left_out = {};  // why none of it goes out
  std::string only = {};      // a condition: such rows only
  // Takes rows in, where they are not simply inserted.
  std::function<void(Transaction&, ExportedPage)> take_in = {};
  // When the table's turn has come, after its rows: makes what was left out.
  std::function<void(Transaction&)> make = {};
};

ExportedTable table_left_out(std::string name, std::string why);
// None of it goes out, and all of it is made from what came in before.
ExportedTable table_made(std::string name, std::string why, std::function<void(Transaction&)> make);

ExportedColumn column_left_out(std::string name, std::string why, ExportedValue instead = {});
// Its value is computed from the row: a keyed hash of what goes out with it.
ExportedColumn column_computed(std::string name, std::string why,
                               std::function<ExportedValue(const KeyRing&, const ExportedRow&)> value);
// A token's hash (journal/tokens.hpp), by the row's id.
ExportedColumn token_column(std::string name, std::string purpose);
// Sealed under the town's ring, bound to table, column and id (SealContext).
enum class SealedAs { text, json };
ExportedColumn sealed_column(const std::string& table, const std::string& column,
                             SealedAs as = SealedAs::text);
// The address of a stored file.
ExportedColumn file_column(std::string name);

namespace journal {
std::vector<ExportedTable> exported_tables();
}

}  // namespace doorstep
