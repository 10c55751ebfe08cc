// The program as a server: the town, its API, its pages, health and metrics behind one address, until it is
// told to stop.
#pragma once

#include "app/config.hpp"

namespace doorstep::app {

// Serves until SIGINT or SIGTERM; SIGHUP reads the certificate anew. Returns the exit status.
int serve(const Config& config);

}  // namespace doorstep::app
