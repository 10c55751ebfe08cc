// SQL with its values, apart from any engine.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace doorstep::bench {

using Value = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<unsigned char>>;

struct Statement {
  std::string text;                // as the engine gets it: `?1`, or `$1`
  std::vector<std::string> names;  // of its parameters in order
  std::vector<Value> values;
};

}  // namespace doorstep::bench
