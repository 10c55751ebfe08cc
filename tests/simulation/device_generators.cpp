// Displays and kiosks: they show a code, are paired, locked, closed early, and unpaired again.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// A device that is not paired, or its page was just put back to its beginning.
Made start_pairing(World& world) {
  auto& device = world.one_of(world.devices);
  if (!device.browser.paired.empty()) return std::nullopt;
  world.move_about(device.browser);
  return Wish{&device.browser, "POST", "/api/device/pairing", ""};
}

// A code lives for minutes only: somebody makes the device show one just before it is typed.
void show_code(World& world, KnownDevice& device) {
  const auto wish = Wish{&device.browser, "POST", "/api/device/pairing", ""};
  world.move_about(device.browser);
  world.learn("start_pairing", wish, world.send(wish));
}

Wish typed(World& world, const std::string& code) {
  const std::string kinds[] = {"display", "kiosk", "ticket_machine", "guide_tablet"};
  const std::string hall = world.chance(0.5) ? R"(,"hall":")" + world.town.hall + '"' : "";
  return Wish{
      &world.manager().browser, "POST", "/api/venues/" + world.town.venue + "/devices",
      R"({"code":")" + code + R"(","kind":")" + kinds[world.any(4)] + R"(","name":"示例")" + hall + "}"};
}

// Most type what some device shows; two may type the same.
Made pair_device(World& world) {
  auto& device = world.one_of(world.devices);
  if (!world.manager().signed_in() || !device.browser.paired.empty()) return std::nullopt;
  if (world.chance(0.8)) show_code(world, device);
  if (device.code.empty()) return std::nullopt;
  return typed(world, world.chance(0.1) ? "AAAAAA" : device.code);
}

Made collect_pairing(World& world) {
  auto& device = world.one_of(world.devices);
  if (!device.browser.paired.empty()) return std::nullopt;
  if (world.manager().signed_in() && world.chance(0.5)) {
    show_code(world, device);
    const auto wish = typed(world, device.code);
    world.learn("pair_device", wish, world.send(wish));
  }
  if (device.secret.empty()) return std::nullopt;
  world.move_about(device.browser);
  return Wish{&device.browser, "POST", "/api/device/session", R"({"secret":")" + device.secret + "\"}"};
}

Made note_seen(World& world) {
  auto& device = world.one_of(world.devices);
  if (device.browser.paired.empty()) return std::nullopt;
  return Wish{&device.browser, "POST", "/api/device/seen", ""};
}

// By whoever serves there, or now and then by somebody who may not.
Generator with_device(int weight, const std::string& method, const std::string& what,
                      const std::function<std::string(World&)>& body, bool by_manager = true) {
  return {weight, [=](World& world) -> Made {
            auto* member = by_manager && world.chance(0.9) ? &world.manager() : world.at_work();
            const auto& known = world.one_of(world.devices);
            if (member == nullptr || !member->signed_in() || known.id.empty()) return std::nullopt;
            const auto version = known.version - (world.chance(0.05) ? 1 : 0);
            return Wish{&member->browser,
                        method,
                        "/api/devices/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

std::string hours(World& world) {
  const std::string weeks[] = {"", R"({"days":[1,2,3,4,5],"opens":"08:30","closes":"16:30"})",
                               R"({"days":[1],"opens":"08:30","closes":"08:00"})"};
  return R"({"hours":[)" + weeks[world.any(3)] + "]}";
}

std::string early(World& world) {
  const std::string until[] = {"", R"(,"until":"2027-06-30T00:00:00Z")",
                               R"(,"until":"2026-01-01T00:00:00Z")"};
  return R"({"text":{"zh":"今天取号已满","en":"No more tickets today"})" +
         until[world.any(world.chance(0.1) ? 3 : 2)] + "}";
}

Generator with_device(int weight, const std::string& method, const std::string& what, const std::string& body,
                      bool by_manager = true) {
  return with_device(weight, method, what, [=](World&) { return body; }, by_manager);
}

}  // namespace

void add_device_generators(Generators& all) {
  all["start_pairing"] = {4, start_pairing};
  all["pair_device"] = {6, pair_device};
  all["collect_pairing"] = {6, collect_pairing};
  all["note_seen"] = {4, note_seen};
  all["edit_device"] = with_device(2, "PATCH", "", R"({"name":"示例屏","hall":null})");
  all["put_device_hours"] = with_device(3, "PUT", "/hours", hours);
  all["lock_device"] = with_device(4, "POST", "/lock", R"({"reason":"屏幕坏了"})");
  all["unlock_device"] = with_device(4, "POST", "/unlock", "");
  all["close_early"] = with_device(4, "POST", "/close-early", early, false);
  all["reopen_device"] = with_device(4, "POST", "/reopen", "", false);
  all["end_device"] = with_device(2, "POST", "/end", "");
}

}  // namespace doorstep::testing
