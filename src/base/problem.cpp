#include "base/problem.hpp"

#include <algorithm>
#include <cstddef>

#include "base/ensure.hpp"
#include "base/json_text.hpp"
#include "base/problem_texts.hpp"
#include "base/utf8.hpp"

namespace doorstep {
namespace {

// The catalogue by code. Built once; the catalogue itself is ordered for people.
const std::vector<const ProblemText*>& by_code() {
  static const auto sorted = [] {
    std::vector<const ProblemText*> all;
    for (const auto& text : problem_catalogue()) all.push_back(&text);
    std::ranges::sort(all, {}, &ProblemText::code);
    return all;
  }();
  return sorted;
}

constexpr std::string_view uses_place = "{uses}";

bool lists_uses(const ProblemText& text) { return text.en_detail.find(uses_place) != std::string_view::npos; }

std::string_view use_text(std::string_view code, Language language) {
  const auto texts = problem_texts_of_uses();
  const auto found = std::ranges::find(texts, code, &UseText::code);
  if (found == texts.end()) ensure(false, ("the use " + std::string{code} + " has a text").c_str());
  return language == Language::zh ? found->zh : found->en;
}

// In place of {uses}: "岗位、配对的设备", "posts, paired devices".
std::string with_uses(std::string_view text, std::span<const std::string> uses, Language language) {
  std::string list;
  for (const auto& use : uses) {
    if (!list.empty()) list += language == Language::zh ? "、" : ", ";
    list += use_text(use, language);
  }
  std::string out{text};
  return out.replace(out.find(uses_place), uses_place.size(), list);
}

// Puts the arguments in place of {0} … {9}; a place without an argument stays empty.
std::string filled(std::string_view text, std::span<const std::string> arguments) {
  std::string out;
  out.reserve(text.size() + 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool place = text[i] == '{' && i + 2 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9' &&
                       text[i + 2] == '}';
    if (!place) {
      out += text[i];
      continue;
    }
    const auto number = static_cast<std::size_t>(text[i + 1] - '0');
    if (number < arguments.size()) out += arguments[number];
    i += 2;
  }
  return out;
}

// A path may hold bytes that a stranger chose; the answer is UTF-8 all the same.
void append_any_text(std::string& out, std::string_view text) {
  valid_utf8(text) ? append_json_text(out, text) : append_json_text(out, repaired_utf8(text));
}

void append_uses(std::string& out, std::span<const std::string> uses, Language language) {
  out += R"(,"uses":[)";
  for (const auto& use : uses) {
    if (out.back() != '[') out += ',';
    out += R"({"use":)";
    append_json_text(out, use);
    out += R"(,"text":)";
    append_json_text(out, use_text(use, language));
    out += '}';
  }
  out += ']';
}

}  // namespace

Problem::Problem(std::string_view code_, std::vector<std::string> arguments_, std::string path_)
    : code(code_), arguments(std::move(arguments_)), path(std::move(path_)) {}

const ProblemText& problem_text(std::string_view code) {
  const auto& all = by_code();
  const auto found = std::ranges::lower_bound(all, code, {}, &ProblemText::code);
  if (found == all.end() || (*found)->code != code)
    ensure(false, ("the problem " + std::string{code} + " is in the catalogue").c_str());
  return **found;
}

std::string problem_detail(const Problem& problem, Language language) {
  const auto& text = problem_text(problem.code);
  const auto detail = language == Language::zh ? text.zh_detail : text.en_detail;
  return lists_uses(text) ? with_uses(detail, problem.arguments, language)
                          : filled(detail, problem.arguments);
}

std::string problem_json(const Problem& problem, Language language, std::string_view request_id) {
  const auto& text = problem_text(problem.code);
  std::string out = R"({"type":"urn:doorstep:problem:)";
  out += text.code;
  out += R"(","title":)";
  append_json_text(out, language == Language::zh ? text.zh_title : text.en_title);
  out += R"(,"status":)";
  out += std::to_string(text.status);
  out += R"(,"code":)";
  append_json_text(out, text.code);
  out += R"(,"detail":)";
  append_any_text(out, problem_detail(problem, language));
  out += R"(,"path":)";
  if (problem.path.empty()) {
    out += "null";
  } else {
    append_any_text(out, problem.path);
  }
  out += R"(,"request_id":)";
  append_any_text(out, request_id);
  if (lists_uses(text)) append_uses(out, problem.arguments, language);
  out += '}';
  return out;
}

}  // namespace doorstep
