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

void add_intake_scenes(std::vector<Scene>& scenes);
void add_people_scenes(std::vector<Scene>& scenes);
void add_merge_scenes(std::vector<Scene>& scenes);
void add_mandate_scenes(std::vector<Scene>& scenes);
void add_resident_scenes(std::vector<Scene>& scenes);
void add_city_scenes(std::vector<Scene>& scenes);
void add_post_scenes(std::vector<Scene>& scenes);
void add_second_factor_scenes(std::vector<Scene>& scenes);
void add_passkey_scenes(std::vector<Scene>& scenes);
// officer1 has a second step from now on; what they were shown when they proved it.
Answer switch_second_factor_on(Stage& stage);
void add_venue_scenes(std::vector<Scene>& scenes);
void add_import_scenes(std::vector<Scene>& scenes);
void add_device_scenes(std::vector<Scene>& scenes);
void add_address_scenes(std::vector<Scene>& scenes);
void add_calendar_scenes(std::vector<Scene>& scenes);
void add_grid_scenes(std::vector<Scene>& scenes);
void add_sheet_scenes(std::vector<Scene>& scenes);
void add_past_activity_scenes(std::vector<Scene>& scenes);
void add_rating_scenes(std::vector<Scene>& scenes);
void add_trip_scenes(std::vector<Scene>& scenes);
// A file for the system that decides such a case, with one in it; its id.
std::string make_system_file(Stage& stage);
void add_system_scenes(std::vector<Scene>& scenes);
void add_application_scenes(std::vector<Scene>& scenes);
void add_attachment_scenes(std::vector<Scene>& scenes);
void add_affiliation_scenes(std::vector<Scene>& scenes);
void add_case_people_scenes(std::vector<Scene>& scenes);
void add_deadline_scenes(std::vector<Scene>& scenes);
void add_matter_scenes(std::vector<Scene>& scenes);

}  // namespace doorstep::testing
