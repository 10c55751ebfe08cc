// What servers elsewhere say in JSON, member by member: whatever is absent or of another kind is nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace doorstep::identity {

// Nothing: no JSON, or no object.
std::optional<boost::json::object> object_in(std::string_view json);
std::optional<std::string> text_in(const boost::json::object& from, std::string_view name);
std::string text_or_empty(const boost::json::object& from, std::string_view name);

}  // namespace doorstep::identity
