// The routes of a case's people: handing it over, and the units that act in it. For `add_routes`.
#pragma once

#include "api/api.hpp"

namespace doorstep::cases {

void add_people_routes(api::Api& api);

}  // namespace doorstep::cases
