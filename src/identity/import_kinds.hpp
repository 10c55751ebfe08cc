// The sheets that this room takes in.
#pragma once

#include <functional>
#include <vector>

#include "base/crypto.hpp"
#include "imports/imports.hpp"
#include "journal/transaction.hpp"

namespace doorstep::identity {

// What a room above says of a member of staff whose account is about to be taken back: whether they have
// something in hand there, and so work here by now. One statement.
using StaffUse = std::function<bool(Snapshot& snapshot, StaffId staff)>;

imports::Kind staff_kind(const PasswordCost& cost, const std::vector<StaffUse>& uses);
imports::Kind people_kind();

void add_import_kinds(imports::Kinds& kinds, const PasswordCost& cost, const std::vector<StaffUse>& uses);

}  // namespace doorstep::identity
