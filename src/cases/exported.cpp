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
      {"case_own_materials", {sealed_column("case_own_materials", "sealed_note")}},
      {"case_notices", {sealed_column("case_notices", "sealed_note")}},
      {"case_notice_materials"},
      {"case_refusals",
       {sealed_column("case_refusals", "sealed_reason"), sealed_column("case_refusals", "sealed_remedy")}},
      {"case_follows", {sealed_column("case_follows", "sealed_signer")}},
      {"case_declarations", {sealed_column("case_declarations", "sealed_signer")}},
      {"case_results", {sealed_column("case_results", "sealed_taker")}},
      {"case_history", {sealed_column("case_history", "sealed_note")}},
  };
}

}  // namespace doorstep::cases
