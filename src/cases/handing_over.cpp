#include "cases/handing_over.hpp"

#include "base/problem.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

namespace {

struct OfferTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "co";
};

struct OfferRow {
  StaffId to_staff;
  std::string to_name;
  StaffId offered_by;
  std::string by_name;
  Instant offered_at;
};
BOOST_DESCRIBE_STRUCT(OfferRow, (), (to_staff, to_name, offered_by, by_name, offered_at))

// Whose answer it is.
enum class Side { giver, taker };

struct Answer {
  OfferState to{};
  Side by{};
  HistoryKind kind{};
};
constexpr Answer accept{OfferState::accepted, Side::taker, HistoryKind::handed_over};
constexpr Answer decline{OfferState::declined, Side::taker, HistoryKind::declined};
constexpr Answer withdraw{OfferState::withdrawn, Side::giver, HistoryKind::offer_withdrawn};

bool may(const Caller& caller, const StoredCase& row, const CaseOffer& offer, Side side) {
  const auto me = require_staff(caller).id;
  if (side == Side::taker) return me == offer.to.id;
  return me == offer.by.id || caller.has(Role::centre_manager, row.venue);
}

// Throws Problem not_your_case, version_differs, case_over, no_offer.
StoredCase require_offered(Snapshot& snapshot, const Caller& caller, CaseId id, std::int64_t version,
                           Side side) {
  auto row = require_case(snapshot, caller, id);
  const auto offer = open_offer(snapshot, id);
  if (offer && !may(caller, row, *offer, side)) throw Problem{"not_your_case"};
  require_version(row.version, version);
  require_running(row);
  if (!offer) throw Problem{"no_offer"};
  return row;
}

void note_change(Transaction& tx, const Caller& caller, const StoredCase& row, HistoryKind kind,
                 const std::optional<std::string>& note, const std::optional<StaffId>& handler) {
  tx.run("update cases set handler = :handler, version = version + 1 where id = :id",
         {{"handler", handler}, {"id", row.id}});
  add_history(tx, {.case_id = row.id, .kind = kind, .step = row.step, .note = note}, caller);
  tell_changed(tx, row);
}

CaseView answer(Transaction& tx, const Caller& caller, const StoredCase& row, const Answer& given,
                const std::optional<std::string>& note) {
  tx.run(
      "update case_offers set state = :state, answered_at = :at where case_id = :case and state = 'offered'",
      {{"state", given.to}, {"at", caller.at}, {"case", row.id}});
  const bool taken = given.to == OfferState::accepted;
  note_change(tx, caller, row, given.kind, note,
              taken ? std::optional{require_staff(caller).id} : row.handler);
  return read_case(tx, caller, {row.id});
}

}  // namespace

CaseView offer_case(Transaction& tx, const Caller& caller, const OfferCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_handler(caller, row);
  require_version(row.version, wish.version);
  require_running(row);
  if (open_offer(tx, row.id)) throw Problem{"offered_already"};
  if (wish.to == row.handler) throw Problem{"handles_already", {}, "to"};
  if (network::serving_at(tx, row.venue, {wish.to}, at_cases, caller.at).empty())
    throw Problem{"no_such_staff", {}, "to"};
  tx.run(
      "insert into case_offers (id, case_id, to_staff, offered_by, state, offered_at)"
      " values (:id, :case, :to, :by, 'offered', :at)",
      {{"id", tx.new_id<Id<OfferTag>>()},
       {"case", row.id},
       {"to", wish.to},
       {"by", require_staff(caller).id},
       {"at", caller.at}});
  note_change(tx, caller, row, HistoryKind::offered, wish.note, row.handler);
  return read_case(tx, caller, {row.id});
}

CaseView take_over_case(Transaction& tx, const Caller& caller, const TakeOverCase& wish) {
  const auto row = require_offered(tx, caller, wish.id, wish.version, accept.by);
  return answer(tx, caller, row, accept, std::nullopt);
}

CaseView decline_case(Transaction& tx, const Caller& caller, const DeclineCase& wish) {
  const auto row = require_offered(tx, caller, wish.id, wish.version, decline.by);
  return answer(tx, caller, row, decline, wish.reason);
}

CaseView withdraw_offer(Transaction& tx, const Caller& caller, const WithdrawOffer& wish) {
  const auto row = require_offered(tx, caller, wish.id, wish.version, withdraw.by);
  return answer(tx, caller, row, withdraw, std::nullopt);
}

std::optional<CaseOffer> open_offer(Snapshot& snapshot, CaseId id) {
  const auto row = snapshot.maybe<OfferRow>(
      "select o.to_staff, t.name as to_name, o.offered_by, b.name as by_name, o.offered_at from case_offers o"
      " join staff t on t.id = o.to_staff join staff b on b.id = o.offered_by"
      " where o.case_id = :case and o.state = 'offered'",
      {{"case", id}});
  if (!row) return std::nullopt;
  return CaseOffer{{row->to_staff, row->to_name}, {row->offered_by, row->by_name}, row->offered_at};
}

void end_offer(Transaction& tx, CaseId id, Instant at) {
  tx.run(
      "update case_offers set state = 'withdrawn', answered_at = :at where case_id = :case and state = 'offered'",
      {{"at", at}, {"case", id}});
}

}  // namespace doorstep::cases
