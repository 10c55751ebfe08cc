// Who gets in where something happens around taking in a case.
#include "contract/roles.hpp"

namespace doorstep::testing {

std::vector<Row> intake_rows() {
  constexpr auto in = Door::in, sign_in_first = Door::sign_in, no = Door::no;
  // clang-format off
  return {
    //                      nobody         greeter officer elsewhere manager elsewhere director elsewhere auditor admin
    {"receive_material",    {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"material":"card"})"},
    {"take_back_material",  {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"material":"card"})"},
    {"tell_missing",        {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"materials":["card"],"others":[]})"},
    {"let_follow",          {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"material":"card"})"},
    {"sign_declaration",    {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"signed_by":"示例"})"},
    {"note_case",           {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"note":"示例"})"},
    {"read_receipt",        {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"read_own_receipt",    {in,            in, in, in, in, in, in, in, in, in}},
    {"open_child_case",     {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"matter":"transfer"})"},
    {"choose_result_way",   {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"way":"post"})"},
    {"choose_own_result_way", {in,          in, in, in, in, in, in, in, in, in}, R"({"way":"post"})"},
    {"hand_out_result",     {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"taken_by":"applicant","taker":"示例"})"},
    {"withdraw_case",       {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"withdraw_own_case",   {in,            in, in, in, in, in, in, in, in, in}},
    {"reopen_case",         {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"reason":"示例"})"},
  };
  // clang-format on
}

}  // namespace doorstep::testing
