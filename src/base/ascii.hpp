// Letters as protocols know them: of names of hosts and headers, never of people.
#pragma once

namespace doorstep {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace doorstep
