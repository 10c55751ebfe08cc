// What the generators of this folder share.
#pragma once

#include "simulation/world.hpp"

namespace doorstep::testing {

using Made = std::optional<Wish>;

std::string purpose(World& world);
// Of somebody on record, by whoever is at work.
Generator with_person(int weight, const std::string& what, const std::function<std::string(World&)>& body);
// Of a case that is known, with its version; now and then with one that was seen long ago.
Generator with_case(int weight, const std::string& what, const std::function<std::string(World&)>& body);
// Where a case is taken next.
std::string next_step(World& world);
// A code goes to the resident's phone, and what it says is remembered.
void have_code_sent(World& world, Browser& resident);
// The phone, and the last code that it was sent.
std::string code_body(World& world, const Browser& resident);
// With a new code: what cannot be undone wants one.
void come_in_anew(World& world, Browser& resident);

// A member of the staff, at work or not; quoted.
std::string some_staff(World& world);

// What a member's app shows now, as a further member of a body; empty where it was never shown a secret.
std::string with_app_code(World& world, const Member& member);
// What those at the committee do, and now and then somebody who may not; null when nobody is there.
Browser* at_the_committee(World& world);

// Parts of `generators`.
using Generators = std::map<std::string, Generator>;
void add_case_generators(Generators& all);
void add_record_generators(Generators& all);  // people recorded twice, and acted for
void add_second_factor_generators(Generators& all);
void add_passkey_generators(Generators& all);
void add_city_generators(Generators& all);
void add_resident_session_generators(Generators& all);
void add_venue_generators(Generators& all);
void add_address_generators(Generators& all);
void add_calendar_generators(Generators& all);
void add_grid_generators(Generators& all);
void add_past_activity_generators(Generators& all);
void add_rating_generators(Generators& all);
void add_trip_generators(Generators& all);
void add_system_generators(Generators& all);
// A sheet in which the member system answers, for the manager's imports.
Made upload_answers(World& world);
void add_application_generators(Generators& all);
void add_attachment_generators(Generators& all);
void add_affiliation_generators(Generators& all);
void add_case_people_generators(Generators& all);
void add_post_generators(Generators& all);
void add_import_generators(Generators& all);
void add_device_generators(Generators& all);
void add_deadline_generators(Generators& all);

}  // namespace doorstep::testing
