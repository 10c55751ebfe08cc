// Volunteers 志愿者: what they can do, since when, where they help. It is a fact of a person, sealed with the
// rest (identity/affiliation.hpp); here it is put to their record, and found by the place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "identity/person.hpp"
#include "network/network.hpp"

namespace doorstep::network {

using identity::PersonId;
using identity::VolunteerSkill;

inline constexpr std::size_t skills_max = 15;
inline constexpr std::size_t register_number_chars_min = 6;
inline constexpr std::size_t register_number_chars_max = 30;

// At a venue or with an organisation, or at none in particular.
struct NewVolunteering {
  std::vector<VolunteerSkill> skills;
  std::optional<std::string> register_number;  // of the national volunteer register: letters and digits
  std::optional<Day> since;
  std::optional<VenueId> venue;
  std::optional<OrganisationId> organisation;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "skills") return {.length_max = skills_max};
    if (member == "register_number")
      return {.length_min = register_number_chars_min, .length_max = register_number_chars_max};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(NewVolunteering, (), (skills, register_number, since, venue, organisation))

struct PutVolunteering {
  PersonId person;
  std::int64_t version = 0;
  std::optional<NewVolunteering> volunteering;  // none: they help no longer
};
BOOST_DESCRIBE_STRUCT(PutVolunteering, (), (person, version, volunteering))

// Those of one place; recorded with its purpose, as finding people is.
struct FindVolunteers {
  std::optional<VenueId> venue;
  std::optional<OrganisationId> organisation;
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "limit") return {.least = 1, .most = page_items_max};
    return {.length_max = identity::purpose_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(FindVolunteers, (), (venue, organisation, purpose, cursor, limit))

struct VolunteerView {
  identity::PersonView person;  // masked
  std::vector<VolunteerSkill> skills;
  std::optional<Day> since;
};
BOOST_DESCRIBE_STRUCT(VolunteerView, (), (person, skills, since))

identity::PersonView put_volunteering(Transaction& tx, const Caller& caller, const PutVolunteering& wish);
// By the id of the person; a page may be short where records were merged.
Outcome<Page<VolunteerView>> find_volunteers(Transaction& tx, const Caller& caller,
                                             const FindVolunteers& wish);

// In its stored form. Throws Problem place_unclear, no_such_venue, venue_ended, no_such_organisation,
// organisation_ended, invalid_register_number, day_to_come. Two statements.
std::string stored_volunteering(Snapshot& snapshot, const Caller& caller, const NewVolunteering& wish);

}  // namespace doorstep::network
