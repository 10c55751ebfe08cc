// What people come for: a matter that is not there, and what asking for one costs.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

void add_matter_scenes(std::vector<Scene>& scenes) {
  for (const auto& [route, path] : {std::pair{"read_matter", "/api/matters/flying"},
                                    std::pair{"read_precheck", "/api/matters/flying/precheck"}})
    scenes.push_back({route, "no_such_matter",
                      [path = std::string{path}](Stage& stage) { return stage.get("nobody", path); }});
}

// Of a matter without questions the pre-check has its outcome at once.
void play_matters(Stage& stage) {
  stage.get("nobody", "/api/matters/transfer");
  stage.get("nobody", "/api/matters?words=zhuan");
  stage.get("nobody", "/api/matters/transfer/precheck");
}

}  // namespace doorstep::testing
