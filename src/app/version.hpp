#pragma once

#include <string_view>

namespace doorstep::app {

inline constexpr std::string_view version = "0.1.0";

}  // namespace doorstep::app
