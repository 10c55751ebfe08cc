// Sheets that the director brings in, of organisations and of what was held, and the manager, of members,
// volunteers and what another system answered: uploaded, mapped, looked through, run, taken back.
#include <algorithm>

#include "simulation/generators.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

// Some rows that build on each other, some that are faulty, and some that are there already.
SheetLines some_organisations(World& world) {
  SheetLines rows;
  const auto count = 1 + world.any(25);
  for (std::size_t row = 0; row < count; ++row) {
    const auto parent = world.chance(0.5) ? std::string{"示例镇"} : "导入 " + std::to_string(world.any(60));
    const std::string kind = world.chance(0.1) ? "不知道" : "党支部";
    rows.push_back({"导入 " + std::to_string(world.any(60)), kind, parent});
  }
  return rows;
}

SheetLines some_activities(World& world) {
  SheetLines rows;
  const auto count = 1 + world.any(12);
  for (std::size_t row = 0; row < count; ++row)
    rows.push_back({"导入的活动 " + std::to_string(world.any(40)),
                    "2026-03-0" + std::to_string(1 + world.any(9)), world.chance(0.1) ? "看电影" : "志愿服务",
                    "示例镇", std::to_string(world.any(90))});
  return rows;
}

// Somebody with a name and a phone, now and then one who came with another sheet; what the sheet says of them
// is said of a person.
std::vector<std::string> somebody(World& world) {
  const auto number = std::to_string(1'000 + world.any(40));
  const auto name = "示例 名单 " + number, phone = "1390007" + number;
  world.traces.hear("/api/people", R"({"name":")" + name + R"(","phone":")" + phone + "\"}");
  return {name, phone};
}

SheetLines some_people(World& world, bool members) {
  SheetLines rows;
  const auto count = 1 + world.any(12);
  for (std::size_t row = 0; row < count; ++row) {
    auto line = somebody(world);
    if (members) {
      line.push_back("导入 " + std::to_string(world.any(60)));
      line.push_back(world.chance(0.1) ? "" : "正式");
    } else {
      line.push_back(world.chance(0.1) ? "会飞" : "理发、陪伴");
    }
    rows.push_back(std::move(line));
  }
  return rows;
}

Made upload_people(World& world) {
  auto& manager = world.manager();
  if (!manager.signed_in()) return std::nullopt;
  const bool members = world.chance(0.5);
  const std::vector<std::string> headings =
      members ? std::vector<std::string>{"姓名", "电话", "所在党支部", "党员类别"}
              : std::vector<std::string>{"姓名", "电话", "特长"};
  return Wish{&manager.browser, "POST", upload_path(members ? "members" : "volunteers"),
              sheet_bytes(headings, some_people(world, members)), as_sheet().headers};
}

Made upload_sheet(World& world) {
  if (world.imports.size() > 30) return std::nullopt;
  if (world.chance(0.3)) return upload_people(world);
  if (world.chance(0.2)) return upload_answers(world);
  auto* who = at_the_committee(world);
  if (who == nullptr) return std::nullopt;
  if (world.chance(0.2))
    return Wish{who, "POST", upload_path("past_activities"),
                sheet_bytes({"活动名称", "日期", "类型", "主办组织", "参加人数"}, some_activities(world)),
                as_sheet().headers};
  return Wish{who, "POST", upload_path("organisations"),
              sheet_bytes({"组织名称", "类型", "上级"}, some_organisations(world)), as_sheet().headers};
}

// An import that its owner, who is signed in, goes on with; in one of these states, or now and then in any.
KnownImport* some_import(World& world, const std::vector<std::string>& states) {
  const bool any = world.chance(0.05);
  std::vector<KnownImport*> fitting;
  for (auto& known : world.imports) {
    if (known.who->session.empty()) continue;
    if (any || std::ranges::find(states, known.state) != states.end()) fitting.push_back(&known);
  }
  return fitting.empty() ? nullptr : world.one_of(fitting);
}

Generator with_import(int weight, const std::string& what, const std::vector<std::string>& states,
                      const std::string& body = "") {
  return {weight, [=](World& world) -> Made {
            const auto* import = some_import(world, states);
            if (import == nullptr) return std::nullopt;
            const auto version = import->version - (world.chance(0.05) ? 1 : 0);
            return Wish{import->who,
                        "POST",
                        "/api/imports/" + import->id + what,
                        body,
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

Generator looking(int weight, const std::string& what, const std::string& body = "") {
  return {weight, [=](World& world) -> Made {
            const auto* import = some_import(world, {"draft", "importing", "done"});
            if (import == nullptr) return std::nullopt;
            return Wish{import->who, "POST", "/api/imports/" + import->id + what, body};
          }};
}

}  // namespace

void add_import_generators(Generators& all) {
  all["upload_sheet"] = {3, upload_sheet};
  all["map_columns"] =
      with_import(2, "/columns", {"draft"}, R"({"columns":{"name_zh":0,"kind":1,"parent":2}})");
  all["list_import_rows"] = looking(2, "/rows", R"({"only_faulty":true})");
  all["return_faulty_rows"] = looking(2, "/faulty-rows");
  all["run_import"] = with_import(8, "/run", {"draft", "importing", "undoing"});
  all["stop_import"] = with_import(1, "/stop", {"draft", "importing"});
  all["undo_import"] = with_import(2, "/undo", {"done"});
}

}  // namespace doorstep::testing
