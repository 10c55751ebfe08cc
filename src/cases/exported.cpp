// What of this room leaves with the town: all of it. The tokens on people's slips are made from the town's
// keys, so another town has others.
#include "cases/exported.hpp"

namespace doorstep::cases {

std::vector<ExportedTable> exported_tables() {
  return {
      {"matter_definitions"},
      {"matters"},
      {"case_numbers"},
      {"cases",
       {token_column("token_hash", "case"), sealed_column("cases", "applicant", SealedAs::json),
        sealed_column("cases", "sealed_note")}},
      {"case_materials"},
      {"case_history",
       {sealed_column("case_history", "sealed_note"),
        sealed_column("case_history", "recorded_for", SealedAs::json)}},
      {"case_offers"},
      {"case_units"},
      {"inquiries", {sealed_column("inquiries", "question"), sealed_column("inquiries", "answer")}},
  };
}

}  // namespace doorstep::cases
