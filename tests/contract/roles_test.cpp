// Every route is tried by every role. The table says who gets in; a route that is not in it fails the test.
#include <algorithm>
#include <functional>

#include <gmock/gmock.h>

#include "contract/roles.hpp"
#include "contract/stage.hpp"
#include "testing/devices.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

// "resident" has a phone that speaks for the person whom the routes name, "neighbour" another phone.
constexpr const char* residents[] = {"resident", "neighbour"};

// clang-format off
const Row rows_here[] = {
    //                      nobody         greeter officer elsewhere manager elsewhere director elsewhere auditor admin
    {"sign_in",             {in,            in, in, in, in, in, in, in, in, in}, R"({"username":"x","password":"y"})"},
    {"read_session",        {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"sign_out",            {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"read_town",           {in,            in, in, in, in, in, in, in, in, in}},
    {"read_front",          {in,            in, in, in, in, in, in, in, in, in}},
    {"read_hall",           {in,            in, in, in, in, in, in, in, in, in}},
    {"list_services",       {in,            in, in, in, in, in, in, in, in, in}},
    {"read_queue",          {in,            in, in, in, in, in, in, in, in, in}},
    {"take_ticket",         {in,            in, in, in, in, in, in, in, in, in}, R"({"service":"question"})"},
    {"read_ticket",         {in,            in, in, in, in, in, in, in, in, in}},
    {"cancel_ticket",       {in,            in, in, in, in, in, in, in, in, in}},
    {"read_matter",         {in,            in, in, in, in, in, in, in, in, in}},
    {"read_progress",       {in,            in, in, in, in, in, in, in, in, in}},
    {"listen",              {in,            in, in, in, in, in, in, in, in, in}},
    {"list_windows",        {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"read_desk",           {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"open_window",         {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"pause_window",        {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"close_window",        {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"call_next",           {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"recall_ticket",       {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"start_ticket",        {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"miss_ticket",         {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"finish_ticket",       {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"take_in_case",        {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"matter":"transfer","materials_received":[]})"},
    {"edit_window",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"note":null})"},
    {"list_cases",          {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"read_case",           {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"accept_case",         {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"advance_case",        {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"to":"review"})"},
    {"look_at_applicant",   {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"purpose":"to call back"})"},
    {"record_person",       {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"name":"示例"})"},
    {"find_people",         {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"name":"示例","purpose":"at the window"})"},
    {"read_audit",          {sign_in_first, no, no, no, no, no, no, no, in, in}, R"({"purpose":"the yearly check"})"},
    {"look_at_person",      {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"purpose":"at the window"})"},
    {"correct_person",      {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"name":"示例"})"},
    {"erase_person",        {sign_in_first, no, no, no, in, in, in, in, no, in}, R"({"purpose":"asked for it"})"},
    {"merge_people",        {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"into":"{person}","into_version":1,"reason":"other"})"},
    {"unmerge_people",      {sign_in_first, in, in, in, in, in, in, in, no, in}},
    {"list_merges",         {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"purpose":"at the window"})"},
    {"give_mandate",        {sign_in_first, no, in, in, in, in, in, in, no, in}, R"({"agent":"{person}","consent":"in_person","until":"2027-06-30T00:00:00Z"})"},
    {"end_mandate",         {sign_in_first, no, in, in, in, in, in, in, no, in}},
    {"look_at_mandates",    {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"purpose":"at the window"})"},
    {"link_phone",          {sign_in_first, no, in, in, in, in, in, in, no, in}, R"({"phone":"13900000001","code":"x"})"},
    {"unlink_phones",       {sign_in_first, no, in, in, in, in, in, in, no, in}},
    {"ask_for_code",        {in,            in, in, in, in, in, in, in, in, in}, R"({"phone":"13900000001"})"},
    {"sign_in_by_code",     {in,            in, in, in, in, in, in, in, in, in}, R"({"phone":"13900000001","code":"x"})"},
    {"read_city_account",       {in,        in, in, in, in, in, in, in, in, in}},
    {"begin_city_sign_in",      {in,        in, in, in, in, in, in, in, in, in}, "{}"},
    {"sign_in_by_city_account", {in,        in, in, in, in, in, in, in, in, in}, R"({"code":"x","state":"x"})"},
    {"list_organisations",  {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"read_organisation",   {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"list_venues",         {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"record_organisation", {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"kind":"branch","parent":"{organisation}","name":{"zh":"示例","en":"Sample"}})"},
    {"edit_organisation",   {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"official_name":"示例"})"},
    {"end_organisation",    {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"find_venues",         {in,            in, in, in, in, in, in, in, in, in}},
    {"read_venue",          {in,            in, in, in, in, in, in, in, in, in}},
    {"nearest_venues",      {in,            in, in, in, in, in, in, in, in, in}},
    {"record_venue",        {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"kind":"station","organisation":"{organisation}","name":{"zh":"示例","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})"},
    {"edit_venue",          {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"step_free":"yes"})"},
    {"rename_venue",        {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"name":{"zh":"示例","en":"Sample"}})"},
    {"end_venue",           {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"begin_function",      {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"function":"warm_station"})"},
    {"end_function",        {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"function":"park"})"},
    {"put_hours",           {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"hours":[]})"},
    {"put_exception",       {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"closed":true,"note":{"zh":"示例","en":"Sample"}})"},
    {"remove_exception",    {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"record_room",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"name":{"zh":"示例","en":"Sample"}})"},
    {"edit_room",           {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"seats":20})"},
    {"end_room",            {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"find_address",        {in,            in, in, in, in, in, in, in, in, in}},
    {"list_communities",    {in,            in, in, in, in, in, in, in, in, in}},
    {"edit_community",      {sign_in_first, no, no, no, no, no, in, no, no, in}, "{}"},
    {"list_addresses",      {in,            in, in, in, in, in, in, in, in, in}},
    {"record_addresses",    {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"street":"示例路"})"},
    {"replace_addresses",   {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"street":"示例路"})"},
    {"end_addresses",       {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"list_grids",          {in,            in, in, in, in, in, in, in, in, in}},
    {"find_grids",          {in,            in, in, in, in, in, in, in, in, in}},
    {"list_grid_areas",     {in,            in, in, in, in, in, in, in, in, in}},
    {"read_grid",           {in,            in, in, in, in, in, in, in, in, in}},
    {"record_grid",         {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"organisation":"{organisation}","name":{"zh":"示例","en":"Sample"},"ring":[{"latitude":31,"longitude":121},{"latitude":31,"longitude":121.1},{"latitude":31.1,"longitude":121},{"latitude":31,"longitude":121}]})"},
    {"edit_grid",           {sign_in_first, no, no, no, no, no, in, no, no, in}, "{}"},
    {"end_grid",            {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"list_past_activities", {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"record_past_activity", {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"title":"示例","day":"2026-11-01","kind":"club","organisation":"{organisation}"})"},
    {"edit_past_activity",  {sign_in_first, no, no, no, no, no, in, no, no, in}, "{}"},
    {"end_past_activity",   {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"put_volunteering",    {sign_in_first, in, in, in, in, in, in, in, no, in}, R"({"volunteering":null})"},
    {"find_volunteers",     {sign_in_first, no, in, no, in, no, in, no, no, in}, R"({"venue":"{venue}","purpose":"a rota"})"},
    {"put_membership",      {sign_in_first, no, in, in, in, in, in, in, no, in}, R"({"membership":null})"},
    {"look_at_membership",  {sign_in_first, no, in, in, in, in, in, in, no, in}, R"({"purpose":"a transfer"})"},
    {"list_staff",          {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"record_staff",        {sign_in_first, no, no, no, in, in, in, in, no, in}, R"({"username":"admin","name":"示例","post":{"zh":"岗位","en":"Post"},"password":"window-and-door"})"},
    {"reset_password",      {sign_in_first, no, no, no, no, no, no, no, no, in}, R"({"password":"window-and-door"})"},
    {"end_staff",           {sign_in_first, no, no, no, no, no, no, no, no, in}},
    {"list_sessions",       {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"end_session",         {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"change_password",     {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"old_password":"window-and-door","password":"window-and-door"})"},
    {"read_second_factor",    {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"begin_second_factor",   {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"password":"window-and-door"})"},
    {"confirm_second_factor", {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"code":"000000"})"},
    {"end_second_factor",     {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"password":"window-and-door","code":"000000"})"},
    {"end_second_factor_of",  {sign_in_first, no, no, no, no, no, no, no, no, in}},
    {"list_passkeys",         {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"begin_passkey",         {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"password":"window-and-door"})"},
    {"record_passkey",        {sign_in_first, in, in, in, in, in, in, in, in, in}, R"({"name":"x","client_data":"x","authenticator_data":"x"})"},
    {"end_passkey",           {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"ask_for_challenge",     {in,            in, in, in, in, in, in, in, in, in}},
    {"sign_in_by_passkey",    {in,            in, in, in, in, in, in, in, in, in}, R"({"credential":"x","user":"x","client_data":"x","authenticator_data":"x","signature":"x"})"},
    {"list_import_kinds",   {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"read_import_template", {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"upload_sheet",        {sign_in_first, no, no, no, in, in, in, in, no, in}, "no sheet"},
    {"list_imports",        {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"read_import",         {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"map_columns",         {sign_in_first, no, no, no, in, in, in, in, no, in}, R"({"columns":{}})"},
    {"list_import_rows",    {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"list_import_outcomes", {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"return_faulty_rows",  {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"run_import",          {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"stop_import",         {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"undo_import",         {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"list_grants",         {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"give_role",           {sign_in_first, no, no, no, no, no, in, no, no, in}, R"({"staff":"{staff}","role":"lecturer","organisation":"{organisation}"})"},
    {"end_role",            {sign_in_first, no, no, no, no, no, in, no, no, in}},
    {"start_pairing",       {in,            in, in, in, in, in, in, in, in, in}},
    {"collect_pairing",     {in,            in, in, in, in, in, in, in, in, in}, R"({"secret":"x"})"},
    {"list_devices",        {sign_in_first, in, in, no, in, no, in, no, no, in}},
    {"list_device_history", {sign_in_first, in, in, no, in, no, in, no, no, in}},
    {"pair_device",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"code":"x","kind":"kiosk","name":"示例"})"},
    {"edit_device",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"name":"示例"})"},
    {"put_device_hours",    {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"hours":[]})"},
    {"lock_device",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"reason":"示例"})"},
    {"unlock_device",       {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"end_device",          {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"close_early",         {sign_in_first, in, in, no, in, no, in, no, no, in}, R"({"text":{"zh":"示例","en":"Sample"}})"},
    {"reopen_device",       {sign_in_first, in, in, no, in, no, in, no, no, in}},
    {"list_dead_messages",  {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"retry_message",       {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"list_alarms",         {sign_in_first, no, no, no, in, in, in, in, no, in}},
    {"read_calendar",       {in,            in, in, in, in, in, in, in, in, in}},
    {"put_town_day",        {sign_in_first, no, no, no, no, no, no, no, no, in}, R"({"workday":true,"name":{"zh":"示例","en":"Sample"}})"},
    {"remove_town_day",     {sign_in_first, no, no, no, no, no, no, no, no, in}},
    {"list_posts",          {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"record_post",         {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"name":{"zh":"示例","en":"Sample"}})"},
    {"edit_post",           {sign_in_first, no, no, no, in, no, in, no, no, in}, "{}"},
    {"end_post",            {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"appoint_to_post",     {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"role":"a","staff":"{staff}"})"},
    {"list_roster",         {sign_in_first, in, in, in, in, in, in, in, in, in}},
    {"put_roster",          {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"day":"2026-11-25","staff":null})"},
    {"list_absences",       {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"find_gaps",           {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"record_absence",      {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"staff":"{staff}","kind":"sudden","from":"2026-11-24","until":"2026-11-24"})"},
    {"end_absence",         {sign_in_first, no, no, no, in, no, in, no, no, in}, "{}"},
    {"list_handovers",      {sign_in_first, in, in, in, in, in, in, in, in, in}},
    // As their lists, and what anyone may list for staff alone.
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
    {"write_handover",      {sign_in_first, no, no, no, in, no, in, no, no, in}, R"({"to":"{staff}","note":"示例"})"},
    {"look_at_handover",    {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"take_handover",       {sign_in_first, no, in, no, no, no, no, no, no, no}},
    {"report_handover",     {sign_in_first, no, in, no, no, no, no, no, no, no}, R"({"report":"示例"})"},
    {"close_handover",      {sign_in_first, no, no, no, in, no, in, no, no, in}},
    {"withdraw_handover",   {sign_in_first, no, no, no, in, no, in, no, no, in}},
};

std::vector<Row> every_row() {
  auto all = roles_of_case_people();
  all.insert(all.end(), std::begin(rows_here), std::end(rows_here));
  return all;
}
const std::vector<Row> table = every_row();

// What is a resident's alone: nobody of the staff has that door. Whoever else's phone it is is told that
// there is no such person.
struct ResidentRow {
  std::string name;
  std::string body = "";
  std::string to_others = "no_such_person";
};
const ResidentRow resident_table[] = {
    {"read_resident_session", "", ""},
    {"list_resident_sessions", "", ""},
    {"end_resident_session", "", "no_such_session"},
    {"end_other_resident_sessions", "", ""},
    {"list_own_people", "", ""},
    {"record_self", R"({"name":"示例"})", ""},
    {"look_at_self"},
    {"correct_self", R"({"name":"示例"})"},
    {"list_looks"},
    {"offer_mandate", R"({"phone":"13900000019","last_four":"0028","until":"2027-06-30T00:00:00Z"})"},
    {"accept_mandate"},
    {"list_own_mandates"},
    {"end_own_mandate"},
    {"export_self"},
    {"erase_self"},
    {"sign_out_resident", "", ""},
};

// What is a paired device's alone.
const char* const device_table[] = {"read_own_device", "note_seen"};

// Who may hear which topic.
const Row topics[] = {
    {"hall",                {in,            in, in, in, in, in, in, in, in, in}},
    {"ticket",              {in,            in, in, in, in, in, in, in, in, in}},
    {"case",                {in,            in, in, in, in, in, in, in, in, in}},
    {"desk",                {sign_in_first, no, in, no, in, no, in, no, no, in}},
    {"device",              {sign_in_first, in, in, no, in, no, in, no, no, in}},
};
// clang-format on

Door door_of(const Answer& answer) {
  EXPECT_LT(answer.status, 500) << answer.problem();
  if (answer.problem() == "not_signed_in") return sign_in_first;
  if (answer.problem() == "not_allowed") return no;
  EXPECT_NE(answer.problem(), "session_expired");
  EXPECT_NE(answer.problem(), "csrf_missing");
  return in;
}

class RolesTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  RolesTest() : stage(GetParam()) {
    taken_in = stage.take_in("officer1", 1, R"(,"applicant":{"name":"A","phone":"13800000000"})");
    ticket = stage.take("question");
    message = stage.dead_message();
    person = stage.person();
    staff = stage.staff("officer3");
    grant = stage.grant(staff);
    absence = stage.absence_of("officer3");
    post = stage.post_held_by("officer3");
    slip = stage.slip("officer3", post, "officer1");
    import = upload(stage.town, stage.as("manager"), "organisations", {"名称"}, {{"示例"}}).text("id");
    device = paired_device(stage.town, stage.as("manager"));
    const auto rooms = "/api/venues/" + stage.town.venue + "/rooms";
    room = stage.post("admin", rooms, R"({"name":{"zh":"室","en":"Room"}})").text("id");
    community = stage.community();
    grid = stage.grid();
    activity = stage.past_activity();
    inquiry = stage.inquiry();
    houses = stage.houses(community, "示例一路");
  }

  // A text of the table, or a route's path, with things that are there.
  std::string filled(std::string text, const api::Route& route) {
    const std::map<std::string, std::string> parts{
        {"{organisation}", stage.town.organisation},
        {"{venue}", stage.town.venue},
        {"{day}", "2026-12-24"},
        {"{unit}", "branch"},
        {"{inquiry}", inquiry},
        {"{year}", "2026"},
        {"{room}", room},
        {"{device}", device.id},
        {"{community}", community},
        {"{range}", houses},
        {"{grid}", grid},
        {"{activity}", activity},
        {"{grant}", grant},
        {"{staff}", staff},
        {"{session}", session},
        {"{passkey}", "pk_1"},
        {"{hall}", stage.town.hall},
        {"{window}", stage.town.windows[0]},
        {"{kind}", "organisations"},
        {"{import}", import},
        {"{id}", taken_in.text("id")},
        {"{message}", message},
        {"{person}", person},
        {"{venue}", stage.town.venue},
        {"{post}", post},
        {"{absence}", absence},
        {"{handover}", slip},
        {"{mandate}", mandate},
        {"{matter}", "transfer"},
        {"{token}", route.tag == "cases" ? taken_in.text("token") : ticket}};
    for (const auto& [part, value] : parts) {
      if (const auto at = text.find(part); at != std::string::npos) text.replace(at, part.size(), value);
    }
    return text;
  }

  std::string path_of(const api::Route& route) {
    auto path = filled(route.path, route);
    // A list's sheet is asked as the list is.
    const auto name = route.whole_list ? route.name.substr(0, route.name.rfind("_sheet")) : route.name;
    if (name == "list_grants") path += "?organisation=" + stage.town.organisation;
    if (route.name == "nearest_venues" || route.name == "find_grids")
      path += "?latitude=31.29&longitude=121.31";
    if (route.name == "find_address") path += "?text=1";
    if (name == "list_cases" || name == "list_inquiries") path += "?venue=" + stage.town.venue;
    if (route.name == "read_calendar_sheet") path += "?year=2026";
    if (name == "list_absences") path += "?staff=" + staff;
    if (route.name == "find_gaps") path += "?from=2026-11-25&until=2026-11-25&staff=" + staff;
    if (route.name == "list_import_outcomes") path += "?outcome=recorded";
    if (route.name == "upload_sheet") path += "?kind=organisations&name=list.xlsx";
    if (route.name == "listen") path += "?topics=hall:" + stage.town.hall;
    return path;
  }

  static Sent sent_along(const api::Route& route) {
    if (!route.rules.takes.empty()) return as_sheet();
    return route.rules.if_match ? if_match(1) : Sent{};
  }

  Stage stage;
  Answer taken_in;
  std::string ticket, message, person, staff, grant, post, absence, slip, room, import, community, houses,
      grid, activity, inquiry;
  Paired device;
  std::string mandate = "md_1", session = "se_1";
};

TEST_P(RolesTest, EveryRouteIsOpenToThoseItIsForAndNobodyElse) {
  for (const auto& route : stage.town.api().routes()) {
    if (route->rules.who.is_resident || route->rules.who.is_device) continue;
    const auto row = std::ranges::find(table, route->name, &Row::name);
    EXPECT_NE(row, table.end()) << route->name << " (" << route->method << ' ' << route->path
                                    << ") has no row in the table of roles.hpp";
    if (row == table.end()) continue;
    for (std::size_t i = 0; i < std::size(callers); ++i) {
      const auto answer = stage.send(callers[i], route->method, path_of(*route), filled(row->body, *route),
                                     sent_along(*route));
      EXPECT_EQ(door_of(answer), row->doors[i]) << callers[i] << ": " << route->method << ' ' << route->path
                                                << " answered " << answer.status << ' ' << answer.problem();
      if (route->name == "sign_out") stage.forget(callers[i]);
    }
  }
}

TEST_P(RolesTest, WhatIsAResidentsIsTheirsAlone) {
  // Of a place that does not exist.
  person = stage.person(R"({"name":"示例","identity_number":"000000194803070028"})");
  std::map<std::string, Browser> browsers;
  for (const auto* who : residents) {
    // A phone a person: the officer at the window links it.
    const std::string phone = who == residents[0] ? "13900000011" : "13900000012";
    const auto theirs = who == residents[0] ? person : stage.person();
    EXPECT_EQ(stage.link_phone(theirs, phone).status, 204);
    browsers[who] = stage.town.sign_in_resident(phone);
    if (who == residents[0]) continue;
    const auto offered =
        stage.town.call(browsers[who], "POST", "/api/my/people/" + theirs + "/mandates",
                        R"({"phone":"13900000011","last_four":"0028","until":"2027-06-30T00:00:00Z"})");
    EXPECT_EQ(offered.status, 201) << offered.problem();
    mandate = offered.text("id");
  }
  // Signed in at two places, they end the one that came first.
  const auto places = stage.town.call(browsers["resident"], "GET", "/api/my/session/all");
  session = std::string{places.at("items").as_array().at(0).at("id").as_string()};
  stage.town.pass(std::chrono::minutes{1});
  browsers["resident"] = stage.town.sign_in_resident("13900000011");
  std::vector<const api::Route*> routes;
  for (const auto& route : stage.town.api().routes()) {
    if (route->rules.who.is_resident) routes.push_back(route.get());
  }
  for (const auto* route : routes) {
    EXPECT_NE(std::ranges::find(resident_table, route->name, &ResidentRow::name), std::end(resident_table))
        << route->name << " has no row in resident_table of this file";
  }
  for (const auto& row : resident_table) {
    const auto route = std::ranges::find(routes, row.name, [](const api::Route* each) { return each->name; });
    ASSERT_NE(route, routes.end()) << row.name;
    const auto path = path_of(**route);
    const auto more = sent_along(**route);
    for (const auto* who : callers)
      EXPECT_EQ(stage.send(who, (*route)->method, path, row.body, more).problem(), "not_signed_in") << who;
    const auto strange = stage.town.call(browsers["neighbour"], (*route)->method, path, row.body, more);
    EXPECT_EQ(strange.problem(), row.to_others) << row.name;
    const auto own = stage.town.call(browsers["resident"], (*route)->method, path, row.body, more);
    EXPECT_LT(own.status, 300) << row.name << ' ' << own.problem();
    if (row.name == "erase_self") browsers["resident"] = stage.town.sign_in_resident("13900000013");
  }
}

TEST_P(RolesTest, WhatIsADevicesIsItsAloneAndNothingElseIs) {
  auto resident = stage.town.sign_in_resident("13900000014");
  for (const auto& route : stage.town.api().routes()) {
    const auto path = path_of(*route);
    const auto more = route->rules.if_match ? if_match(1) : Sent{};
    if (!route->rules.who.is_device) {
      if (route->rules.who.anyone) continue;
      const auto answer = stage.town.call(device.browser, route->method, path, "", more);
      EXPECT_NE(answer.problem(), "") << "a device may " << route->name;
      EXPECT_NE(answer.problem(), "not_allowed") << "a device is nobody of the staff: " << route->name;
      continue;
    }
    EXPECT_NE(std::ranges::find(device_table, route->name), std::end(device_table))
        << route->name << " has no row in device_table of this file";
    for (const auto* who : callers)
      EXPECT_EQ(stage.send(who, route->method, path, "", more).problem(), "not_signed_in") << who;
    EXPECT_EQ(stage.town.call(resident, route->method, path, "", more).problem(), "not_signed_in");
    const auto own = stage.town.call(device.browser, route->method, path, "", more);
    EXPECT_LT(own.status, 300) << route->name << ' ' << own.problem();
  }
}

TEST_P(RolesTest, EveryRowOfTheTableIsARoute) {
  const auto& routes = stage.town.api().routes();
  for (const auto& row : table) {
    EXPECT_TRUE(std::ranges::any_of(routes, [&](const auto& route) { return route->name == row.name; }))
        << row.name;
  }
}

TEST_P(RolesTest, EveryTopicIsHeardByThoseItIsFor) {
  const std::map<std::string, std::string> asked{{"hall", stage.town.hall},
                                                 {"ticket", ticket},
                                                 {"case", taken_in.text("token")},
                                                 {"desk", stage.town.venue},
                                                 {"device", device.id}};
  for (const auto& kind : stage.town.api().topics()) {
    EXPECT_NE(std::ranges::find(topics, kind, &Row::name), std::end(topics))
        << "the topic " << kind << " has no row in the table topics[] of this file";
  }
  for (const auto& row : topics) {
    for (std::size_t i = 0; i < std::size(callers); ++i) {
      const auto answer = stage.get(callers[i], "/api/events?topics=" + row.name + ':' + asked.at(row.name));
      EXPECT_EQ(door_of(answer), row.doors[i])
          << callers[i] << " hears " << row.name << ": " << answer.problem();
      EXPECT_EQ(answer.on_stream != nullptr, row.doors[i] == in);
    }
  }
}

TEST_P(RolesTest, WhatAManagerMayAnAdministratorMay) {
  // Somebody went home and left the window open.
  EXPECT_EQ(stage.post("officer1", stage.window(1, "/finish")).status, 200);
  EXPECT_EQ(stage.post("officer2", stage.window(1, "/close")).problem(), "window_taken");
  EXPECT_EQ(stage.post("admin", stage.window(1, "/close")).problem(), "");
  // A case that another officer handles.
  const auto advance =
      stage.post("admin", Stage::case_path(taken_in, "/advance"), R"({"to":"review"})", if_match(1));
  EXPECT_EQ(advance.problem(), "");
}

TEST_P(RolesTest, ALookIsRecordedWhetherItWasAllowedOrNot) {
  const auto path = Stage::case_path(taken_in, "/applicant");
  EXPECT_EQ(stage.post("officer2", path, R"({"purpose":"to call back"})").text("name"), "A");
  EXPECT_EQ(stage.post("elsewhere", path, R"({"purpose":"curious"})").problem(), "not_allowed");
  stage.town.read([](Snapshot& snapshot, Instant) {
    const auto looks = [&](bool allowed) {
      return snapshot.value<std::int64_t>("select count(*) from audit where allowed = :allowed",
                                          {{"allowed", allowed}});
    };
    EXPECT_EQ(looks(true), 1);
    EXPECT_EQ(looks(false), 1);
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(RolesTest);

}  // namespace doorstep::testing
