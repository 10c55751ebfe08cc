#include "journal/exported.hpp"

#include <stdexcept>
#include <utility>

#include "base/sealed.hpp"
#include "journal/bytes.hpp"
#include "journal/files.hpp"
#include "journal/outbox.hpp"
#include "journal/tokens.hpp"

namespace doorstep {

bool ExportedRow::is_null(std::string_view column) const {
  return std::holds_alternative<std::monostate>((*this)[column]);
}

std::int64_t ExportedRow::number(std::string_view column) const {
  if (const auto* number = std::get_if<std::int64_t>(&(*this)[column])) return *number;
  throw std::logic_error("the column " + std::string{column} + " has no number");
}

const std::string& ExportedRow::text(std::string_view column) const {
  if (const auto* text = std::get_if<std::string>(&(*this)[column])) return *text;
  throw std::logic_error("the column " + std::string{column} + " has no text");
}

ExportedTable table_left_out(std::string name, std::string why) {
  return {.name = std::move(name), .left_out = std::move(why)};
}

ExportedTable table_made(std::string name, std::string why, std::function<void(Transaction&)> make) {
  return {.name = std::move(name), .left_out = std::move(why), .make = std::move(make)};
}

ExportedColumn column_left_out(std::string name, std::string why, ExportedValue instead) {
  return column_computed(
      std::move(name), std::move(why),
      [instead = std::move(instead)](const KeyRing&, const ExportedRow&) { return instead; });
}

ExportedColumn column_computed(std::string name, std::string why,
                               std::function<ExportedValue(const KeyRing&, const ExportedRow&)> value) {
  ExportedColumn column{.name = name, .left_out = std::move(why)};
  column.compute = [name = std::move(name), value = std::move(value)](const KeyRing& keys,
                                                                      ExportedPage page) {
    for (auto& row : page) row[name] = value(keys, row);
  };
  return column;
}

ExportedColumn token_column(std::string name, std::string purpose) {
  return column_computed(std::move(name), "hash of a token, which is made from the town's keys and the id",
                         [purpose = std::move(purpose)](const KeyRing& keys, const ExportedRow& row) {
                           return tokens::hash_of(keys, tokens::token_for(keys, purpose, row.number("id")));
                         });
}

ExportedColumn sealed_column(const std::string& table, const std::string& column, SealedAs as) {
  const auto place = [table, column](const ExportedRow& row) {
    return bound_text({table, column, row.number("id")});
  };
  ExportedColumn sealed{.name = column, .json = as == SealedAs::json};
  sealed.open = [place, column](Snapshot& snapshot, ExportedPage page) {
    for (auto& row : page) {
      if (row.is_null(column)) continue;
      const auto& bytes = row.text(column);
      row[column] = bytes.empty() ? ExportedValue{} : snapshot.keys().open(bytes, place(row));
    }
  };
  sealed.seal = [place, column](Transaction& tx, ExportedPage page) {
    for (auto& row : page) {
      if (!row.is_null(column)) row[column] = tx.keys().seal(row.text(column), place(row), system_entropy());
    }
  };
  return sealed;
}

ExportedColumn file_column(std::string name) { return {.name = std::move(name), .file = true}; }

namespace journal {

namespace {

// In the transaction of an import, which is no command of this town's and takes no number (take_in_export).
void take_in_head(Transaction& tx, ExportedPage page) {
  for (const auto& row : page)
    tx.run("update journal_head set seq = :seq, at = :at, next_id = :next_id where one = 1",
           {{"seq", row.number("seq")}, {"at", row.number("at")}, {"next_id", row.number("next_id")}});
}

// The content was put before the import began.
void keep_files(Transaction& tx, ExportedPage page) {
  for (const auto& row : page) {
    const auto kept =
        tx.run("update files set kept = 1, put_at = :put_at where address = :address and complete = 1",
               {{"put_at", row.number("put_at")}, {"address", row.text("address")}});
    if (kept == 0) throw FileError{"file " + row.text("address") + ": it was not put"};
  }
}

}  // namespace

std::vector<ExportedTable> exported_tables() {
  return {
      {.name = "journal_head", .take_in = take_in_head},
      {"events"},
      table_left_out("answers", "kept for a day, for those who send the same twice"),
      {"outbox",
       {sealed_column("outbox", "recipient"), sealed_column("outbox", "body"),
        column_computed("recipient_key", "hash of channel and recipient; empty once the recipient is gone",
                        [](const KeyRing& keys, const ExportedRow& row) -> ExportedValue {
                          if (row.is_null("recipient")) return std::string{};
                          return outbox::recipient_key(keys, row.text("channel"), row.text("recipient"));
                        })}},
      {"timers"},
      {.name = "files",
       .columns = {file_column("address"), column_left_out("complete", "only whole files go out", 1),
                   column_left_out("kept", "what nobody kept does not go out", 1)},
       .only = "kept = 1",
       .take_in = keep_files},
      table_left_out("file_chunks", "the contents of files go out as files"),
      table_left_out("ring_keys", "a town has keys of its own, and another has others"),
  };
}

}  // namespace journal

}  // namespace doorstep
