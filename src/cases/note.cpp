#include "cases/note.hpp"

namespace doorstep::cases {

CaseView note_case(Transaction& tx, const Caller& caller, const NoteCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::noted, .step = row.step, .note = wish.note},
              caller);
  change_in_place(tx, row);
  return read_case(tx, caller, {row.id});
}

}  // namespace doorstep::cases
