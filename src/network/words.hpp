// What this room's kinds and states are called in sheets, those that come in and those that go out.
#pragma once

#include "network/absence.hpp"
#include "network/address_range.hpp"
#include "network/device.hpp"
#include "network/handover.hpp"
#include "network/organisation.hpp"
#include "network/past_activity.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

Text words_for(VenueKind kind);
Text words_for(VenueFunction function);
Text words_for(StepFree step_free);
Text words_for(OrganisationKind kind);
Text words_for(DeviceKind kind);
Text words_for(DeviceState state);
Text words_for(DeviceAct what);
Text words_for(HouseSide side);
Text words_for(ActivityKind kind);
Text words_for(DutyBy by);
Text words_for(AbsenceKind kind);
Text words_for(HandoverState state);

}  // namespace doorstep::network
