// The town's staff, for those who give them their roles.
#pragma once

#include "api/page.hpp"
#include "identity/grants.hpp"

namespace doorstep::identity {

struct StaffView {
  StaffId id;
  std::string username;
  std::string name;
  Text post;
  std::vector<GrantView> grants;  // that hold or are to come, where the one who asks is a manager
};
BOOST_DESCRIBE_STRUCT(StaffView, (), (id, username, name, post, grants))

struct ListStaff {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListStaff, (), (cursor, limit))

// Who works here under that user name, else under that public name. Throws Problem several_such_staff. One
// statement.
std::optional<StaffId> working_here_as(Snapshot& snapshot, const std::string& name);

// Whoever left is not in it.
Page<StaffView> list_staff(Snapshot& snapshot, const Caller& caller, const ListStaff& wish);

}  // namespace doorstep::identity
