// The worst cases of what is done with devices, for costs_test.cpp.
#pragma once

#include "contract/stage.hpp"

namespace doorstep::testing {

void play_devices(Stage& stage);

}  // namespace doorstep::testing
