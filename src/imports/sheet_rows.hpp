// The rows of an upload as its kind sees them: cells by column, and what is wrong with each as far as the
// sheet itself tells.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "imports/import.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::imports {

// Which column of the sheet holds which of the kind's, by the headings.
Mapping guess_columns(const Kind& kind, const std::vector<std::string>& headings);
// All words that stand over such sheets.
std::vector<std::string> known_headings(const Kind& kind);
// Throws Problem no_such_import_column, import_column_twice.
void require_mapping(const Kind& kind, const Mapping& mapping, std::size_t sheet_columns);
// Throws Problem import_columns_missing.
void require_whole_mapping(const Kind& kind, const Mapping& mapping);
// What a command refused with, as the fault of a row.
std::vector<Fault> faults_of(const Kind& kind, const Problem& problem);

struct SheetRow {
  std::int64_t number = 0;  // as the sheet numbers it
  bool hidden = false;
  Cells cells;
  std::vector<Fault> faults;
};

class SheetRows {
 public:
  SheetRows(const Kind& kind, std::shared_ptr<const sheets::Sheet> sheet, Mapping mapping);

  const sheets::Sheet& sheet() const { return *sheet_; }
  // Notes and examples of our own template are no rows.
  std::size_t size() const { return rows_.size(); }
  std::int64_t number(std::size_t at) const { return sheet_->rows[rows_[at]].number; }
  std::size_t first_after(std::int64_t number) const;  // size() when there is none
  SheetRow row(std::size_t at) const;
  const std::vector<std::string>& written(std::size_t at) const { return sheet_->rows[rows_[at]].cells; }
  std::int64_t faulty() const;
  bool above(std::size_t at, std::string_view column, const std::string& text) const;

 private:
  const std::string& written_in(std::size_t at, std::string_view column) const;
  void add_doubts(SheetRow& row) const;
  void add_twice(SheetRow& row) const;

  const Kind& kind_;
  std::shared_ptr<const sheets::Sheet> sheet_;
  Mapping mapping_;
  std::vector<std::size_t> rows_;
  // Where each text of a column that has none twice stands first.
  std::map<std::string, std::map<std::string, std::int64_t>, std::less<>> first_;
};

// Uploads, read from the files of the town; the last ones are kept in memory, for each run asks for a few
// rows of the same. Waits for the disk: on a worker, never in a command.
class Uploads {
 public:
  explicit Uploads(FileStore& files) : files_(files) {}

  // Throws Problem import_file_gone.
  std::shared_ptr<const SheetRows> rows(const Kind& kind, const Import& import);
  FileAddress keep(const std::string& bytes);

 private:
  struct Kept {
    const Kind* kind;
    std::string address, sheet;
    Mapping mapping;
    std::shared_ptr<const sheets::Sheet> read;
    std::shared_ptr<const SheetRows> rows;
  };
  static constexpr std::size_t kept_max = 2;

  FileStore& files_;
  std::mutex mutex_;
  std::vector<Kept> kept_;  // the newest last
};

}  // namespace doorstep::imports
