// The sheets that this room takes in, and how their rows name what is there.
#pragma once

#include "base/enums.hpp"
#include "identity/sheet_people.hpp"
#include "imports/imports.hpp"
#include "network/words.hpp"

namespace doorstep::network {

imports::Kind organisations_kind();
imports::Kind venues_kind(const std::vector<VenueUse>& uses);
imports::Kind roster_kind();
imports::Kind past_activities_kind();
imports::Kind volunteers_kind();
imports::Kind members_kind();

// Managers, wherever they are; what a row is about is asked with the row.
void require_manager_somewhere(const Caller& caller);

// By its official name, else by its short one; nobody when there is none. Throws Problem
// several_such_organisations, with the column that names it. One statement.
std::optional<OrganisationId> organisation_named(Snapshot& snapshot, const std::string& name,
                                                 const char* column);

// What a column offers of an enum, in its words.
template <DescribedEnum E>
std::vector<imports::Choice> choices_of() {
  std::vector<imports::Choice> all;
  for (const auto& each : enum_names<E>)
    all.push_back({std::string{each.name}, words_for(static_cast<E>(each.value))});
  return all;
}

// The venue that a column names; nothing when it is empty. One that has ended is meant only where none of
// today is called so. Throws Problem no_such_venue, several_such_venues. One statement, none when none is
// named.
std::optional<VenueId> venue_named(Snapshot& snapshot, const imports::Cells& cells, const char* column);

// The fault that a problem is, in a preview.
std::vector<imports::Fault> as_faults(const Problem& problem);

// A sheet that puts a fact to people's records. The preview tells of the fact alone: whether somebody is on
// record is told by importing them, and by that alone.
struct SheetOfPeople {
  std::string key;
  Text name;
  std::vector<imports::Column> columns;
  std::function<std::vector<imports::Fault>(const imports::Cells& cells)> check;
  identity::Fact fact{};
  // What a row says, in its stored form; throws the Problem that it is refused with. Three statements at
  // most.
  std::function<std::string(Snapshot& snapshot, const Caller& caller, const imports::Cells& cells)> stored;
};
imports::Kind kind_of(SheetOfPeople sheet);

}  // namespace doorstep::network
