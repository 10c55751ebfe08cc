// The lists of this room as sheets: which columns they have, and what they call things.
#pragma once

#include "api/sheet_of.hpp"
#include "identity/audit_reading.hpp"
#include "identity/staff.hpp"

namespace doorstep::identity {

// What a role is called.
const Text& role_name(Role role);

SheetOf<StaffView> staff_sheet();
SheetOf<AuditView> audit_sheet();

}  // namespace doorstep::identity
