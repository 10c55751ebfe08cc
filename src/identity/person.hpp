// People whom the town serves: recorded by an officer, found, looked at with a purpose, corrected.
//
// A person in a list is masked; who they are in full is a look. Finding is one as well: it is recorded with
// its purpose, for whoever may search may learn who is there.
#pragma once

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "base/limits.hpp"
#include "identity/affiliation.hpp"
#include "identity/vault.hpp"

namespace doorstep::identity {

inline constexpr std::size_t purpose_bytes_max = 200;
inline constexpr std::size_t address_bytes_max = 600;
static_assert(name_bytes_max < address_bytes_max && address_bytes_max < note_bytes_max);

// As lists show them.
struct PersonView {
  PersonId id;
  std::int64_t version = 0;
  std::string name;                            // "王*"
  std::optional<std::string> phone;            // "138****1234"
  std::optional<std::string> identity_number;  // "**************0028"
  bool erased = false;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (id, version, name, phone, identity_number, erased))

// In full; only a look answers with it.
struct PersonFacts {
  PersonId id;
  std::int64_t version = 0;
  std::string name;
  std::optional<std::string> phone;
  std::optional<std::string> identity_number;
  std::optional<Day> birth_date;
  std::optional<std::string> address;
  std::optional<Volunteering> volunteering;
};
BOOST_DESCRIBE_STRUCT(PersonFacts, (),
                      (id, version, name, phone, identity_number, birth_date, address, volunteering))

struct RecordPerson {
  std::string name;
  std::optional<std::string> phone;
  std::optional<std::string> identity_number;
  std::optional<Day> birth_date;
  std::optional<std::string> address;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "name") return {.length_min = 1, .length_max = name_bytes_max};
    if (member == "address") return {.length_max = address_bytes_max};
    return {.length_max = 60};
  }
};
BOOST_DESCRIBE_STRUCT(RecordPerson, (), (name, phone, identity_number, birth_date, address))

// By one of them: some neighbouring letters of the name, the whole phone or identity number, or the last four
// characters of either.
struct FindPeople {
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> identity_number;
  std::optional<std::string> last_four;
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "limit") return {.least = 1, .most = page_items_max};
    return {.length_max = purpose_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(FindPeople, (), (name, phone, identity_number, last_four, purpose, cursor, limit))

struct LookAtPerson {
  PersonId person;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = purpose_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(LookAtPerson, (), (person, purpose))

struct CorrectPerson {
  PersonId person;
  std::int64_t version = 0;
  Patch<std::string> name;
  Patch<std::optional<std::string>> phone;
  Patch<std::optional<std::string>> identity_number;
  Patch<std::optional<Day>> birth_date;
  Patch<std::optional<std::string>> address;

  static constexpr Bounds bounds(std::string_view member) { return RecordPerson::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(CorrectPerson, (), (person, version, name, phone, identity_number, birth_date, address))

// What is left of a person is their id in the rows that have to be kept.
struct Erased {
  Instant erased_at;
  std::int64_t looks_kept = 0;
};
BOOST_DESCRIBE_STRUCT(Erased, (), (erased_at, looks_kept))

Outcome<PersonView> record_person(Transaction& tx, const Caller& caller, const RecordPerson& wish);
// The same, for whoever records many and shows none of them; `facts`: what more is known, in its stored form.
Outcome<PersonId> put_on_record(Transaction& tx, const Caller& caller, const RecordPerson& wish,
                                Facts facts = {});
Outcome<Page<PersonView>> find_people(Transaction& tx, const Caller& caller, const FindPeople& wish);
Outcome<PersonFacts> look_at_person(Transaction& tx, const Caller& caller, const LookAtPerson& wish);
Outcome<PersonView> correct_person(Transaction& tx, const Caller& caller, const CorrectPerson& wish);

// For the other files of this room.

struct PersonRow {
  PersonId id;
  std::int64_t version = 0;
  Instant created_at;
  std::optional<Instant> erased_at;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, version, created_at, erased_at))

// "**************0028"
std::string masked_number(const std::string& number);
// Whoever serves people at a venue; throws Problem not_signed_in, not_allowed.
void require_server(const Caller& caller);
// Throws Problem purpose_missing.
void require_purpose(const std::string& purpose);
// Who serves people: may see and change what is on record of them.
bool serves_people(const Caller& caller);
// A look that is refused is recorded, whatever was said of its purpose.
std::unexpected<Refused> denied_look(Transaction& tx, const Caller& caller, std::string_view action,
                                     std::span<const PersonId> people, const std::string& purpose);
// The record that stands for this one now, which is another if it was merged (merges.hpp): work with its id,
// not with the one that was asked for. Throws Problem no_such_person. One statement.
PersonRow require_person(Snapshot& snapshot, PersonId id);
// Throws Problem person_erased as well.
PersonRow require_living_record(Snapshot& snapshot, PersonId id);
// The same, of whom nothing is known yet; nobody when there is no such record. One statement.
std::optional<PersonId> person_standing_for(Snapshot& snapshot, PersonId id);
// A record that stands for itself, and all that were merged into it, in the order of their ids. One
// statement.
std::vector<PersonId> records_of(Snapshot& snapshot, PersonId root);
// Masked, in the order of their ids. Two statements.
std::vector<PersonView> masked_all(Snapshot& snapshot, const std::vector<PersonId>& people);
// One statement.
PersonFacts in_full(Snapshot& snapshot, const PersonRow& row);
// The same of single records, without what was merged into them. One statement.
std::vector<PersonFacts> in_full_each(Snapshot& snapshot, const std::vector<PersonRow>& rows);
// Their membership, which is in no list and in no file that is opened for something else. One statement for
// all.
std::map<PersonId, Membership> memberships_of(Snapshot& snapshot, std::span<const PersonId> people);
std::optional<Membership> membership_shown(Snapshot& snapshot, PersonId person);
// What is wished, in its stored form; throws Problem invalid_phone, invalid_identity_number.
Facts facts_in(const RecordPerson& wish);
// New people with these facts, in their stored form. Four statements for all.
std::vector<PersonId> add_people(Transaction& tx, const Caller& caller, std::vector<Facts> people);
PersonId add_person(Transaction& tx, const Caller& caller, Facts facts);
// Puts facts in the place of what was there, and answers with the person, masked.
PersonView change_facts(Transaction& tx, const Caller& caller, PersonId person, const Facts& facts);

}  // namespace doorstep::identity
