#pragma once

#include "api/api.hpp"

namespace doorstep::cases {

void add_intake_routes(api::Api& api);

}  // namespace doorstep::cases
