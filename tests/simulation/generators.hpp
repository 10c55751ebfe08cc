// What the generators of this folder share.
#pragma once

#include "simulation/world.hpp"

namespace doorstep::testing {

using Made = std::optional<Wish>;

std::string purpose(World& world);
// Of somebody on record, by whoever is at work.
Generator with_person(int weight, const std::string& what, const std::function<std::string(World&)>& body);
// A code goes to the resident's phone, and what it says is remembered.
void have_code_sent(World& world, Browser& resident);
// The phone, and the last code that it was sent.
std::string code_body(World& world, const Browser& resident);
// With a new code: what cannot be undone wants one.
void come_in_anew(World& world, Browser& resident);

// These, and those of people's records: merged, and acted for.
std::map<std::string, Generator> with_record_generators(std::map<std::string, Generator> all);

}  // namespace doorstep::testing
