// Whose phone it is, and what a person may ask about themselves: what is held, who looked, all of it to take
// along, to put right, to have erased.
//
// A phone is linked to somebody who is on record by the resident, who knows the name and the last four
// characters of the identity number, or by an officer at the window. A wrong guess makes a new record, as for
// anybody else: it tells nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

struct ListOwnPeople {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListOwnPeople, (), (cursor, limit))

// "That is me." Somebody on record with this phone, name and number is meant; else it is a new record.
struct RecordSelf {
  std::string name;
  std::optional<std::string> last_four;  // of the identity number

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "last_four") return {.length_min = 4, .length_max = 12};
    return {.length_min = 1, .length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordSelf, (), (name, last_four))

struct LookAtSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(LookAtSelf, (), (person))

// The identity number is put right at the window, where the card is.
struct CorrectSelf {
  PersonId person;
  std::int64_t version = 0;
  Patch<std::string> name;
  Patch<std::optional<std::string>> phone;
  Patch<std::optional<Day>> birth_date;
  Patch<std::optional<std::string>> address;

  static constexpr Bounds bounds(std::string_view member) { return RecordPerson::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(CorrectSelf, (), (person, version, name, phone, birth_date, address))

struct ListLooks {
  PersonId person;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListLooks, (), (person, cursor, limit))

// Somebody looked, or wanted to.
struct LookView {
  Instant at;
  std::optional<Officer> officer;  // nobody: the person, with their own phone
  std::string action;              // "look_at_person"
  std::string purpose;
  bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(LookView, (), (at, officer, action, purpose, allowed))

struct ExportSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ExportSelf, (), (person))

// All that is held of a person.
struct PersonExport {
  Instant made_at;
  PersonFacts facts;
  Instant recorded_at;
  std::vector<LookView> looks;  // the newest first
  bool looks_left_out = false;  // there are more than these
};
BOOST_DESCRIBE_STRUCT(PersonExport, (), (made_at, facts, recorded_at, looks, looks_left_out))

struct EraseSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(EraseSelf, (), (person))

Page<PersonView> list_own_people(Snapshot& snapshot, const Caller& caller, const ListOwnPeople& wish);
PersonView record_self(Transaction& tx, const Caller& caller, const RecordSelf& wish);
PersonFacts look_at_self(Transaction& tx, const Caller& caller, const LookAtSelf& wish);
PersonView correct_self(Transaction& tx, const Caller& caller, const CorrectSelf& wish);
Page<LookView> list_looks(Snapshot& snapshot, const Caller& caller, const ListLooks& wish);
PersonExport export_self(Transaction& tx, const Caller& caller, const ExportSelf& wish);
Erased erase_self(Transaction& tx, const Caller& caller, const EraseSelf& wish);

// How many records a phone may be linked to in a day, those that ended counted, too: it may not guess on.
inline constexpr int links_a_day = 8;
inline constexpr int looks_exported = 500;

}  // namespace doorstep::identity
