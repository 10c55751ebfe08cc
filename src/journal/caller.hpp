// Who asks, from where, at which instant and in which language. Every command and query is given one.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace doorstep {

struct StaffTag {
  static constexpr std::string_view prefix = "st";
};
using StaffId = Id<StaffTag>;

struct VenueTag {
  static constexpr std::string_view prefix = "ve";
};
using VenueId = Id<VenueTag>;

enum class Role { greeter, window_officer, centre_manager, administrator };
BOOST_DESCRIBE_ENUM(Role, greeter, window_officer, centre_manager, administrator)

// A role, at one venue or (without one) in the whole town.
struct Grant {
  Role role{};
  std::optional<VenueId> venue;
};

struct Staff {
  StaffId id;
  std::string session;  // keyed hash of the session's token
  std::vector<Grant> grants;
};

struct Caller {
  Instant at;
  Language language = Language::zh;
  std::optional<Staff> staff;
  std::string device;  // a keyed hash of the browser's device cookie; empty when it has none
  std::string remote;  // the address it came from
  std::string request_id;

  // An administrator has the role of a centre manager, too.
  bool has(Role role, VenueId venue) const;
  bool has_anywhere(std::initializer_list<Role> roles) const;
};

// The signed-in member of staff; throws Problem not_signed_in.
const Staff& require_staff(const Caller& caller);

// Throws not_signed_in, or not_allowed when none of the roles is held at that venue. An administrator may
// everything that a centre manager may.
const Staff& require_role(const Caller& caller, std::initializer_list<Role> roles, VenueId venue);

}  // namespace doorstep
