// A venue's cases as a sheet: as the list shows them, nothing of the applicants.
#pragma once

#include "api/sheet_of.hpp"
#include "cases/case.hpp"

namespace doorstep::cases {

SheetOf<CaseRow> case_sheet();

}  // namespace doorstep::cases
