// The routes of a case's people: handing it over. For `add_routes`.
#pragma once

#include "api/api.hpp"

namespace doorstep::cases {

void add_people_routes(api::Api& api);

}  // namespace doorstep::cases
