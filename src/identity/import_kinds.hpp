// The sheets that this room takes in.
#pragma once

#include "base/crypto.hpp"
#include "imports/imports.hpp"

namespace doorstep::identity {

imports::Kind staff_kind(const PasswordCost& cost);
imports::Kind people_kind();

}  // namespace doorstep::identity
