// The parts of the room's route table; `add_routes` lays them together.
#pragma once

#include <vector>

#include "network/network.hpp"

namespace doorstep::network {

void add_venue_routes(api::Api& api, const std::vector<VenueUse>& uses);
void add_post_routes(api::Api& api);
void add_device_routes(api::Api& api, const HallAt& hall_at);
void add_past_activity_routes(api::Api& api, const api::Who& managers);
void add_affiliation_routes(api::Api& api);
void add_grid_routes(api::Api& api, const api::Who& managers);
void add_address_routes(api::Api& api, const api::Who& managers);

}  // namespace doorstep::network
