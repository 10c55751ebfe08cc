#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "app/export.hpp"
#include "app/export_form.hpp"
#include "app/table_pages.hpp"
#include "base/crypto.hpp"
#include "journal/bytes.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t page_rows = 500;

// Where stored files stand in this town, by what the export calls them.
using StoredAddresses = std::map<std::string, std::string>;

// A row that names another of its own table, which may come later.
struct LaterValue {
  ExportedValue key;
  std::size_t column = 0;
  ExportedValue value;
};

// Files that a failed import left behind, which nobody kept, are nothing; nor is the head, which every town
// has.
void require_empty_town(Snapshot& snapshot, const std::vector<LeavingTable>& tables) {
  for (const auto& table : tables) {
    if (!table.goes_out() || table.table.name == "journal_head") continue;
    const auto only = table.how.only.empty() ? "" : " where " + table.how.only;
    const auto any = snapshot.value<bool>("select case when exists (select 1 from " + table.table.name +
                                          only + ") then 1 else 0 end");
    if (any)
      throw ImportError(
          fmt::format("there is a town here already (the table {} has rows); an export is imported into an"
                      " empty data folder or schema. Nothing was changed",
                      table.table.name));
  }
}

std::vector<unsigned char> bytes_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

StoredAddresses put_files(FileStore& files, const fs::path& folder, const LeavingTable& table) {
  StoredAddresses addresses;
  TableReader reader{folder, table};
  for (ExportedRow row{table.table}; reader.next(row);) {
    const auto& name = row.text("address");
    addresses[name] = files.put(bytes_of(stored_file(folder, name)), row.text("media_type")).text;
  }
  return addresses;
}

class TableTaker {
 public:
  TableTaker(Transaction& tx, const LeavingTable& table, const StoredAddresses& addresses)
      : tx_(tx), table_(table), addresses_(addresses), statement_(insert_statement()) {}

  std::int64_t take_in(const fs::path& folder) {
    TableReader reader{folder, table_};
    ExportedRow row{table_.table};
    std::vector<ExportedRow> page;
    std::int64_t rows = 0;
    while (reader.next(row)) {
      ++rows;
      page.push_back(row);
      if (page.size() == page_rows) put(page);
    }
    put(page);
    for (const auto& later : later_) update(later);
    return rows;
  }

 private:
  std::string insert_statement() const {
    std::string names, values;
    for (const auto& column : table_.table.columns) {
      names += (names.empty() ? "" : ", ") + column.name;
      values += (values.empty() ? ":" : ", :") + column.name;
    }
    return fmt::format("insert into {} ({}) values ({})", table_.table.name, names, values);
  }

  void put(std::vector<ExportedRow>& page) {
    if (page.empty()) return;
    close(page);
    if (table_.how.take_in) {
      table_.how.take_in(tx_, page);
    } else {
      for (auto& row : page) insert(row);
    }
    page.clear();
  }

  // From open values to those that the table holds.
  void close(ExportedPage page) {
    for (const auto& column : table_.how.columns) {
      if (column.file) give_addresses(column.name, page);
      if (column.compute) column.compute(tx_.keys(), page);
    }
    for (const auto& column : table_.how.columns) {
      if (!column.seal) continue;
      column.seal(tx_, page);
      if (table_.table.columns[table_.table.index_of(column.name)].nullable) continue;
      for (auto& row : page) {
        if (row.is_null(column.name)) row[column.name] = std::string{};  // it was emptied
      }
    }
  }

  void give_addresses(const std::string& column, ExportedPage page) {
    for (auto& row : page) {
      if (row.is_null(column)) continue;
      const auto found = addresses_.find(row.text(column));
      if (found == addresses_.end())
        throw ImportError(
            fmt::format("{}: {}: there is no file {}", table_.table.name, column, row.text(column)));
      row[column] = found->second;
    }
  }

  void insert(ExportedRow& row) {
    std::vector<storage::Bind> binds;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const auto& column = table_.table.columns[i];
      if (column.refers_to == table_.table.name && !row.is_null(column.name)) {
        later_.push_back({row[table_.table.primary_key.front()], i, std::move(row.values[i])});
        row.values[i].emplace<std::monostate>();
      }
      binds.push_back(bind_for(column.name, row.values[i], column.holds));
    }
    tx_.sql().run(statement_, binds);
  }

  void update(const LaterValue& later) {
    const auto& column = table_.table.columns[later.column];
    const auto& key = table_.table.columns[table_.table.index_of(table_.table.primary_key.front())];
    const std::vector binds{bind_for(column.name, later.value, column.holds),
                            bind_for(key.name, later.key, key.holds)};
    tx_.sql().run(
        fmt::format("update {0} set {1} = :{1} where {2} = :{2}", table_.table.name, column.name, key.name),
        binds);
  }

  Transaction& tx_;
  const LeavingTable& table_;
  const StoredAddresses& addresses_;
  std::string statement_;
  std::vector<LaterValue> later_;
};

void require_rows(std::int64_t rows, const ExportSummary& summary, const std::string& table,
                  const fs::path& folder) {
  const auto said = std::ranges::find(summary.tables, table, &TableSummary::name);
  if (said->rows != rows)
    throw ImportError(fmt::format("{}: tables: {}: it says {} rows, and there are {}",
                                  summary_file(folder).string(), table, said->rows, rows));
}

}  // namespace

bool is_export(const fs::path& folder) { return fs::exists(summary_file(folder)); }

ExportReport take_in_export(Journal& journal, FileStore& files, const fs::path& folder) {
  const auto tables = leaving_tables();
  const auto summary = checked_summary(folder, tables);
  journal.read_now([&](Snapshot& snapshot, Instant) { require_empty_town(snapshot, tables); });
  const auto& stored =
      *std::ranges::find(tables, "files", [](const auto& table) { return table.table.name; });
  const auto addresses = put_files(files, folder, stored);
  ExportReport report{.files = std::ssize(addresses), .made_at = summary.made_at};
  // Not as a command: the rows come with their ids and instants, and the head stands among them.
  journal.store().write_now([&](storage::Sql& sql) {
    Head nobodys;
    Transaction tx{sql, journal.keys(), system_entropy(), nobodys};
    require_empty_town(tx, tables);
    report.tables = report.rows = 0;
    for (const auto& table : tables) {
      if (table.goes_out()) {
        const auto rows = TableTaker{tx, table, addresses}.take_in(folder);
        require_rows(rows, summary, table.table.name, folder);
        ++report.tables;
        report.rows += rows;
      }
      if (table.how.make) table.how.make(tx);
    }
  });
  return report;
}

}  // namespace doorstep::app
