// How a test's town of its own is opened.
#pragma once

#include <string>

#include "storage/store.hpp"

namespace doorstep::testing {

// `schema` is what it is called on PostgreSQL.
storage::Options store_options(storage::Engine engine, const std::string& schema);

}  // namespace doorstep::testing
