// A schema of several steps, none of which may be taken twice.
#pragma once

#include <string>
#include <vector>

#include "storage/migrations.hpp"

namespace doorstep::storage {

inline std::vector<Migration> many_steps() {
  std::vector<Migration> steps;
  steps.push_back({"first", "0001", "create table marks (id ID primary key, step TEXT not null);"});
  for (int i = 2; i <= 12; ++i) {
    const auto number = std::to_string(i);
    steps.push_back({i % 2 == 0 ? "first" : "second", "00" + number,
                     "create table step_" + number + " (id ID primary key);\n" +
                         "-- a mark; twice would break its key\n" + "insert into marks (id, step) values (" +
                         number + ", 'step; " + number + "');"});
  }
  return steps;
}

}  // namespace doorstep::storage
