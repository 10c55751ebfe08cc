// What of this room leaves with the town: all of it. The tokens on people's slips are made from the town's
// keys, so another town has others.
#include "cases/exported.hpp"

#include "cases/case_search.hpp"

namespace doorstep::cases {

std::vector<ExportedTable> exported_tables() {
  return {
      {"matter_definitions"},
      {"matters"},
      {"matter_listings"},
      {"case_numbers"},
      {"cases",
       {token_column("token_hash", "case"), sealed_column("cases", "applicant", SealedAs::json),
        sealed_column("cases", "sealed_answers", SealedAs::json), sealed_column("cases", "sealed_note"),
        column_left_out("device", "hash of a browser's cookie, by the town's key")}},
      table_made("case_marks", "hashes of the applicants", make_all_marks),
      {"case_materials"},
      {"case_attachments", {file_column("file"), file_column("preview")}},
      {"ratings",
       {sealed_column("ratings", "words"), sealed_column("ratings", "phone"),
        sealed_column("ratings", "call_back"), sealed_column("ratings", "appeal"),
        sealed_column("ratings", "review")}},
      {"case_trips", {sealed_column("case_trips", "words")}},
      {"case_systems",
       {sealed_column("case_systems", "sealed_reference"), sealed_column("case_systems", "sealed_words")}},
      {"system_files"},
      {"system_lines"},
      {"system_answers", {sealed_column("system_answers", "before", SealedAs::json)}},
      {"case_own_materials", {sealed_column("case_own_materials", "sealed_note")}},
      {"case_notices", {sealed_column("case_notices", "sealed_note")}},
      {"case_notice_materials"},
      {"case_refusals",
       {sealed_column("case_refusals", "sealed_reason"), sealed_column("case_refusals", "sealed_remedy")}},
      {"case_deadlines"},
      {"case_alarms"},
      {"case_history",
       {sealed_column("case_history", "sealed_note"),
        sealed_column("case_history", "recorded_for", SealedAs::json)}},
      {"case_offers"},
      {"case_units"},
      {"inquiries", {sealed_column("inquiries", "question"), sealed_column("inquiries", "answer")}},
      {"case_follows", {sealed_column("case_follows", "sealed_signer")}},
      {"case_declarations", {sealed_column("case_declarations", "sealed_signer")}},
      {"case_results", {sealed_column("case_results", "sealed_taker")}},
  };
}

}  // namespace doorstep::cases
