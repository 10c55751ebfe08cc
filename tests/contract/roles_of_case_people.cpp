// Who may do what the people of a case do with it.
#include "contract/roles.hpp"

namespace doorstep::testing {

// clang-format off
std::vector<Row> roles_of_case_people() {
  return {
    //                      nobody         greeter officer elsewhere manager elsewhere director elsewhere auditor admin
    {"offer_case",          {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"to":"{staff}"})"},
    {"take_over_case",      {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"decline_case",        {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"reason":"示例"})"},
    {"withdraw_offer",      {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"name_unit",           {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"organisation":"{organisation}"})"},
    {"list_unit_cases",     {sign_in_first, no, no, no, no, no, no, no, no, in}},
    {"advance_unit_case",   {sign_in_first, no, no, no, no, no, no, no, no, in}, R"({"to":"done"})"},
    {"log_inquiry",         {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"venue":"{venue}","question":"q","answer":"a"})"},
    {"list_inquiries",      {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"look_at_inquiry",     {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"open_case_of_inquiry", {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"matter":"transfer","materials_received":[]})"},
  };
}
// clang-format on

}  // namespace doorstep::testing
