// What of this room leaves with the town. People's facts go out open; their keys, and all by which they are
// found, are made anew where they come in. Who was erased has no key and gets none.
#include "identity/exported.hpp"

namespace doorstep::identity {

namespace {

ExportedColumn fact_column() { return {.name = "sealed", .open = open_facts, .seal = seal_facts}; }

ExportedColumn phone_mark_column() {
  return column_computed("phone_mark", "hash of the phone",
                         [](const KeyRing& keys, const ExportedRow& row) -> ExportedValue {
                           if (row.is_null("phone")) return {};
                           return phone_mark(keys, row.text("phone"));
                         });
}

// What no token hashes to: it opens nothing until the device is paired anew.
ExportedColumn unknown_token_column() {
  return column_computed("token_hash", "hash of a token that only the device has; it is paired anew",
                         [](const KeyRing&, const ExportedRow& row) -> ExportedValue {
                           return "paired elsewhere " + std::to_string(row.number("device"));
                         });
}

}  // namespace

std::vector<ExportedTable> exported_tables() {
  return {
      {"staff"},
      table_left_out("sign_in_tries", "forgotten after a while, and kept by the hash of a name"),
      {"grants"},
      table_left_out("sessions", "whoever was signed in signs in again"),
      {.name = "audit",
       .columns = {column_left_out("chain", "hash over the row and the one before it, by the town's key")},
       .make = chain_audit},
      {"persons"},
      table_made("person_keys", "everybody gets a new key, but who was erased", make_all_person_keys),
      {"person_facts", {fact_column()}},
      table_made("person_marks", "hashes of the facts", make_all_marks),
      {"residents",
       {sealed_column("residents", "phone"), phone_mark_column(),
        column_left_out("city_mark",
                        "hash of what only the provider says; they sign in and are linked anew")}},
      table_left_out("city_sign_ins", "good for ten minutes"),
      {"device_sessions",
       {unknown_token_column(), column_left_out("csrf", "goes with the token", std::string{})}},
      table_left_out("pairings", "good for ten minutes"),
      table_left_out("resident_sessions", "whoever was signed in signs in again"),
      table_left_out("sign_in_codes", "good for ten minutes"),
      {"resident_people"},
      {"audit_people"},
      {"person_merges"},
      {"mandates",
       {column_left_out("agent_mark", "hash of what only the one who offered it said; it is offered anew")}},
      table_left_out("second_factors", "the account's own secret: it is set up anew"),
      table_left_out("recovery_codes", "they go with the second step"),
      table_left_out("passkeys", "made for the town's keys: a passkey is added anew"),
      table_left_out("passkey_challenges", "good for five minutes"),
  };
}

}  // namespace doorstep::identity
