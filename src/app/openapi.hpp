// The API's document without a town: over an empty store in memory.
#pragma once

#include <string>

namespace doorstep::app {

std::string openapi_document();
int print_openapi();

}  // namespace doorstep::app
