// From a request's path, query and body to the one JSON object that a wish is read from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "api/route.hpp"
#include "http/http.hpp"

namespace doorstep::api {

// `properties` are the wish's, by name; `values` the path's parameters as received. Throws Problem bad_path,
// bad_query, unknown_member, malformed_json, unsupported_media_type, if_match_missing, out_of_range.
boost::json::object gather_input(const Route& route, const boost::json::object& properties,
                                 const std::vector<std::string_view>& values, const http::Request& request);

}  // namespace doorstep::api
