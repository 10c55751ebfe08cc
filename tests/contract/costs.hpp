// Worst cases of routes that costs_test.cpp plays.
#pragma once

#include "contract/stage.hpp"

namespace doorstep::testing {

void play_city_accounts(Stage& stage);

}  // namespace doorstep::testing
