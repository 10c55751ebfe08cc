#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

Made take_ticket(World& world) {
  const std::string services[] = {"transfer", "transfer", "question", "question", "flying"};
  auto& resident = world.one_of(world.residents);
  return Wish{&resident, "POST", "/api/halls/" + world.town.hall + "/tickets",
              R"({"service":")" + services[world.any(world.chance(0.05) ? 5 : 4)] + "\"}"};
}

Made cancel_ticket(World& world) {
  if (world.tickets.empty()) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST",
              "/api/tickets/" + world.one_of(world.tickets) + "/cancel", ""};
}

Made sign_in(World& world) {
  auto& member = world.chance(0.2)   ? world.director
                 : world.chance(0.1) ? world.admin
                                     : world.one_of(world.staff);
  if (member.signed_in() && world.chance(0.9)) return std::nullopt;
  world.move_about(member.browser);
  const std::string password = world.chance(0.05) ? "mistyped" : SmallTown::password;
  return Wish{&member.browser, "POST", "/api/session",
              R"({"username":")" + member.name + R"(","password":")" + password + '"' +
                  with_app_code(world, member) + "}"};
}

Made sign_out(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  return Wish{&member->browser, "DELETE", "/api/session", ""};
}

// What a window looks like to whoever sits there or might.
enum class Desk { closed, free, called, serving, others };

Desk look_at(World& world, Member& member) {
  const auto shown = world.send({&member.browser, "GET", world.window_path(member.window), ""});
  if (shown.status != 200) return Desk::others;
  const auto& officer = shown.at("window.officer");
  if (officer.is_null()) return Desk::closed;
  if (shown.text("window.officer.name") != "示例 " + member.name) return Desk::others;
  if (shown.text("window.state") == "paused") return Desk::closed;  // to be opened again
  if (shown.at("serving").is_null()) return Desk::free;
  return shown.text("serving.state") == "called" ? Desk::called : Desk::serving;
}

// Something that is done at a window by somebody whose window looks like that; now and then by anybody at any
// window.
Generator at_window(int weight, const std::string& what, Desk when,
                    const std::function<std::string(World&)>& body = {}) {
  return {weight, [=](World& world) -> Made {
            auto* member = world.at_work();
            if (member == nullptr) return std::nullopt;
            const auto wish = [&](std::size_t window) {
              return Wish{&member->browser, "POST", world.window_path(window) + what,
                          body ? body(world) : ""};
            };
            if (world.chance(0.1)) return wish(world.any(world.town.windows.size()));
            for (std::size_t tries = 0; tries < 2 * world.staff.size(); ++tries) {
              member = world.at_work();
              // A manager sits at a window only when somebody is missing.
              if (member == &world.manager() && world.chance(0.8)) continue;
              if (look_at(world, *member) == when) return wish(member->window);
              if (!member->signed_in()) return std::nullopt;
            }
            return std::nullopt;
          }};
}

std::string case_body(World& world) {
  const std::string received[] = {"", R"("letter")", R"("letter","card")", R"("moon")"};
  const std::string matters[] = {"transfer", "relief", "permit", "relay"};
  std::string body = R"({"matter":")" + matters[world.any(4)] + R"(","materials_received":[)" +
                     received[world.any(world.chance(0.05) ? 4 : 3)] + "]";
  if (world.chance(0.6)) {
    body +=
        R"(,"applicant":{"name":"示例","phone":"1380000)" + std::to_string(1'000 + world.any(9'000)) + "\"}";
  }
  if (world.chance(0.3)) body += R"(,"note":"一张纸")";
  return body + "}";
}

Made edit_window(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in()) return std::nullopt;
  const auto path = world.window_path(world.any(world.town.windows.size()));
  const auto shown = world.send({&manager.browser, "GET", path, ""});
  if (shown.status != 200) return std::nullopt;
  const auto version = shown.number("window.version") - (world.chance(0.1) ? 1 : 0);
  const std::string changes[] = {R"({"note":null})", R"({"note":{"zh":"稍等","en":"Back soon"}})",
                                 R"({"groups":["A","B"]})", R"({"groups":["B"]})", R"({"groups":["Z"]})"};
  return Wish{&manager.browser,
              "PATCH",
              path,
              changes[world.any(5)],
              {{"if-match", '"' + std::to_string(version) + '"'}}};
}

// Invented people with few names and few numbers, so that some meet.
std::string person_body(World& world) {
  const std::string names[] = {"示例 王秀英", "示例 李小明", "示例 张三", "示例 Anna"};
  const std::string numbers[] = {"000000194803070028", "000000195206150032", "000000198811200046",
                                 "000000198811200047"};
  std::string body = R"({"name":")" + names[world.any(4)] + '"';
  if (world.chance(0.5)) body += R"(,"phone":"1390000)" + std::to_string(1'000 + world.any(20)) + '"';
  if (world.chance(0.3)) body += R"(,"identity_number":")" + numbers[world.any(4)] + '"';
  return body + "}";
}

Made record_person(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  return Wish{&member->browser, "POST", "/api/people", person_body(world)};
}

Made find_people(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const std::string searches[] = {R"("name":"秀英")", R"("name":"示例")", R"("phone":"13900001001")",
                                  R"("last_four":"0028")", R"("name":"王")"};
  return Wish{&member->browser, "POST", "/api/people/find",
              "{" + searches[world.any(5)] + R"(,"purpose":"查"})"};
}

// Of somebody on record.
Made look_at_person(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.people.empty()) return std::nullopt;
  return Wish{&member->browser, "POST", "/api/people/" + world.one_of(world.people).id + "/look",
              purpose(world)};
}

Made correct_person(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.people.empty()) return std::nullopt;
  const auto& known = world.one_of(world.people);
  const auto version = known.version - (world.chance(0.1) ? 1 : 0);
  return Wish{&member->browser,
              "PATCH",
              "/api/people/" + known.id,
              person_body(world),
              {{"if-match", '"' + std::to_string(version) + '"'}}};
}

Made erase_person(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in() || world.people.empty()) return std::nullopt;
  const auto& known = world.one_of(world.people);
  return Wish{&manager.browser,
              "POST",
              "/api/people/" + known.id + "/erase",
              purpose(world),
              {{"if-match", '"' + std::to_string(known.version) + '"'}}};
}

Made ask_for_code(World& world) {
  auto& resident = world.one_of(world.residents);
  world.move_about(resident);
  return Wish{&resident, "POST", "/api/my/codes", R"({"phone":")" + world.phone_of(resident) + "\"}"};
}

// Of somebody at the window, whose phone is sent a code there.
std::string some_phone_with_code(World& world) {
  auto& resident = world.one_of(world.residents);
  have_code_sent(world, resident);
  return code_body(world, resident);
}

Made sign_in_by_code(World& world) {
  auto& resident = world.one_of(world.residents);
  // Most ask for a code first, and have it at once.
  if (world.chance(0.8)) have_code_sent(world, resident);
  if (!world.codes.contains(world.phone_of(resident))) return std::nullopt;
  world.move_about(resident);
  const bool mistyped = world.chance(0.1);
  return Wish{&resident, "POST", "/api/my/session",
              mistyped ? R"({"phone":")" + world.phone_of(resident) + R"(","code":"000000"})"
                       : code_body(world, resident)};
}

// Something that a resident does who is signed in.
Generator of_resident(int weight, const std::string& method, const std::string& path,
                      const std::function<std::string(World&)>& body = {}) {
  return {weight, [=](World& world) -> Made {
            for (int tries = 0; tries < 8; ++tries) {
              auto& resident = world.one_of(world.residents);
              if (resident.resident.empty()) continue;
              return Wish{&resident, method, path, body ? body(world) : ""};
            }
            return std::nullopt;
          }};
}

// Something about whom their phone was linked to; now and then about somebody else.
Generator of_self(int weight, const std::string& method, const std::string& what,
                  const std::function<std::string(World&)>& body = {}, bool fresh = false) {
  return {weight, [=](World& world) -> Made {
            for (int tries = 0; tries < 8; ++tries) {
              auto& resident = world.one_of(world.residents);
              const auto& own = world.own[&resident];
              if (resident.resident.empty() || own.empty()) continue;
              if (fresh && world.chance(0.8)) come_in_anew(world, resident);
              const bool strange = !world.people.empty() && world.chance(0.1);
              const auto person =
                  strange ? world.one_of(world.people).id
                          : *std::next(own.begin(), static_cast<std::ptrdiff_t>(world.any(own.size())));
              Wish wish{&resident, method, "/api/my/people/" + person + what, body ? body(world) : ""};
              if (method == "PATCH") wish.headers["if-match"] = '"' + std::to_string(1 + world.any(2)) + '"';
              return wish;
            }
            return std::nullopt;
          }};
}

std::string self(World& world) {
  const std::string names[] = {"示例 王秀英", "示例 李小明", "示例 张三", "示例 Anna"};
  std::string body = R"({"name":")" + names[world.any(4)] + '"';
  if (world.chance(0.5)) body += world.chance(0.5) ? R"(,"last_four":"0028")" : R"(,"last_four":"0032")";
  return body + "}";
}

Made retry_message(World& world) {
  if (!world.manager().signed_in() || world.dead_messages.empty()) return std::nullopt;
  return Wish{&world.manager().browser, "POST", "/api/outbox/" + world.one_of(world.dead_messages) + "/retry",
              ""};
}

Made record_organisation(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr) return std::nullopt;
  const std::string kinds[] = {"branch", "firm", "two_new", "moon"};
  return Wish{who, "POST", "/api/organisations",
              R"({"kind":")" + kinds[world.any(world.chance(0.05) ? 4 : 3)] + R"(","parent":")" +
                  world.one_of(world.organisations).id + R"(","name":{"zh":"示例","en":"Sample"}})"};
}

// Somebody edits one that they looked at, or ends it.
Generator with_organisation(int weight, const std::string& method, const std::string& what,
                            const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* who = at_the_committee(world);
            if (who == nullptr) return std::nullopt;
            const auto& known = world.one_of(world.organisations);
            const auto version = known.version - (world.chance(0.05) ? 1 : 0);
            return Wish{who,
                        method,
                        "/api/organisations/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

std::string organisation_change(World& world) {
  if (world.chance(0.5)) return R"({"parent":")" + world.one_of(world.organisations).id + "\"}";
  return R"({"official_name":"示例支部"})";
}

Made give_role(World& world) {
  auto* who = at_the_committee(world);
  auto* member = world.at_work();
  if (who == nullptr || member == nullptr) return std::nullopt;
  const auto shown = world.send({&member->browser, "GET", "/api/session", ""});
  if (shown.status != 200) return std::nullopt;
  const std::string roles[] = {"lecturer", "grid_head", "greeter", "administrator"};
  const std::string until = world.chance(0.5) ? R"(,"until":"2027-06-30T00:00:00Z")" : "";
  return Wish{who, "POST", "/api/grants",
              R"({"staff":")" + shown.text("staff.id") + R"(","role":")" + roles[world.any(4)] +
                  R"(","organisation":")" + world.one_of(world.organisations).id + '"' + until + "}"};
}

Made end_role(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.grants.empty()) return std::nullopt;
  return Wish{who, "POST", "/api/grants/" + world.one_of(world.grants) + "/end", ""};
}

// A colleague who comes for some days: an account, another password, and its end. Those with windows stay.
Made record_staff(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr) return std::nullopt;
  return Wish{who, "POST", "/api/staff",
              R"({"username":"guest)" + std::to_string(world.any(40)) +
                  R"(","name":"示例","post":{"zh":"岗位","en":"Post"},"password":"window-and-door"})"};
}

Generator with_guest(int weight, const std::string& what, const std::string& body) {
  return {weight, [=](World& world) -> Made {
            if (!world.admin.signed_in() || world.guests.empty()) return std::nullopt;
            return Wish{&world.admin.browser, "POST", "/api/staff/" + world.one_of(world.guests) + what,
                        body};
          }};
}

// Some sign out elsewhere, and change their password for the same one.
Made end_session(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto shown = world.send({&member->browser, "GET", "/api/session/all?limit=100", ""});
  if (shown.status != 200) return std::nullopt;
  for (const auto& one : shown.at("items").as_array()) {
    if (one.at("current").as_bool()) continue;
    return Wish{&member->browser, "POST",
                "/api/session/all/" + std::string{one.at("id").as_string()} + "/end", ""};
  }
  return std::nullopt;
}

Made change_password(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const std::string old = world.chance(0.1) ? "mistyped" : SmallTown::password;
  return Wish{&member->browser, "POST", "/api/session/password",
              R"({"old_password":")" + old + R"(","password":")" + SmallTown::password + "\"}"};
}

}  // namespace

Browser* at_the_committee(World& world) {
  auto& member = world.chance(0.95) ? world.director : world.manager();
  return member.signed_in() ? &member.browser : nullptr;
}

std::string purpose(World& world) {
  return world.chance(0.9) ? R"({"purpose":"打电话"})" : R"({"purpose":" "})";
}

Generator with_person(int weight, const std::string& what, const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* member = world.at_work();
            if (member == nullptr || world.people.empty()) return std::nullopt;
            return Wish{&member->browser, "POST", "/api/people/" + world.one_of(world.people).id + what,
                        body(world)};
          }};
}

void have_code_sent(World& world, Browser& resident) {
  world.move_about(resident);
  world.send({&resident, "POST", "/api/my/codes", R"({"phone":")" + world.phone_of(resident) + "\"}"});
  world.send_messages();
}

std::string code_body(World& world, const Browser& resident) {
  const auto phone = world.phone_of(resident);
  return R"({"phone":")" + phone + R"(","code":")" + world.codes[phone] + "\"}";
}

void come_in_anew(World& world, Browser& resident) {
  have_code_sent(world, resident);
  const auto session = world.send({&resident, "POST", "/api/my/session", code_body(world, resident)});
  if (session.status == 200) resident.csrf = session.text("csrf");
}

namespace {

Generators every_generator() {
  Generators all{
      {"take_ticket", {40, take_ticket}},
      {"cancel_ticket", {5, cancel_ticket}},
      {"sign_in", {15, sign_in}},
      {"sign_out", {2, sign_out}},
      {"open_window", at_window(20, "/open", Desk::closed)},
      {"pause_window", at_window(2, "/pause", Desk::free)},
      {"close_window", at_window(2, "/close", Desk::free)},
      {"call_next", at_window(50, "/call-next", Desk::free)},
      {"recall_ticket", at_window(6, "/recall", Desk::called)},
      {"start_ticket", at_window(50, "/start", Desk::called)},
      {"miss_ticket", at_window(6, "/missed", Desk::called)},
      {"take_in_case", at_window(25, "/cases", Desk::serving, case_body)},
      {"finish_ticket", at_window(35, "/finish", Desk::serving)},
      {"look_at_applicant", with_case(3, "/applicant", purpose)},
      {"edit_window", {3, edit_window}},
      {"retry_message", {2, retry_message}},
      {"record_person", {8, record_person}},
      {"find_people", {6, find_people}},
      {"look_at_person", {4, look_at_person}},
      {"correct_person", {4, correct_person}},
      {"erase_person", {1, erase_person}},
      {"link_phone", with_person(3, "/phones", some_phone_with_code)},
      {"unlink_phones", with_person(2, "/phones/end", [](World&) { return std::string{}; })},
      {"ask_for_code", {4, ask_for_code}},
      {"sign_in_by_code", {20, sign_in_by_code}},
      {"sign_out_resident", of_resident(1, "DELETE", "/api/my/session")},
      {"record_self", of_resident(10, "POST", "/api/my/people", self)},
      {"look_at_self", of_self(8, "POST", "/look")},
      {"correct_self",
       of_self(6, "PATCH", "", [](World&) { return std::string{R"({"address":"示例村 7 队 3 号"})"}; })},
      {"export_self", of_self(3, "POST", "/export", {}, true)},
      {"erase_self", of_self(1, "POST", "/erase", {}, true)},
      {"record_organisation", {3, record_organisation}},
      {"edit_organisation", with_organisation(4, "PATCH", "", organisation_change)},
      {"end_organisation", with_organisation(4, "POST", "/end", [](World&) { return std::string{}; })},
      {"give_role", {4, give_role}},
      {"end_role", {4, end_role}},
      {"record_staff", {2, record_staff}},
      {"reset_password", with_guest(1, "/password", R"({"password":"window-and-door"})")},
      {"end_staff", with_guest(2, "/end", "")},
      {"end_session", {2, end_session}},
      {"change_password", {2, change_password}},
  };
  add_record_generators(all);
  add_case_generators(all);
  add_post_generators(all);
  add_case_people_generators(all);
  add_venue_generators(all);
  add_address_generators(all);
  add_calendar_generators(all);
  add_grid_generators(all);
  add_past_activity_generators(all);
  add_affiliation_generators(all);
  add_application_generators(all);
  add_attachment_generators(all);
  add_rating_generators(all);
  add_trip_generators(all);
  add_system_generators(all);
  add_second_factor_generators(all);
  add_passkey_generators(all);
  add_city_generators(all);
  add_resident_session_generators(all);
  add_import_generators(all);
  add_device_generators(all);
  add_deadline_generators(all);
  return all;
}

}  // namespace

const std::map<std::string, Generator>& generators() {
  static const auto all = every_generator();
  return all;
}

}  // namespace doorstep::testing
