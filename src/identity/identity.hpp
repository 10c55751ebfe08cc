// Who may do what: staff, their sessions and grants, and the audit of looks at personal data.
//
// Passwords are checked outside the writer (Argon2id takes tens of milliseconds); the command that follows
// decides on the result. A wrong password leaves a trace and slows the next try down. Neither text nor time
// tells whether a username exists.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "journal/transaction.hpp"

namespace doorstep::imports {
class Kinds;
}

namespace doorstep::identity {

struct PersonTag {
  static constexpr std::string_view prefix = "pe";
};
using PersonId = Id<PersonTag>;

struct StaffName {
  StaffId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(StaffName, (), (id, name))

// A member of staff as residents and colleagues see them.
struct Officer {
  std::string name;
  Text post;
};
BOOST_DESCRIBE_STRUCT(Officer, (), (name, post))

// The officer's public name and post; an ended account still has one, for history needs it. One statement.
Officer officer(Snapshot& snapshot, StaffId id);
std::optional<Officer> officer(Snapshot& snapshot, const std::optional<StaffId>& id);

// The same of several. One statement.
std::map<StaffId, Officer> officers(Snapshot& snapshot, const std::vector<StaffId>& staff);

// What members of staff are called, also those who have left. One statement.
std::map<StaffId, StaffName> names_of(Snapshot& snapshot, const std::vector<StaffId>& staff);

// A look at personal data, or one refused. Two statements.
void audit_look(Transaction& tx, const Caller& caller, std::string_view action, const std::string& subject,
                const std::string& purpose, bool allowed);
// A look at these people, who may ask later who has looked at them. Three statements.
void audit_look_at(Transaction& tx, const Caller& caller, std::string_view action,
                   std::span<const PersonId> people, const std::string& purpose, bool allowed = true);

// A walk along the audit's chain, some rows at a time. One statement a step.
struct AuditWalk {
  std::int64_t after = 0;
  std::string chain;  // of that row
  bool done = false;
  std::optional<std::int64_t>
      broken;  // a row that does not follow from the one before: one of them was changed, or is gone
};
void walk_audit(Snapshot& snapshot, AuditWalk& walk);

struct NewStaff {
  std::string username;
  std::string name;
  Text post;
  Role role{};
  Scope scope;
};

// Makes an account, or gives an existing one this name, post,
// password and grant. `password_hash` is Argon2id's.
StaffId put_staff(Transaction& tx, const NewStaff& staff, const std::string& password_hash, Instant at);
bool has_staff(Snapshot& snapshot, const std::string& username);
// Whether the account is there and has not ended.
bool works_here(Snapshot& snapshot, StaffId id);

// Drop what has had its time, at most `limit` rows; return how many. One statement each.
std::int64_t forget_old_tries(Transaction& tx, Instant at, int limit);
std::int64_t forget_ended_sessions(Transaction& tx, Instant at, int limit);
std::int64_t forget_old_challenges(Transaction& tx, Instant at, int limit);
std::int64_t forget_old_codes(Transaction& tx, Instant at, int limit);
std::int64_t forget_old_pairings(Transaction& tx, Instant at, int limit);
std::int64_t forget_resident_sessions(Transaction& tx, Instant at, int limit);
// Phones that were not used for long: their numbers may be somebody else's by now. Three statements.
std::int64_t end_unused_residents(Transaction& tx, Instant at, int limit);

// `cost` is what a new password costs to check, and a name that nobody has.
void add_routes(api::Api& api, const PasswordCost& cost = password_cost);

// What a room above says of a member of staff whose account is about to be taken back: whether they have
// something in hand there, and so work here by now. One statement.
using StaffUse = std::function<bool(Snapshot& snapshot, StaffId staff)>;
void add_import_kinds(imports::Kinds& kinds, const PasswordCost& cost, const std::vector<StaffUse>& uses);

void add_timers(Journal& journal);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::identity
