// This room's routes stand in several tables; add_routes (network.hpp) lists them all.
#pragma once

#include "api/api.hpp"

namespace doorstep::network {

void add_post_routes(api::Api& api);

}  // namespace doorstep::network
