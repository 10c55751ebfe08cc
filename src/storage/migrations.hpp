// A step of a schema, in the dialect of docs/sql.md. Steps go
// forward only and are never edited once released.
#pragma once

#include <string>
#include <vector>

namespace doorstep::storage {

struct Migration {
  std::string room;  // "hall"
  std::string name;  // "0001_hall"
  std::string sql;
};

}  // namespace doorstep::storage
