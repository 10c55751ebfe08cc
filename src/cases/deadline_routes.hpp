// The routes and timers of deadlines; routes.cpp has the others.
#pragma once

#include "api/api.hpp"

namespace doorstep::cases {

void add_deadline_routes(api::Api& api);
void add_deadline_timers(Journal& journal);

}  // namespace doorstep::cases
