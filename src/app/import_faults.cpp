#include "app/import_faults.hpp"

#include <fmt/format.h>

namespace doorstep::app {

int Document::line_of(std::string_view path) const {
  while (true) {
    if (const auto found = lines.find(path); found != lines.end()) return found->second;
    const auto end = path.find_last_of(".[");
    if (end == std::string_view::npos) return 1;
    path = path.substr(0, end);
  }
}

void ImportFaults::add(std::string_view file, std::string_view what) {
  said_.push_back(fmt::format("{}: {}", file, what));
}

void ImportFaults::add_all(const ImportFaults& others) {
  said_.insert(said_.end(), others.said_.begin(), others.said_.end());
}

void ImportFaults::add(const Document& document, std::string_view path, std::string_view what) {
  said_.push_back(fmt::format("{}, line {}: {}: {}", document.file, document.line_of(path),
                              path.empty() ? "the file" : path, what));
}

void ImportFaults::throw_any() const {
  if (said_.empty()) return;
  if (said_.size() == 1) throw ImportError(said_.front());
  auto all = fmt::format("{} things are wrong, and nothing was imported:", said_.size());
  for (const auto& each : said_) all += "\n  " + each;
  throw ImportError(all);
}

std::string words_of(const Problem& problem) {
  std::string arguments;
  for (const auto& argument : problem.arguments) arguments += (arguments.empty() ? " (" : ", ") + argument;
  if (!arguments.empty()) arguments += ')';
  return problem.code + arguments;
}

}  // namespace doorstep::app
