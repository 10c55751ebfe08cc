// Reading the configuration file. Apart, for toml++ takes long to compile.
#include <fmt/format.h>
#include <toml++/toml.h>

#include "app/config.hpp"

namespace doorstep::app {

namespace {

std::string text_of(const toml::node& node, const std::string& key, const std::string& file) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  if (const auto* list = node.as_array()) {
    std::string joined;
    for (const auto& item : *list) {
      const auto text = item.value_exact<std::string>();
      if (!text) throw ConfigError(fmt::format("{}: {} is a list of texts", file, key));
      joined += (joined.empty() ? "" : ",") + *text;
    }
    return joined;
  }
  throw ConfigError(
      fmt::format("{}: {} is a text, a whole number, true or false, or a list of texts", file, key));
}

void flatten(Values& values, const toml::table& table, const std::string& before, const std::string& file) {
  for (const auto& [name, node] : table) {
    const auto key = before + std::string{name.str()};
    if (const auto* inner = node.as_table()) {
      flatten(values, *inner, key + '.', file);
    } else {
      values[key] = text_of(node, key, file);
    }
  }
}

}  // namespace

Values read_toml(const std::string& file) {
  Values values;
  try {
    flatten(values, toml::parse_file(file), "", file);
  } catch (const toml::parse_error& wrong) {
    throw ConfigError(fmt::format("{}, line {}: {}", file, wrong.source().begin.line, wrong.description()));
  }
  return values;
}

}  // namespace doorstep::app
