// Photos and documents come to cases, from phones and at the window; officers look at them.
#include "simulation/generators.hpp"
#include "testing/pictures.hpp"

namespace doorstep::testing {

namespace {

// What a photo says of where and with whom it was taken is somebody's, too.
std::string some_content(World& world) {
  if (world.chance(0.05)) return "no photo";
  if (world.chance(0.2)) return pdf(std::to_string(world.any(1'000)));
  const auto phone = "1390008" + std::to_string(1'000 + world.any(9'000));
  world.traces.hear("/api/people", R"({"name":"示例","phone":")" + phone + "\"}");
  return held(jpeg(64, 32, static_cast<int>(world.any(0xFFFFFF))), static_cast<char>(1 + world.any(8)),
              phone);
}

std::string some_paper(World& world) {
  if (world.chance(0.3)) return {};
  const std::string keys[] = {"card", "letter", "moon"};
  return "?material=" + keys[world.any(world.chance(0.05) ? 3 : 2)];
}

// One of the newest, on top of the pile.
KnownCase* some_case(World& world) {
  if (world.cases.empty()) return nullptr;
  const auto pile = std::min<std::size_t>(world.cases.size(), 20);
  return &world.cases[world.cases.size() - 1 - world.any(pile)];
}

Made add_attachment(World& world) {
  auto* member = world.at_work();
  const auto* known = some_case(world);
  if (member == nullptr || known == nullptr) return std::nullopt;
  return Wish{&member->browser, "POST", "/api/desk/cases/" + known->id + "/attachments" + some_paper(world),
              some_content(world), as_bytes().headers};
}

Made add_own_attachment(World& world) {
  const auto* known = some_case(world);
  if (known == nullptr) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST",
              "/api/cases/" + known->token + "/attachments" + some_paper(world), some_content(world),
              as_bytes().headers};
}

// One that is listed there; empty where none is.
std::string some_attachment(World& world, Browser& who, const std::string& address) {
  const auto list = world.send({&who, "GET", address, ""});
  if (list.status != 200 || list.at("items").as_array().empty()) return {};
  const auto& items = list.at("items").as_array();
  return address + '/' + std::string{items[world.any(items.size())].at("id").as_string()};
}

// At the window, with what follows the attachment's address.
Made at_window(World& world, const std::string& method, const std::string& rest, const std::string& body) {
  auto* member = world.at_work();
  const auto* known = some_case(world);
  if (member == nullptr || known == nullptr) return std::nullopt;
  const auto found = some_attachment(world, member->browser, "/api/desk/cases/" + known->id + "/attachments");
  if (found.empty()) return std::nullopt;
  return Wish{&member->browser, method, found + rest, body};
}

Made remove_own_attachment(World& world) {
  const auto* known = some_case(world);
  if (known == nullptr) return std::nullopt;
  auto& phone = world.one_of(world.residents);
  const auto found = some_attachment(world, phone, "/api/cases/" + known->token + "/attachments");
  if (found.empty()) return std::nullopt;
  return Wish{&phone, "DELETE", found, ""};
}

}  // namespace

void add_attachment_generators(Generators& all) {
  all["add_attachment"] = {3, add_attachment};
  all["add_own_attachment"] = {5, add_own_attachment};
  all["look_at_attachment"] = {3, [](World& world) {
                                 const auto* body = world.chance(0.5) ? R"({"purpose":"核对","preview":true})"
                                                                      : R"({"purpose":"核对"})";
                                 return at_window(world, "POST", "/look", body);
                               }};
  all["remove_attachment"] = {1, [](World& world) { return at_window(world, "DELETE", "", ""); }};
  all["remove_own_attachment"] = {1, remove_own_attachment};
}

}  // namespace doorstep::testing
