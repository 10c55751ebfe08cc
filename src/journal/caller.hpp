// Who asks, from where, at which instant and in which language. Every command and query is given one.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "journal/reach.hpp"

namespace doorstep {

struct StaffTag {
  static constexpr std::string_view prefix = "st";
};
using StaffId = Id<StaffTag>;

struct ResidentTag {
  static constexpr std::string_view prefix = "rs";
};
using ResidentId = Id<ResidentTag>;

struct DeviceTag {
  static constexpr std::string_view prefix = "dv";
};
using DeviceId = Id<DeviceTag>;

// Some have their work in capabilities still to come; until then they open no door.
enum class Role {
  greeter,
  window_officer,
  branch_secretary,
  committee_officer,
  station_keeper,
  grid_head,
  lecturer,
  centre_manager,
  auditor,
  administrator
};
BOOST_DESCRIBE_ENUM(Role, greeter, window_officer, branch_secretary, committee_officer, station_keeper,
                    grid_head, lecturer, centre_manager, auditor, administrator)

// A role, and how far it holds.
struct Grant {
  Role role{};
  Scope scope;
  std::optional<Instant> until = {};  // absent: without an end
};

struct Staff {
  StaffId id;
  std::string session;  // keyed hash of the session's token
  std::vector<Grant> grants;
  std::shared_ptr<const Reach> reach = {};  // of the town's organisations; null: there are none
};

// A resident's account: a phone that proved itself by a code, or an account of the city. Which people it
// speaks for is asked of identity.
struct Resident {
  ResidentId id;
  std::string session;  // keyed hash of the session's token
  Instant proven_at;    // when the code was given, or password or card shown
};

// A device of the town's own that a colleague has paired: a display, a kiosk. It stands for nobody.
struct PairedDevice {
  DeviceId id;
  std::string session;  // keyed hash of the session's token
};

struct Caller {
  Instant at;
  Language language = Language::zh;
  std::optional<Staff> staff;
  std::optional<Resident> resident = {};
  std::optional<PairedDevice> paired = {};
  std::string device;  // a keyed hash of the browser's device cookie; empty when it has none
  std::string remote;  // the address it came from
  std::string request_id;
  std::string host = {};  // by which the town was reached, in small letters, with its port where it has one

  std::optional<StaffId> staff_id() const { return staff ? std::optional{staff->id} : std::nullopt; }
  // An administrator has the role of a centre manager, too.
  bool has(Role role, const Scope& place) const { return grant_for(role, place) != nullptr; }
  // The one by which they have it, of several the one that holds longest; null: they have not.
  const Grant* grant_for(Role role, const Scope& place) const;
  bool has_anywhere(std::initializer_list<Role> roles) const;
  // Where the town serves people: at a venue, or at an organisation that runs one, itself or below it.
  bool has_at_a_venue(std::initializer_list<Role> roles) const;
};

// The signed-in member of staff; throws Problem not_signed_in.
const Staff& require_staff(const Caller& caller);

// The signed-in resident; throws Problem not_signed_in.
const Resident& require_resident(const Caller& caller);

// The paired device; throws Problem not_signed_in.
const PairedDevice& require_paired(const Caller& caller);

// Throws not_signed_in, or not_allowed when none of the roles is held there. An administrator may everything
// that a centre manager may.
const Staff& require_role(const Caller& caller, std::initializer_list<Role> roles, const Scope& place);

}  // namespace doorstep
