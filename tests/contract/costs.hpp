// Worst cases that stand in files of their own; costs_test.cpp plays them.
#pragma once

#include "contract/stage.hpp"

namespace doorstep::testing {

// officer1, who takes the cases in, is away, and somebody stands in for them: a case asks most then.
void leave_somebody_away(Stage& stage);
// Those of the matter `heavy`, as JSON: as many as one may hand in at once.
std::string all_materials();
// What was promised is overdue, and a further alarm would come.
void make_late(Stage& stage, const std::string& case_id);
// Their trip was not today.
void came_before(Stage& stage, const std::string& case_id);
// There was none.
void never_came(Stage& stage, const std::string& case_id);
void play_case_people(Stage& stage);
void play_city_accounts(Stage& stage);
void play_intake(Stage& stage);
void play_posts(Stage& stage);
void play_imports(Stage& stage);
void play_devices(Stage& stage);
void play_addresses(Stage& stage);
void play_calendar(Stage& stage);
void play_grids(Stage& stage);
void play_sheets(Stage& stage);
void play_export(Stage& stage);
void play_past_activities(Stage& stage);
void play_applications(Stage& stage);
void play_attachments(Stage& stage);
void play_ratings(Stage& stage);
void play_trips(Stage& stage);
void play_systems(Stage& stage);
void play_deadlines(Stage& stage);
void play_matters(Stage& stage);
// Somebody of whom all else is known; their version is 3 then.
void play_affiliations(Stage& stage, const std::string& person);

}  // namespace doorstep::testing
