#include "storage/dialect.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "storage/lexer.hpp"

namespace doorstep::storage {
namespace {

std::string lower(std::string_view text) {
  std::string made{text};
  for (auto& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

struct ColumnWord {
  std::string_view word, sqlite, postgres;
};
constexpr std::array column_words{
    ColumnWord{"ID", "INTEGER", "BIGINT"},
    ColumnWord{"INT", "INTEGER", "BIGINT"},
    ColumnWord{"INSTANT", "INTEGER", "BIGINT"},
    ColumnWord{"BOOL", "INTEGER", "BIGINT"},
    ColumnWord{"REAL", "REAL", "DOUBLE PRECISION"},
    ColumnWord{"BYTES", "BLOB", "BYTEA"},
    ColumnWord{"TEXT", "TEXT", "TEXT"},
    ColumnWord{"DAY", "TEXT", "TEXT"},
    ColumnWord{"JSON", "TEXT", "TEXT"},
};

// Types that mean different things to the engines, or pass one
// of them by; the dialect's words stand for them.
constexpr std::array<std::string_view, 18> foreign_types{
    "int",     "integer", "bigint", "smallint", "serial",  "bigserial", "text",  "varchar", "char",
    "boolean", "bool",    "real",   "double",   "numeric", "blob",      "bytea", "date",    "timestamp"};

// A list is rounded up, its last value repeated; a row repeated would be another row.
std::size_t parameters_of(const Bound& list) {
  return list.width > 0 ? list.items.size() : list_class(list.items.size());
}

class Rewriter {
 public:
  Rewriter(std::string_view statement, Engine engine, std::span<const Bind> binds)
      : statement_(statement), engine_(engine), binds_(binds) {}

  Parsed rewrite() {
    for (std::size_t at = 0; at < statement_.size();) {
      const auto token = next_token(statement_, at);
      at += token.text.size();
      if (token.kind == TokenKind::comment || token.kind == TokenKind::space) {
        if (!parsed_.text.empty() && parsed_.text.back() != ' ') parsed_.text += ' ';
        continue;
      }
      if (ended_) refuse("more than one statement", statement_);
      at += take(token, at);
      last_ = token;
    }
    finish();
    return std::move(parsed_);
  }

 private:
  // Takes a token; returns how many more characters it took with it.
  std::size_t take(const Token& token, std::size_t at) {
    if (token.kind == TokenKind::word) {
      take_word(token.text);
      return 0;
    }
    if (token.kind == TokenKind::symbol) {
      const char c = token.text[0];
      if (c == '?' || c == '$') refuse("bind by name", statement_);
      if (c == ';') {
        ended_ = true;
        return 0;
      }
      if (c == '(') ++depth_;
      if (c == ')') --depth_;
      if (token.text == ":" && at < statement_.size() && starts_word(statement_[at])) {
        const auto name = next_token(statement_, at).text;
        take_parameter(name);
        return name.size();
      }
    }
    parsed_.text += token.text;
    return 0;
  }

  void take_word(std::string_view word) {
    const auto lowered = lower(word);
    if (first_word_.empty()) first_word_ = lowered;
    if (depth_ == 0) {
      if (lowered == "insert" || lowered == "update" || lowered == "delete") changes_ = true;
      if (second_word_.empty() && lowered != first_word_) second_word_ = lowered;
    }
    const bool schema = first_word_ == "create" || first_word_ == "alter";
    if (schema && (lowered == "deferrable" || lowered == "deferred"))
      refuse("no deferred constraints", statement_);
    for (const auto& column : column_words) {
      if (word == column.word) {
        put_type(engine_ == Engine::sqlite ? column.sqlite : column.postgres);
        return;
      }
    }
    // A column's type stands straight after its name, inside the first parentheses.
    const bool after_name = last_ && last_->kind == TokenKind::word && lower(last_->text) != "column";
    if (first_word_ == "create" && second_word_ == "table" && depth_ == 1 && after_name &&
        std::ranges::find(foreign_types, lowered) != foreign_types.end()) {
      refuse("write a column's type as one of the dialect's words, not `" + std::string{word} + "`",
             statement_);
    }
    parsed_.text += word;
  }

  void put_type(std::string_view type) {
    parsed_.text += type;
    // A cast takes no collation; a column must have one, or order would depend on the machine's locale.
    const bool cast = last_ && last_->kind == TokenKind::word && lower(last_->text) == "as";
    if (engine_ == Engine::postgres && type == "TEXT" && !cast) parsed_.text += " COLLATE \"C\"";
  }

  void take_parameter(std::string_view name) {
    const auto known = std::ranges::find(parsed_.parameters, name, &Parameter::name);
    if (known != parsed_.parameters.end()) return put_parameter(*known);
    const auto bind = std::ranges::find(binds_, name, [](const Bind& b) { return std::string_view{b.name}; });
    if (bind == binds_.end()) refuse("nothing bound to :" + std::string{name}, statement_);
    const auto& value = bind->value;
    const auto count = value.list ? parameters_of(value) : 1;
    parsed_.parameters.push_back(
        {std::string{name}, parsed_.parameter_count + 1, count, value.list, value.width});
    parsed_.parameter_count += count;
    put_parameter(parsed_.parameters.back());
  }

  void put_parameter(const Parameter& parameter) {
    for (std::size_t i = 0; i < parameter.count; ++i) {
      const bool next_row = parameter.width > 0 && i % parameter.width == 0;
      if (i > 0) parsed_.text += next_row ? "),(" : ",";
      parsed_.text += engine_ == Engine::sqlite ? '?' : '$';
      parsed_.text += std::to_string(parameter.first + i);
    }
  }

  void finish() {
    constexpr std::array<std::string_view, 5> reads{"select", "with", "values", "explain", ""};
    constexpr std::array<std::string_view, 3> changes{"insert", "update", "delete"};
    constexpr std::array<std::string_view, 4> schemas{"create", "alter", "drop", "analyze"};
    const auto among = [&](auto& words) { return std::ranges::find(words, first_word_) != words.end(); };
    if (first_word_.empty()) refuse("an empty statement", statement_);
    if (first_word_ == "explain" || (among(reads) && !changes_)) {
      parsed_.verb = Verb::read;
    } else if (among(reads) || among(changes)) {
      parsed_.verb = Verb::change;
    } else if (among(schemas)) {
      parsed_.verb = Verb::schema;
      make_strict();
    } else {
      refuse("not a statement of the dialect", statement_);
    }
    // Every bind is used and none is given twice: as many binds as
    // parameters, each parameter having found its own.
    if (parsed_.parameters.size() != binds_.size()) refuse("a superfluous bind", statement_);
  }

  void make_strict() {
    if (first_word_ != "create" || second_word_ != "table") return;
    if (!last_ || (last_->text != ")" && last_->text != ";"))
      refuse("a table is created with its columns", statement_);
    if (engine_ == Engine::sqlite) parsed_.text += " STRICT";
  }

  std::string_view statement_;
  Engine engine_;
  std::span<const Bind> binds_;
  Parsed parsed_;
  std::optional<Token> last_;
  std::string first_word_, second_word_;
  int depth_ = 0;
  bool changes_ = false, ended_ = false;
};

}  // namespace

Parsed parse(std::string_view statement, Engine engine, std::span<const Bind> binds) {
  return Rewriter{statement, engine, binds}.rewrite();
}

std::size_t list_class(std::size_t items) {
  std::size_t size = 1;
  while (size < items) size *= 4;
  return size;
}

const Bound& bind_for(const Parsed& parsed, std::size_t parameter, std::span<const Bind> binds) {
  const std::string_view name = parsed.parameters[parameter].name;
  if (parameter < binds.size() && binds[parameter].name == name) return binds[parameter].value;
  for (const auto& bind : binds) {
    if (bind.name == name) return bind.value;
  }
  throw std::logic_error("nothing bound to :" + std::string{name});
}

const Bound& list_item(const Bound& list, std::size_t i) {
  static constexpr auto null_of = [](Type type) { return Bound{type, {}, false, {}, 0}; };
  static const std::array nulls{null_of(Type::integer), null_of(Type::real), null_of(Type::text),
                                null_of(Type::bytes)};
  if (list.items.empty()) return nulls[static_cast<std::size_t>(list.type)];
  return list.items[std::min(i, list.items.size() - 1)];
}

void append_shape(std::string& key, std::span<const Bind> binds) {
  for (const auto& bind : binds) {
    key += '\0';
    key += bind.name;  // another order of the same binds is another form; rare, and it keeps the check exact
    key += static_cast<char>('\1' + static_cast<char>(bind.value.type));
    if (bind.value.list) key += std::to_string(parameters_of(bind.value));
  }
}

std::vector<std::string> split_script(std::string_view script) {
  std::vector<std::string> statements;
  std::string current;
  bool blank = true;
  const auto end = [&] {
    if (!blank) statements.push_back(current);
    current.clear();
    blank = true;
  };
  for (std::size_t at = 0; at < script.size();) {
    const auto token = next_token(script, at);
    at += token.text.size();
    if (token.text == ";") {
      end();
      continue;
    }
    blank = blank && (token.kind == TokenKind::space || token.kind == TokenKind::comment);
    current += token.text;
  }
  end();
  return statements;
}

std::string quoted(std::string_view identifier) {
  std::string made = "\"";
  for (const char c : identifier) {
    if (c == '"') made += '"';
    made += c;
  }
  return made + '"';
}

}  // namespace doorstep::storage
