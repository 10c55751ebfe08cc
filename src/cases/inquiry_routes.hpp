// The routes of questions that are logged. For `add_routes`.
#pragma once

#include "api/api.hpp"

namespace doorstep::cases {

void add_inquiry_routes(api::Api& api);

}  // namespace doorstep::cases
