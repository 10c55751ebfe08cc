// The rows of what stands beside the password.
#pragma once

#include "api/api.hpp"

namespace doorstep::identity {

void add_second_factor_routes(api::Api& api);
void add_passkey_routes(api::Api& api);

}  // namespace doorstep::identity
