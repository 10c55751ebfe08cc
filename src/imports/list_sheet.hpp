// The list of imports as a sheet: how each stands and how far it has come, by whom.
#pragma once

#include "api/sheet_of.hpp"
#include "imports/import.hpp"

namespace doorstep::imports {

struct ImportLine {
  ImportView import;
  Text kind;                      // what its sheet is of
  std::optional<std::string> by;  // none: nobody knows them any more
};
// One statement more than the list.
Page<ImportLine> import_lines(Snapshot& snapshot, const Caller& caller, const ListImports& wish,
                              const Kinds& kinds, const StaffNames& names);
SheetOf<ImportLine> import_sheet();

}  // namespace doorstep::imports
