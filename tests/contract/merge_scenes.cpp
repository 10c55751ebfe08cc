// Two records of one human being.
#include "contract/scenes.hpp"
#include "identity/merges.hpp"
#include "identity/vault.hpp"

namespace doorstep::testing {

namespace {

// Invented identity numbers, of a place that does not exist.
const std::string with_number = R"({"name":"示例","identity_number":"000000194803070028"})";
const std::string with_another = R"({"name":"示例","identity_number":"000000195206150032"})";
const std::string why = R"({"purpose":"at the window"})";

std::int64_t version_of(Stage& stage, const std::string& id) {
  return stage.post("officer1", "/api/people/" + id + "/look", why).number("version");
}

Answer merge(Stage& stage, const std::string& from, const std::string& into, std::int64_t version = 1,
             std::int64_t into_version = 1) {
  return stage.post("officer1", "/api/people/" + from + "/merge",
                    R"({"into":")" + into + R"(","into_version":)" + std::to_string(into_version) +
                        R"(,"reason":"recorded_twice"})",
                    if_match(version));
}

Answer unmerge(Stage& stage, const std::string& id, std::int64_t version) {
  return stage.post("officer1", "/api/people/" + id + "/unmerge", "", if_match(version));
}

std::string erased(Stage& stage, const std::string& id) {
  stage.town.write([&](Transaction& tx, Instant at) {
    identity::erase_person(tx, identity::PersonId{*parse_id(identity::PersonTag::prefix, id)}, at);
  });
  return id;
}

}  // namespace

void add_merge_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"merge_people", "no_such_person", [](Stage& stage) { return merge(stage, stage.person(), "pe_1"); }},
      {"merge_people", "person_erased",
       [](Stage& stage) { return merge(stage, stage.person(), erased(stage, stage.person())); }},
      {"merge_people", "merged_with_itself",
       [](Stage& stage) {
         const auto person = stage.person();
         return merge(stage, person, person);
       }},
      {"merge_people", "already_merged",
       [](Stage& stage) {
         const auto one = stage.person(), other = stage.person();
         merge(stage, one, other);
         return merge(stage, one, other, 2, 2);
       }},
      {"merge_people", "too_many_merged",
       [](Stage& stage) {
         const auto into = stage.person();
         Answer answer;
         for (std::int64_t i = 0; i <= identity::merged_most; ++i)
           answer = merge(stage, stage.person(), into, 1, i + 1);
         return answer;
       }},
      {"merge_people", "two_identity_numbers",
       [](Stage& stage) { return merge(stage, stage.person(with_number), stage.person(with_another)); }},
      {"unmerge_people", "no_such_person", [](Stage& stage) { return unmerge(stage, "pe_1", 1); }},
      {"unmerge_people", "person_erased",
       [](Stage& stage) { return unmerge(stage, erased(stage, stage.person()), 2); }},
      {"unmerge_people", "not_merged", [](Stage& stage) { return unmerge(stage, stage.person(), 1); }},
      {"unmerge_people", "merged_further",
       [](Stage& stage) {
         const auto one = stage.person(), other = stage.person();
         merge(stage, one, other);
         merge(stage, other, stage.person(), 2, 1);
         return unmerge(stage, one, version_of(stage, one));
       }},
      {"unmerge_people", "same_identity_number",
       [](Stage& stage) {
         const auto one = stage.person(with_number), other = stage.person();
         merge(stage, one, other);
         stage.send("officer1", "PATCH", "/api/people/" + other, with_number, if_match(2));
         return unmerge(stage, one, 3);
       }},
      {"list_merges", "no_such_person",
       [](Stage& stage) { return stage.post("officer1", "/api/people/pe_1/merges", why); }},
      {"list_merges", "purpose_missing",
       [](Stage& stage) {
         return stage.post("officer1", "/api/people/" + stage.person() + "/merges", R"({"purpose":" "})");
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
