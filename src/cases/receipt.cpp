#include "cases/receipt.hpp"

#include "base/problem.hpp"
#include "cases/materials.hpp"

namespace doorstep::cases {

namespace {

ReceiptView receipt_of(Snapshot& snapshot, const Caller& caller, const StoredCase& row, bool plain) {
  const auto matter = matter_by_hash(snapshot, row.definition);
  const auto venue = network::venue(snapshot, row.venue);
  const auto address = (plain ? "http://" : "https://") + caller.host + "/c/" + token_of(snapshot, row.id);
  ReceiptView receipt{.reference = row.reference,
                      .matter = {matter.key, matter.name},
                      .opened_at = row.opened_at,
                      .materials = materials_shown(snapshot, row, matter),
                      .first_contact = identity::officer(snapshot, row.first_contact),
                      .handler = identity::officer(snapshot, row.handler),
                      .promised_by = row.promised_by,
                      .provisional = row.provisional,
                      .place = {},
                      .address = address,
                      .picture = identity::qr_picture(address)};
  if (venue) receipt.place = {venue->name, venue->address};
  return receipt;
}

}  // namespace

ReceiptView read_receipt(Snapshot& snapshot, const Caller& caller, const ReadReceipt& wish) {
  return receipt_of(snapshot, caller, require_case(snapshot, caller, wish.id), wish.plain.value_or(false));
}

ReceiptView read_own_receipt(Snapshot& snapshot, const Caller& caller, const ReadOwnReceipt& wish) {
  const auto row = find_case(snapshot, wish.token);
  if (!row) throw Problem{"no_such_case"};
  return receipt_of(snapshot, caller, *row, wish.plain.value_or(false));
}

}  // namespace doorstep::cases
