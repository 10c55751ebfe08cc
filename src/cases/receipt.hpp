// The receipt 收件凭证 of what was handed in: printed at the window, and shown to whoever holds the token. It
// names the people who answer for the case and nobody who applied.
#pragma once

#include "cases/stored_case.hpp"
#include "identity/qr_picture.hpp"

namespace doorstep::cases {

struct ReadReceipt {
  CaseId id;
  std::optional<bool>
      plain;  // it was asked for without TLS, and so will be the page that the picture leads to
};
BOOST_DESCRIBE_STRUCT(ReadReceipt, (), (id, plain))

struct ReadOwnReceipt {
  std::string token;
  std::optional<bool> plain;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ReadOwnReceipt, (), (token, plain))

struct ReceiptView {
  std::string reference;
  MatterName matter;
  Instant opened_at;
  std::vector<MaterialView> materials;
  identity::Officer first_contact;
  std::optional<identity::Officer> handler;
  std::optional<Day> promised_by;
  bool provisional = false;
  PlaceView place;              // where to ask
  std::string address;          // of the page that shows how it stands
  identity::QrPicture picture;  // of that address
};
BOOST_DESCRIBE_STRUCT(ReceiptView, (),
                      (reference, matter, opened_at, materials, first_contact, handler, promised_by,
                       provisional, place, address, picture))

ReceiptView read_receipt(Snapshot& snapshot, const Caller& caller, const ReadReceipt& wish);
ReceiptView read_own_receipt(Snapshot& snapshot, const Caller& caller, const ReadOwnReceipt& wish);

}  // namespace doorstep::cases
