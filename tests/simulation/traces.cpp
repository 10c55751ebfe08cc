#include "simulation/traces.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include <boost/algorithm/hex.hpp>
#include <boost/json/parse.hpp>

#include "base/log.hpp"

namespace doorstep::testing {

namespace {

// Shorter words are no one person's, or stand elsewhere by chance.
constexpr std::size_t word_bytes_least = sizeof(std::uint64_t);
constexpr std::int64_t rows_a_read = 10'000;

const std::set<std::string, std::less<>> personal = {
    "name",   "phone",           "identity_number", "birth_date", "address", "note",
    "report", "register_number", "question",        "answer",     "proof"};

// The names of staff, venues, organisations and units of a case are public.
bool is_of_people(std::string_view path) {
  // A unit is no person, and a photo no JSON.
  if (path.find("/units/") != path.npos || path.find("/attachments") != path.npos) return false;
  return path.starts_with("/api/people") || path.starts_with("/api/my/") ||
         path.find("/cases") != path.npos || path.find("/inquiries") != path.npos ||
         path.find("/handovers") != path.npos;
}

std::uint64_t start_of(const char* text) {
  std::uint64_t start = 0;
  std::memcpy(&start, text, sizeof start);
  return start;
}

struct Table {
  std::string name;
  std::string row;  // an expression: a whole row as one text, bytes as hexadecimal digits
};

std::vector<Table> tables_of(storage::Sql& sql) {
  constexpr auto sqlite =
      "select m.name, group_concat('quote(\"' || c.name || '\")', ' || ') from sqlite_master m"
      " join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%' group by m.name";
  constexpr auto postgres =
      "select cast(table_name as text), 'cast(' || table_name || ' as text)' from information_schema.tables"
      " where table_schema = current_schema()";
  std::vector<Table> tables;
  sql.query(sql.engine() == storage::Engine::sqlite ? sqlite : postgres, {}, [&](storage::Rows& rows) {
    tables.push_back({std::string{rows.text(0)}, std::string{rows.text(1)}});
  });
  return tables;
}

}  // namespace

Traces::Traces() {
  log_least(LogLevel::debug);
  log_to([this](std::string_view line) {
    const std::lock_guard lock{log_mutex_};
    log_.append(line).push_back('\n');
  });
}

Traces::~Traces() {
  log_to_stderr();
  log_least(LogLevel::info);
}

void Traces::hear(const std::string& path, const std::string& body) {
  if (body.empty() || !is_of_people(path)) return;
  const auto hear_members = [&](const auto& self, const boost::json::value& value) -> void {
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.as_object()) {
      if (member.is_string() && personal.contains(std::string_view{name}))
        hear_word(std::string{member.as_string()});
      self(self, member);
    }
  };
  hear_members(hear_members, boost::json::parse(body));
}

void Traces::hear_word(const std::string& word) {
  if (word.size() < word_bytes_least) return;
  std::string small, large;
  boost::algorithm::hex_lower(word, std::back_inserter(small));
  boost::algorithm::hex(word, std::back_inserter(large));
  for (const auto& form : std::set{word, small, large}) {
    const auto [begin, end] = words_.equal_range(start_of(form.data()));
    if (std::none_of(begin, end, [&](const auto& known) { return known.second == form; }))
      words_.emplace(start_of(form.data()), form);
  }
}

void Traces::look_through(std::string_view place, std::string_view text,
                          std::vector<std::string>& found) const {
  for (std::size_t at = 0; at + word_bytes_least <= text.size(); ++at) {
    const auto [begin, end] = words_.equal_range(start_of(text.data() + at));
    for (auto word = begin; word != end; ++word)
      if (text.substr(at).starts_with(word->second))
        found.push_back(std::string{place} + ": " + word->second);
  }
}

std::vector<std::string> Traces::in_log() {
  std::string log;
  {
    const std::lock_guard lock{log_mutex_};
    log.swap(log_);
  }
  std::vector<std::string> found;
  look_through("log", log, found);
  return found;
}

std::vector<std::string> Traces::in_town(SmallTown& town) const {
  std::vector<std::string> found;
  std::vector<Table> tables;
  town.read([&](Snapshot& snapshot, Instant) { tables = tables_of(snapshot.sql()); });
  EXPECT_GT(tables.size(), 40U) << "not the tables of a town";
  for (const auto& [name, row] : tables) {
    std::int64_t rows_read = 0, rows_before = -1;
    while (rows_read - rows_before >= rows_a_read || rows_before < 0) {
      rows_before = rows_read;
      town.read([&](Snapshot& snapshot, Instant) {
        snapshot.sql().query("select " + row + " from " + name + " order by 1 limit :most offset :after",
                             std::vector<storage::Bind>{{"most", rows_a_read}, {"after", rows_before}},
                             [&](storage::Rows& rows) {
                               ++rows_read;
                               look_through("table " + name, rows.text(0), found);
                             });
      });
    }
  }
  look_through("API document", town.api().document(), found);
  return found;
}

}  // namespace doorstep::testing
