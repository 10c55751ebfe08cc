// Communities, their branches, and the houses that belong to them.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

Answer name_branch(Stage& stage, const std::string& community, const std::string& branch,
                   std::int64_t version) {
  return stage.send("admin", "PATCH", "/api/communities/" + community, R"({"branch":")" + branch + "\"}",
                    if_match(version));
}

std::string organisation(Stage& stage, const std::string& kind) {
  const auto made = stage.post("admin", "/api/organisations",
                               R"({"kind":")" + kind + R"(","name":{"zh":"示例","en":"Sample"}})");
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

std::string houses_of(const std::string& community) { return "/api/communities/" + community + "/addresses"; }

How recording(const std::string& houses) {
  return [=](Stage& stage) { return stage.post("admin", houses_of(stage.community()), houses); };
}

How replacing(const std::string& houses) {
  return [=](Stage& stage) {
    const auto range = stage.houses(stage.community(), "示例路");
    return stage.post("admin", "/api/addresses/" + range + "/replace", houses);
  };
}

}  // namespace

void add_address_scenes(std::vector<Scene>& scenes) {
  const std::string street = R"({"street":"示例路"})";
  const std::vector<Scene> more{
      {"edit_community", "no_such_community",
       [](Stage& stage) { return name_branch(stage, "9", stage.town.organisation, 1); }},
      {"edit_community", "no_such_organisation",
       [](Stage& stage) { return name_branch(stage, stage.community(), "or_1", 2); }},
      {"edit_community", "organisation_ended",
       [](Stage& stage) {
         const auto branch = organisation(stage, "branch");
         stage.post("admin", "/api/organisations/" + branch + "/end", "", if_match(1));
         return name_branch(stage, stage.community(), branch, 2);
       }},
      {"edit_community", "not_a_branch",
       [](Stage& stage) { return name_branch(stage, stage.community(), organisation(stage, "firm"), 2); }},
      {"list_addresses", "no_such_community",
       [](Stage& stage) { return stage.get("nobody", houses_of("9")); }},
      {"record_addresses", "no_such_community",
       [=](Stage& stage) { return stage.post("admin", houses_of("9"), street); }},
      {"record_addresses", "street_unclear", recording(R"({"street":"示例路12号"})")},
      {"record_addresses", "numbers_backwards", recording(R"({"street":"示例路","from":9,"to":1})")},
      {"record_addresses", "addresses_overlap",
       [=](Stage& stage) {
         const auto community = stage.community();
         stage.houses(community, "示例路");
         return stage.post("admin", houses_of(community), street);
       }},
      {"replace_addresses", "no_such_addresses",
       [=](Stage& stage) { return stage.post("admin", "/api/addresses/ar_1/replace", street); }},
      {"replace_addresses", "street_unclear", replacing(R"({"street":"示例路12号"})")},
      {"replace_addresses", "numbers_backwards", replacing(R"({"street":"示例路","from":9,"to":1})")},
      {"replace_addresses", "addresses_overlap",
       [](Stage& stage) {
         stage.houses(stage.community(), "示例二路");
         return replacing(R"({"street":"示例二路"})")(stage);
       }},
      {"end_addresses", "no_such_addresses",
       [](Stage& stage) { return stage.post("admin", "/api/addresses/ar_1/end"); }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_addresses(Stage& stage) {
  const auto community = stage.community();
  const auto houses = stage.houses(community, "示例路");
  EXPECT_EQ(stage.get("nobody", "/api/address?text=%E7%A4%BA%E4%BE%8B%E8%B7%AF").text("finding"), "found");
  stage.get("nobody", "/api/communities");
  stage.get("nobody", houses_of(community));
  const auto replaced =
      stage.post("admin", "/api/addresses/" + houses + "/replace", R"({"street":"示例路","side":"odd"})");
  EXPECT_EQ(replaced.status, 201) << replaced.problem();
  EXPECT_EQ(stage.post("admin", "/api/addresses/" + replaced.text("id") + "/end").status, 204);
}

}  // namespace doorstep::testing
