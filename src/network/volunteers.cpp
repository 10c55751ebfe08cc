#include "network/volunteers.hpp"

#include <algorithm>
#include <array>

#include "base/problem.hpp"
#include "network/organisation.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

using identity::Fact;
using identity::Volunteering;

bool is_register_number(const std::string& number) {
  return std::ranges::all_of(number, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

// What the place is called, if it is one that anybody can help at. One statement, none when none is named.
std::optional<std::string> require_place(Snapshot& snapshot, const NewVolunteering& wish) {
  if (wish.venue && wish.organisation) throw Problem{"place_unclear", {}, "venue"};
  if (wish.venue) {
    const auto venue = require_venue(snapshot, *wish.venue, "venue");
    require_live(venue);
    return venue.name.zh;
  }
  if (!wish.organisation) return std::nullopt;
  const auto organisation = require_organisation(snapshot, *wish.organisation, "organisation");
  require_live(organisation, "organisation");
  return organisation.official_name.value_or(organisation.name.zh);
}

// The place that is asked for, which is there. One statement.
Scope require_one_place(Snapshot& snapshot, const FindVolunteers& wish) {
  if (wish.venue.has_value() == wish.organisation.has_value()) throw Problem{"place_unclear"};
  if (wish.venue) return require_venue(snapshot, *wish.venue, "venue").id;
  return require_organisation(snapshot, *wish.organisation, "organisation").id;
}

// Those who see to the volunteers there.
bool may_find_at(const Caller& caller, const Scope& place) {
  return std::ranges::any_of(std::array{Role::window_officer, Role::station_keeper, Role::centre_manager},
                             [&](Role role) { return caller.has(role, place); });
}

// What is shown of each, in the order of their ids; of somebody who helps elsewhere by now, nothing. Three
// statements.
Page<VolunteerView> page_shown(Snapshot& snapshot, const std::vector<PersonId>& people, int limit,
                               const std::string& place) {
  auto facts = identity::facts_shown(snapshot, people, std::array{Fact::volunteering});
  auto page = page_of(
      identity::masked_all(snapshot, people), limit, [](const auto& person) { return person.id.value; },
      [&](const auto& person) {
        VolunteerView view{.person = person, .skills = {}, .since = {}};
        const auto known = facts[person.id].find(Fact::volunteering);
        if (known == facts[person.id].end()) return view;
        const auto volunteering = read_json<Volunteering>(known->second);
        view.skills = volunteering.skills;
        view.since = volunteering.since;
        return view;
      });
  std::erase_if(page.items, [&](const VolunteerView& view) {
    const auto known = facts[view.person.id].find(Fact::volunteering);
    return known == facts[view.person.id].end() ||
           identity::place_of(read_json<Volunteering>(known->second)) != place;
  });
  return page;
}

}  // namespace

std::string stored_volunteering(Snapshot& snapshot, const Caller& caller, const NewVolunteering& wish) {
  if (wish.register_number && !is_register_number(*wish.register_number))
    throw Problem{"invalid_register_number", {}, "register_number"};
  const auto place_name = require_place(snapshot, wish);
  if (wish.since && *wish.since > local_zone(snapshot).day_of(caller.at))
    throw Problem{"day_to_come", {}, "since"};
  return write_json(Volunteering{.skills = wish.skills,
                                 .register_number = wish.register_number,
                                 .since = wish.since,
                                 .venue = wish.venue,
                                 .organisation = wish.organisation,
                                 .place_name = place_name});
}

identity::PersonView put_volunteering(Transaction& tx, const Caller& caller, const PutVolunteering& wish) {
  identity::require_server(caller);
  const auto row = identity::require_living_record(tx, wish.person);
  require_version(row.version, wish.version);
  const auto value = wish.volunteering ? stored_volunteering(tx, caller, *wish.volunteering) : std::string{};
  // The answer shows the person, masked, to whoever writes: a look as well.
  identity::audit_look_at(tx, caller, "correct_person", std::array{row.id}, "correcting");
  return identity::change_facts(tx, caller, row.id, {{Fact::volunteering, value}});
}

Outcome<Page<VolunteerView>> find_volunteers(Transaction& tx, const Caller& caller,
                                             const FindVolunteers& wish) {
  const auto place = require_one_place(tx, wish);
  if (!may_find_at(caller, place))
    return identity::denied_look(tx, caller, "find_volunteers", {}, wish.purpose);
  identity::require_purpose(wish.purpose);
  const int limit = page_limit(wish.limit);
  const auto named = wish.venue ? to_string(*wish.venue) : to_string(*wish.organisation);
  const auto people = identity::found_by_place(tx, named, PersonId{page_after(wish.cursor)}, limit + 1);
  auto page = page_shown(tx, people, limit, named);
  std::vector<PersonId> shown;
  for (const auto& volunteer : page.items) shown.push_back(volunteer.person.id);
  identity::audit_look_at(tx, caller, "find_volunteers", shown, wish.purpose);
  return page;
}

}  // namespace doorstep::network
