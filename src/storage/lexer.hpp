// The dialect of docs/sql.md, token by token.
#pragma once

#include <string_view>

namespace doorstep::storage {

enum class TokenKind { word, number, quote, comment, space, symbol };

struct Token {
  TokenKind kind{};
  std::string_view text;
};

bool starts_word(char c);

// The token that begins at `at`, which is within the text. Throws std::logic_error for a quote or a comment
// without its end.
Token next_token(std::string_view text, std::size_t at);

[[noreturn]] void refuse(std::string_view why, std::string_view statement);

}  // namespace doorstep::storage
