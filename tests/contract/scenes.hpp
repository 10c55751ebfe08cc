// How each problem that a route declares comes about; problems_test.cpp plays them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "contract/stage.hpp"

namespace doorstep::testing {

using How = std::function<Answer(Stage&)>;

struct Scene {
  std::string route;
  std::string problem;
  How how;
};

void add_people_scenes(std::vector<Scene>& scenes);
void add_merge_scenes(std::vector<Scene>& scenes);
void add_mandate_scenes(std::vector<Scene>& scenes);
void add_resident_scenes(std::vector<Scene>& scenes);

}  // namespace doorstep::testing
