#include "storage/lexer.hpp"

#include <stdexcept>
#include <string>

namespace doorstep::storage {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool in_word(char c) { return starts_word(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::size_t end_of_quote(std::string_view text, std::size_t at) {
  const char mark = text[at];
  for (auto i = at + 1; i < text.size(); ++i) {
    if (text[i] != mark) continue;
    if (i + 1 == text.size() || text[i + 1] != mark) return i + 1;
    ++i;  // a doubled mark stands for itself
  }
  refuse("a quote without its end", text.substr(at));
}

}  // namespace

bool starts_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

Token next_token(std::string_view text, std::size_t at) {
  const auto run = [&](TokenKind kind, auto&& belongs) {
    auto end = at + 1;
    while (end < text.size() && belongs(text[end])) ++end;
    return Token{kind, text.substr(at, end - at)};
  };
  const char c = text[at];
  if (starts_word(c)) return run(TokenKind::word, in_word);
  if (is_digit(c)) return run(TokenKind::number, [](char d) { return in_word(d) || d == '.'; });
  if (is_space(c)) return run(TokenKind::space, is_space);
  if (c == '\'' || c == '"') return {TokenKind::quote, text.substr(at, end_of_quote(text, at) - at)};
  if (text.substr(at, 2) == "--") return run(TokenKind::comment, [](char d) { return d != '\n'; });
  if (text.substr(at, 2) == "/*") {
    const auto end = text.find("*/", at + 2);
    if (end == std::string_view::npos) refuse("a comment without its end", text.substr(at));
    return {TokenKind::comment, text.substr(at, end + 2 - at)};
  }
  if (text.substr(at, 2) == "::") return {TokenKind::symbol, text.substr(at, 2)};
  return {TokenKind::symbol, text.substr(at, 1)};
}

void refuse(std::string_view why, std::string_view statement) {
  throw std::logic_error(std::string{why} + ": " + std::string{statement.substr(0, 500)});
}

}  // namespace doorstep::storage
