// YAML files as described structs: read through JSON, so that one reader names what is wrong, and where.
#pragma once

#include <filesystem>

#include "app/import_faults.hpp"
#include "base/json_faults.hpp"

namespace doorstep::app {

// What cannot be read at all is null, and a fault.
Document load_yaml(const std::filesystem::path& file, ImportFaults& faults);

// Only what read without a fault is as the file says.
template <class T>
T read_document(const Document& document, ImportFaults& faults) {
  if (document.value.is_null()) return {};  // it could not be read, which has been said
  std::vector<Problem> found;
  auto read = read_all<T>(document.value, found);
  for (const auto& problem : found) faults.add(document, problem.path, words_of(problem));
  return read;
}

}  // namespace doorstep::app
