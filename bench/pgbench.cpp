#include "bench/pgbench.hpp"

#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "bench/bench_town.hpp"
#include "bench/child.hpp"

namespace doorstep::bench {

namespace {

std::string hexadecimal(const std::vector<unsigned char>& bytes) {
  std::string text = "\\x";
  for (const auto byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

// Writes the script, and gathers what its variables are given on the command line.
class Script {
 public:
  explicit Script(const std::vector<std::string>& hall_ids) : hall_ids_(hall_ids) {}

  // A statement of the ticket in `line`. What must differ each time comes from the client's own counter.
  void add(const Statement& statement, std::size_t line) {
    const auto values =
        values_for(statement, static_cast<std::int64_t>(line), hall_ids_.at(line / std::size(groups)));
    std::string text;
    for (std::size_t at = 0; at < statement.text.size(); ++at) {
      if (statement.text[at] != '$') {
        text += statement.text[at] == '\n' ? ' ' : statement.text[at];
        continue;
      }
      std::size_t digits = 0;
      const auto number = std::stoul(statement.text.substr(at + 1), &digits);
      text += parameter(statement.names.at(number - 1), values.at(number - 1));
      at += digits;
    }
    text_ += text + ";\n";
  }
  void add(const std::string& line) { text_ += line + "\n"; }

  const std::string& text() const { return text_; }
  const std::map<std::string, std::string>& variables() const { return variables_; }

 private:
  std::string parameter(const std::string& name, const Value& value) {
    for (const auto* counted : {"id", "seq", "next_id", "ordinal", "key", "device", "token_hash"}) {
      if (name == counted) return ":n";
    }
    if (std::holds_alternative<std::monostate>(value)) return "null";
    std::string given;
    if (const auto* number = std::get_if<std::int64_t>(&value)) given = std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value)) given = *text;
    if (const auto* bytes = std::get_if<std::vector<unsigned char>>(&value)) given = hexadecimal(*bytes);
    // The same value is one variable.
    const auto [known, fresh] = named_.try_emplace(given, "v" + std::to_string(named_.size()));
    if (fresh) variables_[known->second] = given;
    return ":" + known->second;
  }

  const std::vector<std::string>& hall_ids_;
  std::string text_;
  std::map<std::string, std::string> named_, variables_;
};

double tickets_a_second(const std::string& said, int batch) {
  const auto at = said.find("\ntps = ");
  if (at == std::string::npos) throw std::runtime_error("pgbench says no tps: " + said);
  return std::stod(said.substr(at + 7)) * batch;
}

}  // namespace

double pgbench(const PgbenchRun& run, const TicketStatements& statements,
               const std::vector<std::string>& hall_ids) {
  Script script{hall_ids};
  script.add("begin isolation level read committed;");
  script.add("select pg_advisory_xact_lock(1);");
  for (const auto& statement : statements.opening) script.add(statement, 0);
  for (int i = 0; i < run.batch; ++i) {
    script.add("\\set n :n + 1");
    // Spread over all lines, as our own load is.
    const auto line = static_cast<std::size_t>(i) * lines / static_cast<std::size_t>(run.batch);
    for (const auto& statement : statements.ticket) script.add(statement, line);
  }
  // The town's next id is then beyond all that were used here.
  script.add("\\set n :n + 1");
  for (const auto& statement : statements.closing) script.add(statement, 0);
  script.add("commit;");

  const Folder folder;
  const auto file = folder.path() / "tickets.sql";
  std::ofstream{file} << script.text();
  std::vector<std::string> words{"pgbench", "-n",
                                 "-c",      "1",
                                 "-j",      "1",
                                 "-M",      "prepared",
                                 "-T",      std::to_string(run.time.count()),
                                 "-f",      file.string(),
                                 "-D",      "n=" + std::to_string(run.first)};
  for (const auto& [name, value] : script.variables()) {
    words.emplace_back("-D");
    words.push_back(name + '=' + value);
  }
  words.push_back(run.server);
  ::setenv("PGOPTIONS", ("-c search_path=" + run.schema + " -c jit=off").c_str(), 1);
  const auto said = run_child(std::move(words));
  ::unsetenv("PGOPTIONS");
  return tickets_a_second(said, run.batch);
}

}  // namespace doorstep::bench
