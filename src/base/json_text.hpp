// The smallest pieces of JSON writing: what json_impl.hpp, problems and the log are written with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep {

// The text in quotes, escaped. It must be UTF-8; who is not sure passes it through repaired_utf8 first.
void append_json_text(std::string& out, std::string_view text);

void append_json_integer(std::string& out, std::int64_t value);

// The shortest digits that read back as the same number. Throws std::domain_error for infinities and NaN,
// which JSON does not have.
void append_json_number(std::string& out, double value);

}  // namespace doorstep
