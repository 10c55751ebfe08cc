// Whose phone it is, and what a person may ask about themselves: what is held, who looked, all of it to take
// along, to put right, to have erased.
//
// A phone is linked to somebody who is on record by the resident, who knows the name and the last four
// characters of the identity number of a record with that phone, or by an officer at the window. A phone has
// few guesses a day, and each is shown to whom it was about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/secret.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

struct ListOwnPeople {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListOwnPeople, (), (cursor, limit))

// "That is me." With the last four characters of the identity number somebody is meant who is on record;
// without them it is a new record. To the record there has to be a phone: the account's own, or, of an
// account of the city, one that proves itself by the code it was sent.
struct RecordSelf {
  std::string name;
  std::optional<std::string> last_four;  // of the identity number
  std::optional<std::string> phone = {};
  std::optional<Secret> code = {};

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "last_four") return {.length_min = 4, .length_max = 4};
    if (member != "name") return {.length_min = 1, .length_max = 60};
    return {.length_min = 1, .length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordSelf, (), (name, last_four, phone, code))

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
  std::optional<Officer> officer;  // nobody: somebody with a phone that was linked to the person
  bool this_phone = false;         // the one that asks
  std::string action;              // "look_at_person"
  std::string purpose;
  bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(LookView, (), (at, officer, this_phone, action, purpose, allowed))

struct ExportSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ExportSelf, (), (person))

// A record of the same person that was merged into theirs.
struct MergedRecord {
  PersonFacts facts;  // its own
  std::optional<Membership> membership;
  Instant recorded_at;
  Instant merged_at;
};
BOOST_DESCRIBE_STRUCT(MergedRecord, (), (facts, membership, recorded_at, merged_at))

// All that is held of a person.
struct PersonExport {
  Instant made_at;
  PersonFacts facts;  // as they are shown
  std::optional<Membership> membership;
  Instant recorded_at;
  std::vector<MergedRecord> merged;
  std::vector<LookView> looks;  // the newest first
  bool looks_left_out = false;  // there are more than these
};
BOOST_DESCRIBE_STRUCT(PersonExport, (),
                      (made_at, facts, membership, recorded_at, merged, looks, looks_left_out))

struct EraseSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(EraseSelf, (), (person))

Page<PersonView> list_own_people(Snapshot& snapshot, const Caller& caller, const ListOwnPeople& wish);
Outcome<PersonView> record_self(Transaction& tx, const Caller& caller, const RecordSelf& wish);
PersonFacts look_at_self(Transaction& tx, const Caller& caller, const LookAtSelf& wish);
PersonView correct_self(Transaction& tx, const Caller& caller, const CorrectSelf& wish);
Page<LookView> list_looks(Snapshot& snapshot, const Caller& caller, const ListLooks& wish);
PersonExport export_self(Transaction& tx, const Caller& caller, const ExportSelf& wish);
Erased erase_self(Transaction& tx, const Caller& caller, const EraseSelf& wish);

// For the other files of this room.

// The record that stands for this one, if the caller's phone speaks for it. Throws Problem no_such_person for
// somebody else: that they are on record is not told. Two statements.
PersonRow require_own(Snapshot& snapshot, const Caller& caller, PersonId person);
// The purpose of residents' looks.
inline constexpr const char* by_themselves = "by themselves";

// How many records a phone may be linked to in a day, those that ended counted, too: it may not guess on.
inline constexpr int links_a_day = 8;
// How many wrong guesses at a record a phone has before it must wait for the next day.
inline constexpr int claims_a_day = 5;
inline constexpr int looks_exported = 500;

}  // namespace doorstep::identity
