// What happens to micro-grids: they are drawn, drawn anew, given a head, and
// ended.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string point(std::size_t latitude, std::size_t longitude) {
  return R"({"latitude":31.)" + std::to_string(100 + latitude) + R"(,"longitude":121.)" +
         std::to_string(100 + longitude) + "}";
}

// Four corners at random: now and then its sides cross.
std::string ring(World& world) {
  const auto south = 10 * world.any(80), west = 10 * world.any(80);
  const auto first = point(south, west);
  return "[" + first + "," + point(south + world.any(5), west + 5 + world.any(5)) + "," +
         point(south + 5 + world.any(5), west + 5 + world.any(5)) + "," +
         point(south + 3 + world.any(5), west + world.any(9)) + "," + first + "]";
}

Made record_grid(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.grids.size() > 40) return std::nullopt;
  return Wish{who, "POST", "/api/grids",
              R"({"name":{"zh":"示例网格","en":"Sample"},"organisation":")" +
                  world.one_of(world.organisations).id + R"(","ring":)" + ring(world) + "}"};
}

Generator with_grid(int weight, const std::string& method, const std::string& what,
                    const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* who = at_the_committee(world);
            if (who == nullptr || world.grids.empty()) return std::nullopt;
            const auto& known = world.one_of(world.grids);
            const auto version = known.version - (world.chance(0.05) ? 1 : 0);
            return Wish{who,
                        method,
                        "/api/grids/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

std::string change(World& world) {
  auto* member = world.at_work();
  if (world.chance(0.5) || member == nullptr) return R"({"ring":)" + ring(world) + "}";
  return R"({"head":")" + world.staff_id(*member) + "\"}";
}

}  // namespace

void add_grid_generators(Generators& all) {
  all["record_grid"] = {4, record_grid};
  all["edit_grid"] = with_grid(4, "PATCH", "", change);
  all["end_grid"] = with_grid(2, "POST", "/end", [](World&) { return std::string{}; });
}

}  // namespace doorstep::testing
