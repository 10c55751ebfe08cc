#include "storage/tables.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "storage/dialect.hpp"
#include "storage/lexer.hpp"

namespace doorstep::storage {
namespace {

using Tokens = std::vector<std::string_view>;

struct WordMeaning {
  std::string_view word;
  Holds holds;
};
constexpr std::array word_meanings{WordMeaning{"ID", Holds::id},       WordMeaning{"INT", Holds::number},
                                   WordMeaning{"REAL", Holds::real},   WordMeaning{"TEXT", Holds::text},
                                   WordMeaning{"BYTES", Holds::bytes}, WordMeaning{"INSTANT", Holds::instant},
                                   WordMeaning{"DAY", Holds::day},     WordMeaning{"BOOL", Holds::truth},
                                   WordMeaning{"JSON", Holds::json}};

// What is neither space nor comment.
Tokens tokens_of(std::string_view statement) {
  Tokens tokens;
  for (std::size_t at = 0; at < statement.size();) {
    const auto token = next_token(statement, at);
    at += token.text.size();
    if (token.kind != TokenKind::space && token.kind != TokenKind::comment) tokens.push_back(token.text);
  }
  return tokens;
}

std::string_view word_at(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() ? tokens[at] : std::string_view{};
}

bool begins_with(const Tokens& tokens, std::initializer_list<std::string_view> words) {
  return tokens.size() >= words.size() && std::equal(words.begin(), words.end(), tokens.begin());
}

// What stands in the first parentheses after `from`, parted at its own commas.
std::vector<Tokens> items_after(const Tokens& tokens, std::size_t from) {
  std::vector<Tokens> items(1);
  int depth = 0;
  for (auto at = from; at < tokens.size(); ++at) {
    if (tokens[at] == "(" && depth++ == 0) continue;
    if (tokens[at] == ")" && --depth == 0) return items;
    if (depth == 0) continue;
    if (tokens[at] == "," && depth == 1) {
      items.emplace_back();
    } else {
      items.back().push_back(tokens[at]);
    }
  }
  return items;
}

Column& column_of(Table& table, std::string_view name) { return table.columns[table.index_of(name)]; }

void add_column(Table& table, const Tokens& item) {
  const auto meaning = std::ranges::find(word_meanings, word_at(item, 1), &WordMeaning::word);
  if (meaning == word_meanings.end()) refuse("a column of no known word", item.empty() ? "" : item.front());
  Column column{.name = std::string{item[0]}, .holds = meaning->holds};
  int depth = 0;
  for (std::size_t at = 2; at < item.size(); ++at) {
    depth += item[at] == "(" ? 1 : item[at] == ")" ? -1 : 0;
    if (depth > 0) continue;
    if (item[at] == "not" && word_at(item, at + 1) == "null") column.nullable = false;
    if (item[at] == "primary") table.primary_key = {column.name};
    if (item[at] == "references") column.refers_to = word_at(item, at + 1);
  }
  if (!column.refers_to.empty()) table.refers_to.insert(column.refers_to);
  table.columns.push_back(std::move(column));
}

void add_item(Table& table, const Tokens& item) {
  const auto first = word_at(item, 0);
  if (first == "unique" || first == "check") return;
  if (first == "primary") {
    for (const auto& column : items_after(item, 2)) table.primary_key.emplace_back(column.front());
  } else if (first == "foreign") {
    const auto references = std::ranges::find(item, "references");
    table.refers_to.emplace(references == item.end() ? "" : *std::next(references));
  } else {
    add_column(table, item);
  }
}

Table made_table(const Tokens& tokens) {
  Table table{.name = std::string{word_at(tokens, 2)}, .columns = {}, .primary_key = {}, .refers_to = {}};
  for (const auto& item : items_after(tokens, 3)) add_item(table, item);
  for (const auto& key : table.primary_key) column_of(table, key).nullable = false;
  return table;
}

void alter(std::vector<Table>& tables, const Tokens& tokens, std::string_view statement) {
  const auto table = std::ranges::find(tables, word_at(tokens, 2), &Table::name);
  if (table == tables.end()) refuse("a change of a table that is not there", statement);
  const auto what = word_at(tokens, 3);
  if (word_at(tokens, 4) != "column" || (what != "add" && what != "drop"))
    refuse("a change of a table that cannot be read", statement);
  if (what == "add") {
    add_column(*table, Tokens(tokens.begin() + 5, tokens.end()));
  } else {
    std::erase_if(table->columns, [&](const Column& column) { return column.name == word_at(tokens, 5); });
  }
}

}  // namespace

Type type_of(Holds holds) {
  switch (holds) {
    case Holds::id:
    case Holds::number:
    case Holds::instant:
    case Holds::truth: return Type::integer;
    case Holds::real: return Type::real;
    case Holds::bytes: return Type::bytes;
    case Holds::text:
    case Holds::day:
    case Holds::json: return Type::text;
  }
  return Type::integer;
}

std::size_t Table::index_of(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &Column::name);
  if (found == columns.end())
    throw std::logic_error("the table " + name + " has no column " + std::string{column});
  return static_cast<std::size_t>(found - columns.begin());
}

std::vector<Table> tables_of(std::span<const Migration> migrations) {
  std::vector<Table> tables;
  for (const auto& migration : migrations) {
    for (const auto& statement : split_script(migration.sql)) {
      const auto tokens = tokens_of(statement);
      if (begins_with(tokens, {"create", "table"})) {
        tables.push_back(made_table(tokens));
      } else if (begins_with(tokens, {"alter", "table"})) {
        alter(tables, tokens, statement);
      } else if (begins_with(tokens, {"drop", "table"})) {
        std::erase_if(tables, [&](const Table& table) { return table.name == word_at(tokens, 2); });
      }
    }
  }
  return tables;
}

}  // namespace doorstep::storage
