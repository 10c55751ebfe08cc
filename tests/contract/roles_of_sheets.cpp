// Who gets lists as sheets: as their lists, and what anyone may list, staff alone.
#include "contract/roles.hpp"

namespace doorstep::testing {

// clang-format off
std::vector<Row> roles_of_sheets() {
  return {
    //                      nobody         greeter officer elsewhere manager elsewhere director elsewhere auditor admin
    {"list_cases_sheet",       {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"read_audit_sheet",       {sign_in_first, no, no, no, no, no, no, no, in, in}, R"({"purpose":"the yearly check"})"},
    {"list_staff_sheet",       {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"list_grants_sheet",      {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"list_organisation_tree_sheet", {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"find_venues_sheet",      {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_communities_sheet", {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_grids_sheet",       {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"read_calendar_sheet",    {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_devices_sheet",     {sign_in_first, in, in, no, in, no, in, no, no, in}},
    {"list_posts_sheet",       {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_roster_sheet",      {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_absences_sheet",    {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"list_handovers_sheet",   {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_imports_sheet",     {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"list_venues_sheet",      {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_addresses_sheet",   {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_past_activities_sheet", {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_device_history_sheet", {sign_in_first, in, in, no, in, no, in, no, no, in}},
  };
}
// clang-format on

}  // namespace doorstep::testing
