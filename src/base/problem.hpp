// A refusal with a stable code. Thrown by commands and queries,
// it rolls them back and becomes an RFC 9457 answer.
//
// The texts in the caller's language stand in one catalogue (problem_texts.hpp); a code that is not in it
// is a bug.
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace doorstep {

// `code` must be in the catalogue. `path` names the member of the request that is at fault
// ("materials[2].kind"). `arguments` fill {0}, {1}, … of the catalogue's detail, or its {uses}.
class Problem : public std::exception {
 public:
  explicit Problem(std::string_view code_, std::vector<std::string> arguments_ = {}, std::string path_ = {});

  const char* what() const noexcept override { return code.c_str(); }

  std::string code;
  std::vector<std::string> arguments;
  std::string path;
};

struct ProblemText {
  std::string_view code;
  int status;  // HTTP status
  std::string_view zh_title, zh_detail;
  std::string_view en_title, en_detail;
};

std::span<const ProblemText> problem_catalogue();
const ProblemText& problem_text(std::string_view code);  // asserts that it exists

// The catalogue's detail with the arguments in their places.
std::string problem_detail(const Problem& problem, Language language);

// The problem as application/problem+json (RFC 9457): {type, title, status, code, detail, path or null,
// request_id}, and uses [{use, text}] where the text lists them. Bytes that are not UTF-8 are repaired.
std::string problem_json(const Problem& problem, Language language, std::string_view request_id);

}  // namespace doorstep
