// YAML files as described structs: read through JSON, so that one reader names what is wrong, and where.
#pragma once

#include <filesystem>
#include <string>

#include <boost/json/value.hpp>

#include "app/import.hpp"
#include "base/json_value.hpp"
#include "base/problem.hpp"

namespace doorstep::app {

// Throws ImportError naming file and line.
boost::json::value load_yaml(const std::filesystem::path& file);

// The problem in words for an engineer: "town.yaml: halls[0].venue: …".
std::string import_message(const std::filesystem::path& file, const Problem& problem);

template <class T>
T read_yaml(const std::filesystem::path& file) {
  const auto value = load_yaml(file);
  try {
    return read_value<T>(value);
  } catch (const Problem& problem) {
    throw ImportError(import_message(file, problem));
  }
}

}  // namespace doorstep::app
