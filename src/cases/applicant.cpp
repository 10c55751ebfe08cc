// Who applied: a look that is recorded with its purpose.
#include "base/problem.hpp"
#include "cases/case.hpp"
#include "cases/history.hpp"

namespace doorstep::cases {

namespace {

struct ApplicantRow {
  VenueId venue;
  std::optional<storage::Bytes> applicant;
};
BOOST_DESCRIBE_STRUCT(ApplicantRow, (), (venue, applicant))

}  // namespace

Outcome<Applicant> look_at_applicant(Transaction& tx, const Caller& caller, const LookAtApplicant& wish) {
  const auto row =
      tx.maybe<ApplicantRow>("select venue, applicant from cases where id = :id", {{"id", wish.id}});
  if (!row) throw Problem{"no_such_case"};
  const bool may =
      caller.has(Role::window_officer, row->venue) || caller.has(Role::centre_manager, row->venue);
  const bool says_why = wish.purpose.find_first_not_of(" \t\n\r") != std::string::npos;
  if (may && !says_why) throw Problem{"purpose_missing", {}, "purpose"};
  identity::audit_look(tx, caller, "look_at_applicant", to_string(wish.id), wish.purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  if (!row->applicant) return std::unexpected(Refused{Problem{"no_applicant"}});
  return open_applicant(tx.keys(), wish.id, *row->applicant);
}

}  // namespace doorstep::cases
