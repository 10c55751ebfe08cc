// Parts of what costs_test.cpp plays: routes in the case that asks most of them.
#pragma once

#include "contract/stage.hpp"

namespace doorstep::testing {

void play_addresses(Stage& stage);
void play_calendar(Stage& stage);
void play_grids(Stage& stage);

}  // namespace doorstep::testing
