// What people add to their cases: how each refusal comes about, and what it asks at most.
#include "cases/attachment.hpp"
#include "contract/costs.hpp"
#include "contract/scenes.hpp"
#include "testing/pictures.hpp"

namespace doorstep::testing {

namespace {

// A case that officer1 took in, by its two addresses.
struct Addresses {
  std::string id, desk, own;
};

Addresses some_case(Stage& stage) {
  const auto id = stage.relief_case();
  const auto token = stage.get("officer1", "/api/desk/cases/" + id).text("token");
  return {id, "/api/desk/cases/" + id + "/attachments", "/api/cases/" + token + "/attachments"};
}

const Addresses no_case{"cs_9999", "/api/desk/cases/cs_9999/attachments", "/api/cases/nothing/attachments"};

// By either way in; one of them plays a scene.
enum class Way { desk, own };

const std::string& address(const Addresses& of, Way way) { return way == Way::desk ? of.desk : of.own; }
std::string who_goes(Way way) { return way == Way::desk ? "officer1" : "nobody"; }

Answer add(Stage& stage, const Addresses& to, Way way, const std::string& bytes,
           const std::string& more = "") {
  return stage.post(who_goes(way), address(to, way) + more, bytes, as_bytes());
}

std::string added(Stage& stage, const Addresses& to, Way way, const std::string& bytes) {
  const auto answer = add(stage, to, way, bytes);
  EXPECT_EQ(answer.status, 201) << answer.problem();
  return answer.text("id");
}

Answer remove(Stage& stage, const Addresses& from, Way way, const std::string& attachment) {
  return stage.send(who_goes(way), "DELETE", address(from, way) + '/' + attachment);
}

Answer look(Stage& stage, const Addresses& at, const std::string& attachment, const std::string& body) {
  return stage.post("officer1", at.desk + '/' + attachment + "/look", body);
}

void end(Stage& stage, const Addresses& of) {
  EXPECT_EQ(stage.act("officer1", of.id, "/withdraw").problem(), "");
}

void add_adding_scenes(std::vector<Scene>& scenes, const std::string& route, Way way) {
  const auto adding = [=](const std::function<std::string()>& bytes, const std::string& more = "") {
    return [=](Stage& stage) { return add(stage, some_case(stage), way, bytes(), more); };
  };
  const std::vector<Scene> more{
      {route, "no_such_case", [=](Stage& stage) { return add(stage, no_case, way, jpeg()); }},
      {route, "unknown_material", adding([] { return jpeg(); }, "?material=moon")},
      {route, "case_over",
       [=](Stage& stage) {
         const auto to = some_case(stage);
         end(stage, to);
         return add(stage, to, way, jpeg());
       }},
      {route, "too_many_attachments",
       [=](Stage& stage) {
         const auto to = some_case(stage);
         for (int i = 0; i < cases::attachments_max; ++i) added(stage, to, way, pdf(std::to_string(i)));
         return add(stage, to, way, jpeg());
       }},
      {route, "body_too_large", adding([] { return pdf(std::string(cases::attachment_bytes_max, 'x')); })},
      {route, "attachment_kind_unknown", adding([] { return std::string{"no photo"}; })},
      {route, "attachment_broken", adding([] { return jpeg().substr(0, 40); })},
      {route, "attachment_too_many_pixels", adding([] {
         auto photo = png();
         photo.replace(16, 8, std::string{"\0\0\xFF\xFF\0\0\xFF\xFF", 8});
         return photo;
       })},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_removing_scenes(std::vector<Scene>& scenes, const std::string& route, Way way, Way other) {
  const std::vector<Scene> more{
      {route, "no_such_case", [=](Stage& stage) { return remove(stage, no_case, way, "at_1"); }},
      {route, "no_such_attachment",
       [=](Stage& stage) { return remove(stage, some_case(stage), way, "at_1"); }},
      {route, "attachment_not_yours",
       [=](Stage& stage) {
         const auto at = some_case(stage);
         return remove(stage, at, way, added(stage, at, other, jpeg()));
       }},
      {route, "case_over",
       [=](Stage& stage) {
         const auto at = some_case(stage);
         const auto attachment = added(stage, at, way, jpeg());
         end(stage, at);
         return remove(stage, at, way, attachment);
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_seeing_scenes(std::vector<Scene>& scenes) {
  const std::string purpose = R"({"purpose":"p"})", of_preview = R"({"purpose":"p","preview":true})";
  const std::vector<Scene> more{
      {"list_attachments", "no_such_case", [](Stage& stage) { return stage.get("officer1", no_case.desk); }},
      {"list_own_attachments", "no_such_case", [](Stage& stage) { return stage.get("nobody", no_case.own); }},
      {"look_at_attachment", "no_such_case",
       [=](Stage& stage) { return look(stage, no_case, "at_1", purpose); }},
      {"look_at_attachment", "purpose_missing",
       [](Stage& stage) { return look(stage, some_case(stage), "at_1", R"({"purpose":" "})"); }},
      {"look_at_attachment", "no_such_attachment",
       [=](Stage& stage) { return look(stage, some_case(stage), "at_1", purpose); }},
      {"look_at_attachment", "no_preview",
       [=](Stage& stage) {
         const auto at = some_case(stage);
         return look(stage, at, added(stage, at, Way::own, pdf()), of_preview);
       }},
      {"read_own_attachment", "no_such_case",
       [](Stage& stage) { return stage.get("nobody", no_case.own + "/at_1"); }},
      {"read_own_attachment", "no_such_attachment",
       [](Stage& stage) { return stage.get("nobody", some_case(stage).own + "/at_1"); }},
      {"read_own_attachment", "no_preview",
       [](Stage& stage) {
         const auto at = some_case(stage);
         return stage.get("nobody", at.own + '/' + added(stage, at, Way::own, pdf()) + "?preview=true");
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_attachment_scenes(std::vector<Scene>& scenes) {
  add_adding_scenes(scenes, "add_attachment", Way::desk);
  add_adding_scenes(scenes, "add_own_attachment", Way::own);
  add_removing_scenes(scenes, "remove_attachment", Way::desk, Way::own);
  add_removing_scenes(scenes, "remove_own_attachment", Way::own, Way::desk);
  add_seeing_scenes(scenes);
}

// A photo has a preview, and so two files; to a paper of the matter.
void play_attachments(Stage& stage) {
  const auto at = some_case(stage);
  for (const auto way : {Way::desk, Way::own}) {
    const auto answer = add(stage, at, way, jpeg(64, 32, way == Way::desk ? red : blue), "?material=card");
    EXPECT_EQ(answer.status, 201) << answer.problem();
    const auto attachment = answer.text("id");
    EXPECT_EQ(stage.get(who_goes(way), address(at, way)).status, 200);
    EXPECT_EQ(look(stage, at, attachment, R"({"purpose":"p"})").status, 200);
    EXPECT_EQ(stage.get("nobody", at.own + '/' + attachment).status, 200);
    EXPECT_EQ(remove(stage, at, way, attachment).status, 204);
  }
}

}  // namespace doorstep::testing
