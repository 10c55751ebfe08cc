// Who may act for somebody else, and how that ends. Giving, accepting and ending a mandate is in
// mandates.hpp.
//
//   offered → active → ended
//      └────────────────┘
//
// A mandate is from one person to another, for a time, for matters: to hand in, follow and collect. It never
// opens what is held of the person, nor lets anybody take it along or erase it: those ask speaks_for
// (phones.hpp). It belongs to the records that it names, and holds between whoever stands for them now
// (merges.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/person.hpp"

namespace doorstep::identity {

struct MandateTag {
  static constexpr std::string_view prefix = "md";
};
using MandateId = Id<MandateTag>;

enum class MandateState { offered, active, ended };
BOOST_DESCRIBE_ENUM(MandateState, offered, active, ended)

enum class MandateEnd {
  declined,        // by whom it was offered to
  revoked,         // by one of the two, or at a window
  expired,         // its time, or that of the offer, was over
  erased,          // one of the two was
  records_changed  // the two turned out to be one person, or it can't be told any more who gave it
};
BOOST_DESCRIBE_ENUM(MandateEnd, declined, revoked, expired, erased, records_changed)

// What it is good for.
enum class MandateScope { matters };
BOOST_DESCRIBE_ENUM(MandateScope, matters)

bool may_become(MandateState from, MandateState to);
// Whether one in that state may end so.
bool may_end(MandateState from, MandateEnd how);

// As it is kept; the people are the records that stand for them now.
struct MandateRow {
  MandateId id;
  PersonId person;
  std::optional<PersonId> agent;
  std::optional<std::string> agent_mark;
  MandateState state{};
  Instant given_at;
  Instant until_at;
};
BOOST_DESCRIBE_STRUCT(MandateRow, (), (id, person, agent, agent_mark, state, given_at, until_at))

// Whether the phone speaks for the person, or for somebody who has an active mandate from them. At most three
// statements.
bool may_act_for(Snapshot& snapshot, const Resident& resident, PersonId person, Instant at,
                 MandateScope scope = MandateScope::matters);

// For the other files of this room.

// One statement.
std::optional<MandateRow> mandate(Snapshot& snapshot, MandateId id);

// How many that have not ended some people have given, and hold.
struct LiveMandates {
  std::int64_t given = 0, held = 0;
};
BOOST_DESCRIBE_STRUCT(LiveMandates, (), (given, held))
// One statement.
LiveMandates live_mandates(Snapshot& snapshot, const std::vector<PersonId>& people);

// On the phone on record of each: something began, or ended, that lets somebody act for them. A statement,
// and one for each.
void tell_of_mandates(Transaction& tx, const Caller& caller, const std::vector<PersonId>& people, bool begun);

// It ends, and whom it was from is told if it had begun. At most three statements.
void end_mandate(Transaction& tx, const Caller& caller, const MandateRow& row, MandateEnd how);
// The person is about to be erased: all that they gave and hold end.
void end_mandates_of(Transaction& tx, const Caller& caller, PersonId person);
// Those that this very record has given or been given since then end, as whose they were can't be told.
void end_mandates_since(Transaction& tx, const Caller& caller, PersonId person, Instant since);
// Two records of one person gave each other something: it means nothing any more. One statement.
void end_mandates_within(Transaction& tx, const Caller& caller, PersonId person);

// When it is to end by itself.
inline constexpr std::string_view mandate_timer = "mandate_end";
void set_mandate_timer(Transaction& tx, MandateId id, Instant due);
void expire_mandate(Transaction& tx, const Caller& caller, const std::string& key, const std::string& body);

// The longest that one lasts: two years. Whoever still wants it says so again.
inline constexpr Microseconds mandate_time_max = std::chrono::days{731};
// How long an offer waits to be accepted.
inline constexpr Microseconds offer_time = std::chrono::days{30};
// How many one may have given, offers too, and hold, that have not ended.
inline constexpr std::int64_t mandates_given_most = 5;
inline constexpr std::int64_t mandates_held_most = 10;
static_assert(offer_time < mandate_time_max);

}  // namespace doorstep::identity
