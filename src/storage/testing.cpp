#include "storage/testing.hpp"

#include <cctype>
#include <sstream>
#include <vector>

#include "storage/store_base.hpp"

namespace doorstep::storage::testing {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
      if (c != ' ' && c != '\n') words.emplace_back(1, c);
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

bool contains_word(std::string_view text, std::string_view word) {
  for (const auto& found : words_of(text)) {
    if (found == word) return true;
  }
  return false;
}

// What SQLite calls the table in a plan: its alias, where the statement gives one.
std::set<std::string> names_in(std::string_view statement, std::string_view table) {
  static const std::set<std::string> after{"where",  "on",     "join",      "left",   "inner",    "cross",
                                           "order",  "group",  "limit",     "set",    "union",    "using",
                                           "having", "values", "returning", "except", "intersect"};
  std::set<std::string> names;
  const auto words = words_of(statement);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != table) continue;
    auto next = i + 1;
    if (next < words.size() && words[next] == "as") ++next;
    const bool alias = next < words.size() &&
                       (std::isalpha(static_cast<unsigned char>(words[next][0])) != 0) &&
                       !after.contains(words[next]);
    names.insert(alias ? words[next] : words[i]);
  }
  return names;
}

struct NameRow {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (name))

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Walking a whole index is bounded where the index is partial or the statement has a limit.
bool walks_all(const Plan& plan, const std::string& index) {
  return !plan.partial_indexes.contains(index) && !contains_word(plan.statement, "limit");
}

bool sqlite_scans(const Plan& plan, std::string_view table) {
  const auto names = names_in(plan.statement, table);
  for (const auto& line : lines_of(plan.text)) {
    std::istringstream words{line};
    std::string verb, name, word, last;
    words >> verb >> name;
    if (verb != "SCAN" || !names.contains(name)) continue;
    bool index = false;
    while (words >> word) {
      if (last == "INDEX") {
        index = true;
        if (walks_all(plan, word)) return true;
      }
      last = word;
    }
    if (!index) return true;
  }
  return false;
}

bool postgres_scans(const Plan& plan, std::string_view table) {
  const auto lines = lines_of(plan.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto words = words_of(lines[i]);
    std::string before, index;
    bool scan = false, whole = false, bitmap = false;
    for (std::size_t w = 0; w + 1 < words.size(); ++w) {
      if (words[w] == "using") index = words[w + 1];
      if (words[w] == "scan") whole = w > 0 && words[w - 1] == "seq";
      bitmap = bitmap || words[w] == "bitmap";
      if (words[w] == "on" && words[w + 1] == table) scan = true;
    }
    if (!scan) continue;
    if (whole) return true;
    // The condition by which the index is searched stands first below its node.
    const std::string_view below = i + 1 < lines.size() ? std::string_view{lines[i + 1]} : std::string_view{};
    if (below.find("Index Cond:") != below.npos || below.find("Recheck Cond:") != below.npos) continue;
    if (bitmap || (!index.empty() && walks_all(plan, index))) return true;
  }
  return false;
}

}  // namespace

bool Plan::scans(std::string_view table) const {
  return engine == Engine::sqlite ? sqlite_scans(*this, table) : postgres_scans(*this, table);
}

Plan plan(Sql& sql, std::string_view statement, Binds binds) {
  return plan_of(sql, statement, std::span<const Bind>{binds.begin(), binds.size()});
}

Plan plan_of(Sql& sql, std::string_view statement, std::span<const Bind> binds) {
  Plan made{{}, std::string{statement}, sql.engine(), {}};
  const bool sqlite = sql.engine() == Engine::sqlite;
  const auto indexes = sql.all<NameRow>(
      sqlite ? "select name from sqlite_schema where type = 'index' and sql like '% where %'"
             : "select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid"
               " where i.indpred is not null and c.relnamespace = current_schema()::regnamespace");
  for (const auto& index : indexes) made.partial_indexes.insert(index.name);
  const auto explain = [&](std::string_view how, int column) {
    sql.query(std::string{how} + made.statement, binds,
              [&](Rows& row) { made.text += std::string{row.text(column)} + "\n"; });
  };
  if (sqlite) {
    explain("explain query plan ", 3);
    return made;
  }
  const auto shun = [&](std::string_view setting) {
    sql.value<std::string>("select set_config('enable_seqscan', :setting, true)", {{"setting", setting}});
  };
  shun("off");
  explain("explain (costs off) ", 0);
  shun("on");
  return made;
}

void fail_at(Store& store, int nth, Fault fault) { static_cast<StoreBase&>(store).faults().arm(nth, fault); }

bool failure_waits(Store& store) { return static_cast<StoreBase&>(store).faults().armed(); }

void limit_pages(Store& store, std::int64_t pages) { static_cast<StoreBase&>(store).limit_pages(pages); }

}  // namespace doorstep::storage::testing
