// The sheets that this room takes in.
#pragma once

#include <vector>

#include "identity/identity.hpp"
#include "imports/imports.hpp"

namespace doorstep::identity {

imports::Kind staff_kind(const PasswordCost& cost, const std::vector<StaffUse>& uses);
imports::Kind people_kind();

}  // namespace doorstep::identity
