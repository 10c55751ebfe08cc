// Looks at who applied, what they answered and what they added: each recorded with its purpose.
#include "base/problem.hpp"
#include "cases/apply.hpp"
#include "cases/attachment.hpp"
#include "cases/case.hpp"
#include "cases/history.hpp"
#include "identity/person.hpp"

namespace doorstep::cases {

namespace {

struct SealedRow {
  VenueId venue;
  std::string definition;
  std::optional<storage::Bytes> applicant, sealed_answers;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (venue, definition, applicant, sealed_answers))

// The look is on record by then, the refused one, too. Three statements.
Outcome<SealedRow> look(Transaction& tx, const Caller& caller, const char* action, CaseId id,
                        const std::string& purpose) {
  auto row = tx.maybe<SealedRow>(
      "select venue, definition, applicant, sealed_answers from cases where id = :id", {{"id", id}});
  if (!row) throw Problem{"no_such_case"};
  const bool may =
      caller.has(Role::window_officer, row->venue) || caller.has(Role::centre_manager, row->venue);
  if (may) identity::require_purpose(purpose);
  identity::audit_look(tx, caller, action, to_string(id), purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  return std::move(*row);
}

}  // namespace

Outcome<Applicant> look_at_applicant(Transaction& tx, const Caller& caller, const LookAtApplicant& wish) {
  const auto row = look(tx, caller, "look_at_applicant", wish.id, wish.purpose);
  if (!row) return std::unexpected(row.error());
  if (!row->applicant) return std::unexpected(Refused{Problem{"no_applicant"}});
  return open_applicant(tx.keys(), wish.id, *row->applicant);
}

Outcome<AnswersView> look_at_answers(Transaction& tx, const Caller& caller, const LookAtAnswers& wish) {
  const auto row = look(tx, caller, "look_at_answers", wish.id, wish.purpose);
  if (!row) return std::unexpected(row.error());
  if (!row->sealed_answers) return std::unexpected(Refused{Problem{"no_answers"}});
  return AnswersView{views_of(matter_by_hash(tx, row->definition),
                              open_answers(tx.keys(), wish.id, *row->sealed_answers), caller.language)};
}

Outcome<AttachedFile> look_at_attachment(Transaction& tx, const Caller& caller,
                                         const LookAtAttachment& wish) {
  const auto row = look(tx, caller, "look_at_attachment", wish.id, wish.purpose);
  if (!row) return std::unexpected(row.error());
  try {
    return attached_file(tx, wish.id, wish.attachment, wish.preview.value_or(false));
  } catch (const Problem& problem) {
    return std::unexpected(Refused{problem});  // the look stays on record
  }
}

}  // namespace doorstep::cases
