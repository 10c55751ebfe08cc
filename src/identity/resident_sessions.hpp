// Where a resident's account is signed in, and signing out there: a phone that was lost, a browser that is
// somebody else's. The same as members of staff see of theirs (sessions.hpp).
#pragma once

#include <optional>
#include <string>

#include "api/page.hpp"
#include "identity/sessions.hpp"

namespace doorstep::identity {

struct ListResidentSessions {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListResidentSessions, (), (cursor, limit))

struct EndResidentSession {
  SessionId session;
};
BOOST_DESCRIBE_STRUCT(EndResidentSession, (), (session))

// All but the one that asks.
struct EndOtherResidentSessions {};
BOOST_DESCRIBE_STRUCT(EndOtherResidentSessions, (), ())

Page<SessionRow> list_resident_sessions(Snapshot& snapshot, const Caller& caller,
                                        const ListResidentSessions& wish);
Nothing end_resident_session(Transaction& tx, const Caller& caller, const EndResidentSession& wish);
Nothing end_other_resident_sessions(Transaction& tx, const Caller& caller,
                                    const EndOtherResidentSessions& wish);

}  // namespace doorstep::identity
