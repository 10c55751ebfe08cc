// Holds a JSON value against a JSON Schema of the kind that we print: type, properties, required, items,
// enum, pattern, bounds, anyOf, allOf, $ref into the document, additionalProperties.
#pragma once

#include <string>

#include <boost/json/value.hpp>

namespace doorstep::testing {

// What does not fit, with its path; empty when all does.
std::string misfit(const boost::json::value& value, const boost::json::value& schema,
                   const boost::json::value& document, const std::string& path = "$");

}  // namespace doorstep::testing
