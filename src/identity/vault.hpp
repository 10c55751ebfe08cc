// What the town knows of a person, sealed under that person's own key.
//
// A person's key lies in person_keys, sealed under the town's ring. Destroying it erases the person: facts
// without a key are noise. People are found by keyed hashes: of a whole phone or identity number, of their
// last four characters, of each pair of neighbouring letters in a name, and of the place where they help. To
// a thief of the database they tell who shares one with whom; the commonest letters of names may be guessed
// from how often they occur.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sealing_key.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

// The last two are JSON (affiliation.hpp).
enum class Fact { name, phone, identity_number, birth_date, address, volunteering, membership };
BOOST_DESCRIBE_ENUM(Fact, name, phone, identity_number, birth_date, address, volunteering, membership)

using Facts = std::map<Fact, std::string>;

// Makes people's keys; once. One statement; more for hundreds.
std::map<PersonId, SealingKey> make_person_keys(Transaction& tx, std::span<const PersonId> people);
// Throws Problem person_erased.
SealingKey require_person_key(Snapshot& snapshot, PersonId person);
// Key, facts and marks go, of all that were merged into theirs, too; the rows stay for what refers to them.
// Four statements.
void erase_person(Transaction& tx, PersonId person, Instant at);

// Puts these facts in the place of what was there, and makes the person's marks anew; an empty one takes a
// fact away, and stays as an empty one where a record was merged into this one, whose fact would show else.
// They are in their stored form (stored_form), and the person's record stands for itself.
void put_facts(Transaction& tx, const Caller& caller, PersonId person, const SealingKey& key,
               const Facts& facts);
// The keys and facts of records that have none yet. Three statements; more for hundreds.
void put_first_facts(Transaction& tx, const Caller& caller, const std::map<PersonId, Facts>& people);
// The facts of some records themselves, of the kinds asked for; who is erased has none. One statement.
std::map<PersonId, Facts> facts_of(Snapshot& snapshot, std::span<const PersonId> people,
                                   std::span<const Fact> kinds);
// What is shown of some people: a record's own fact, and of a kind that it lacks the one recorded last among
// those that were merged into it. One statement.
std::map<PersonId, Facts> facts_shown(Snapshot& snapshot, std::span<const PersonId> people,
                                      std::span<const Fact> kinds);
// What is not a fact any more goes from a record which nothing is merged into any more. One statement.
void forget_empty_facts(Transaction& tx, PersonId person);

// As it is kept and found: half-width characters, no space within numbers, the check letter X large, a mobile
// number of the country without its +86.
std::string stored_form(Fact fact, std::string_view typed);

// What was typed, in the form it is kept in; throws Problem invalid_phone, invalid_identity_number.
std::string checked_form(Fact fact, const std::string& typed);

// Who has exactly this phone or identity number; whose phone or identity number ends so; whose name has these
// letters next to each other. Who was merged shows as the record that stands for them, once. After
// `after`, in the order of ids, at most `limit`. One statement.
std::vector<PersonId> found_by(Snapshot& snapshot, Fact fact, const std::string& value, PersonId after,
                               int limit);
// Which of some phones or identity numbers somebody has. One statement.
std::set<std::string> known_of(Snapshot& snapshot, Fact fact, const std::set<std::string>& values);
std::vector<PersonId> found_by_last_four(Snapshot& snapshot, const std::string& tail, PersonId after,
                                         int limit);
std::vector<PersonId> found_by_name(Snapshot& snapshot, const std::string& letters, PersonId after,
                                    int limit);
// Who helps at a place ("ve_1", "or_1"), or did by a record that was merged into theirs. As above.
std::vector<PersonId> found_by_place(Snapshot& snapshot, const std::string& place, PersonId after, int limit);

// Whether some people's keys lie under another than the ring's active key. One statement.
bool person_keys_are_behind(Snapshot& snapshot);
// Seals such keys anew, at most `limit`; returns how many. Being stopped between two calls costs nothing.
std::int64_t renew_person_keys(Transaction& tx, int limit);

}  // namespace doorstep::identity
