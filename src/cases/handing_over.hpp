// Handing a case over to another officer of its venue.
//
//   offered → accepted;  offered → declined;  offered → withdrawn
//
// Whoever handles it, and the venue's managers, offer it with what the other has to know. Until the other has
// accepted, nothing changes hands; the first contact never does. Whoever offered it and the managers take it
// back. An offer ends with the case. (network/handover.hpp is the slip of a whole post.)
#pragma once

#include "base/limits.hpp"
#include "cases/case.hpp"

namespace doorstep::cases {

enum class OfferState { offered, accepted, declined, withdrawn };
BOOST_DESCRIBE_ENUM(OfferState, offered, accepted, declined, withdrawn)

struct OfferCase {
  CaseId id;
  std::int64_t version = 0;
  StaffId to;
  std::optional<std::string> note;  // what they have to know

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(OfferCase, (), (id, version, to, note))

struct TakeOverCase {
  CaseId id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TakeOverCase, (), (id, version))

struct DeclineCase {
  CaseId id;
  std::int64_t version = 0;
  std::string reason;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(DeclineCase, (), (id, version, reason))

struct WithdrawOffer {
  CaseId id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(WithdrawOffer, (), (id, version))

CaseView offer_case(Transaction& tx, const Caller& caller, const OfferCase& wish);
CaseView take_over_case(Transaction& tx, const Caller& caller, const TakeOverCase& wish);
CaseView decline_case(Transaction& tx, const Caller& caller, const DeclineCase& wish);
CaseView withdraw_offer(Transaction& tx, const Caller& caller, const WithdrawOffer& wish);

// For the other files of this room.

// The offer that waits for an answer. One statement.
std::optional<CaseOffer> open_offer(Snapshot& snapshot, CaseId id);
// Takes it back with the case's end. One statement.
void end_offer(Transaction& tx, CaseId id, Instant at);

}  // namespace doorstep::cases
