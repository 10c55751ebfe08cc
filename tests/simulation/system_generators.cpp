// That cases are handed over to the member system, and that it answers: at times never, at times with no.
#include "sheets/csv.hpp"
#include "simulation/generators.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

std::string reference(World& world) {
  return R"({"reference":"DY-)" + std::to_string(world.any(900)) + "\"}";
}

std::string words(World& world) {
  return std::string{R"({"words":"示例：审核中","settled":)"} + (world.chance(0.2) ? "true}" : "false}");
}

Made make_file(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in()) return std::nullopt;
  return Wish{&manager.browser, "POST", "/api/desk/systems/files",
              R"({"venue":")" + world.town.venue + R"(","system":"member_system"})"};
}

// The newest, which has the applicants of all that were handed over with it.
Made fetch_file(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in()) return std::nullopt;
  const auto list =
      world.send({&manager.browser, "GET", "/api/desk/systems/files?limit=1&venue=" + world.town.venue, ""});
  if (list.status != 200 || list.at("items").as_array().empty()) return std::nullopt;
  const std::string id{list.at("items").at(0).at("id").as_string()};
  return Wish{&manager.browser, "POST", "/api/desk/systems/files/" + id + "/csv",
              R"({"purpose":"to hand over"})"};
}

std::vector<std::string> answer_to(World& world, const std::string& number) {
  if (world.chance(0.1)) return {number + "0", "已受理", "DY-1", ""};
  if (world.chance(0.2)) return {number, "已退回", "", world.chance(0.1) ? "" : "示例：接收支部不对"};
  if (world.chance(0.2)) return {number, "已接收", "", "示例：已接收"};
  return {number, "已受理", "DY-" + std::to_string(world.any(900)), ""};
}

}  // namespace

Made upload_answers(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in()) return std::nullopt;
  const auto list =
      world.send({&manager.browser, "GET",
                  "/api/desk/systems/cases?system=member_system&stage=" +
                      std::string{world.chance(0.7) ? "sent" : "registered"} + "&venue=" + world.town.venue,
                  ""});
  if (list.status != 200) return std::nullopt;
  SheetLines rows;
  for (const auto& row : list.at("items").as_array()) {
    if (world.chance(0.7)) rows.push_back(answer_to(world, std::string{row.at("reference").as_string()}));
  }
  if (rows.empty()) return std::nullopt;
  sheets::NewSheet sheet{.name = "", .columns = {}, .rows = rows};
  for (const auto* heading : {"外部编号", "审核结果", "业务流水号", "退回原因"})
    sheet.columns.push_back({.heading = heading});
  return Wish{&manager.browser,
              "POST",
              "/api/imports?kind=member_system_answers&name=answers.csv",
              sheets::write_csv(sheet),
              {{"content-type", std::string{sheets::csv_media_type}}}};
}

void add_system_generators(Generators& all) {
  const auto nothing = [](World&) { return std::string{}; };
  all["hand_over_to_system"] = with_case(6, "/system/hand-over", nothing);
  all["record_system_reference"] = with_case(2, "/system/reference", reference);
  all["confirm_in_system"] = with_case(2, "/system/confirm", words);
  all["make_system_file"] = {3, make_file};
  all["fetch_system_file"] = {2, fetch_file};
}

}  // namespace doorstep::testing
