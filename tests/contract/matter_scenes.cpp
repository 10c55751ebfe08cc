// What people come for: a matter that is not there, and what asking for one costs.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

void add_matter_scenes(std::vector<Scene>& scenes) {
  const auto none_at = [](const std::string& path) -> How {
    return [path](Stage& stage) { return stage.get("nobody", path); };
  };
  scenes.push_back({"read_matter", "no_such_matter", none_at("/api/matters/flying")});
  scenes.push_back({"read_precheck", "no_such_matter", none_at("/api/matters/flying/precheck")});
}

// Of a matter without questions the pre-check has its outcome at once.
void play_matters(Stage& stage) {
  stage.get("nobody", "/api/matters/transfer");
  stage.get("nobody", "/api/matters?words=zhuan");
  stage.get("nobody", "/api/matters/transfer/precheck");
}

}  // namespace doorstep::testing
