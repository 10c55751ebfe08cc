// Phones that speak for a person: linked and taken away at the window, where the officer sees who asks.
#pragma once

#include "api/outcome.hpp"
#include "base/secret.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

struct LinkPhone {
  PersonId person;
  std::string phone;
  Secret code;  // that the phone was sent: it is here, and nobody mistyped its number

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 60}; }
};
BOOST_DESCRIBE_STRUCT(LinkPhone, (), (person, phone, code))

// The phone is lost, or somebody else's: none speaks for the person any more.
struct UnlinkPhones {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(UnlinkPhones, (), (person))

// The phone on record is told, if it is another one.
Outcome<Nothing> link_phone(Transaction& tx, const Caller& caller, const LinkPhone& wish);
Nothing unlink_phones(Transaction& tx, const Caller& caller, const UnlinkPhones& wish);

// Who may link phones; throws Problem not_signed_in, not_allowed.
void require_at_window(const Caller& caller);
// Whether a phone's account is linked with a person now, or with a record that was merged into theirs;
// `person` stands for itself. One statement.
bool speaks_for(Snapshot& snapshot, ResidentId resident, PersonId person);
// Links a phone's account with a person, unless it is already. Two statements.
void link(Transaction& tx, const Caller& caller, ResidentId resident, PersonId person);
// The same of at least one of these people. One statement.
bool speaks_for_one_of(Snapshot& snapshot, ResidentId resident, const std::vector<PersonId>& people);
// Whether any phone is linked with one of these people. One statement.
bool have_phones(Snapshot& snapshot, const std::vector<PersonId>& people);
// All links of a person end, with the sessions of those phones, and the accounts that are then nobody's.
// Three statements.
void end_links(Transaction& tx, PersonId person, Instant at);
// Those that were made with this very record since then end; the sessions and accounts stay. One statement.
void end_links_since(Transaction& tx, PersonId person, Instant since, Instant at);

}  // namespace doorstep::identity
