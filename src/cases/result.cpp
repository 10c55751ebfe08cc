#include "cases/result.hpp"

#include "base/problem.hpp"
#include "cases/trips.hpp"

namespace doorstep::cases {

namespace {

struct ResultTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "cr";
};
using ResultId = Id<ResultTag>;

struct ResultRow {
  ResultWay way{};
  bool by_resident = false;
  std::optional<Instant> handed_at;
  std::optional<std::string> handed_by;
  std::optional<ResultTaker> taken_by;
  std::optional<std::string> name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (), (way, by_resident, handed_at, handed_by, taken_by, name_zh, name_en))

struct ChosenRow {
  ResultId id;
  ResultWay way{};
};
BOOST_DESCRIBE_STRUCT(ChosenRow, (), (id, way))

void require_not_handed_out(Snapshot& snapshot, CaseId id) {
  if (const auto result = result_of(snapshot, id); result && result->handed_at)
    throw Problem{"result_handed_out"};
}

void require_station(Snapshot& snapshot, ResultWay way, const std::optional<VenueId>& venue) {
  if ((way == ResultWay::station) != venue.has_value()) throw Problem{"station_unclear", {}, "venue"};
  if (!venue) return;
  const auto there = snapshot.value<std::int64_t>(
      "select count(*) from venues where id = :id and ended_at is null", {{"id", *venue}});
  if (there == 0) throw Problem{"no_such_venue", {}, "venue"};
}

void choose(Transaction& tx, const Caller& caller, const StoredCase& row, ResultWay way,
            const std::optional<VenueId>& venue) {
  if (is_over(row.phase) && row.phase != Phase::done) throw Problem{"no_result"};
  require_not_handed_out(tx, row.id);
  require_station(tx, way, venue);
  tx.run(
      "insert into case_results (id, case_id, way, venue, by_resident)"
      " values (:id, :case, :way, :venue, :by_resident) on conflict (case_id) do update"
      " set way = excluded.way, venue = excluded.venue, by_resident = excluded.by_resident",
      {{"id", tx.new_id<ResultId>()},
       {"case", row.id},
       {"way", way},
       {"venue", venue},
       {"by_resident", !caller.staff}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::result_way_chosen, .step = row.step}, caller);
  change_in_place(tx, row);
}

}  // namespace

CaseView choose_result_way(Transaction& tx, const Caller& caller, const ChooseResultWay& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  choose(tx, caller, row, wish.way, wish.venue);
  return read_case(tx, caller, {row.id});
}

Nothing choose_own_result_way(Transaction& tx, const Caller& caller, const ChooseOwnResultWay& wish) {
  const auto row = find_case(tx, wish.token);
  if (!row) throw Problem{"no_such_case"};
  choose(tx, as_holder(caller), *row, wish.way, wish.venue);
  return {};
}

CaseView hand_out_result(Transaction& tx, const Caller& caller, const HandOutResult& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  if (row.phase != Phase::done) throw Problem{"no_result"};
  require_not_handed_out(tx, row.id);
  // Nobody chose: whoever stands at the counter takes it along.
  const auto chosen = tx.one<ChosenRow>(
      "insert into case_results (id, case_id, way, by_resident) values (:id, :case, 'counter', 0)"
      " on conflict (case_id) do update set way = case_results.way returning id, way",
      {{"id", tx.new_id<ResultId>()}, {"case", row.id}});
  tx.run(
      "update case_results set handed_at = :at, handed_by = :staff, taken_by = :taken_by, sealed_taker = :taker"
      " where id = :id",
      {{"at", caller.at},
       {"staff", require_staff(caller).id},
       {"taken_by", wish.taken_by},
       {"taker", sealed_note(tx.keys(), "case_results", chosen.id.value, wish.taker, "sealed_taker")},
       {"id", chosen.id}});
  if (chosen.way == ResultWay::counter)
    note_trip(tx, caller, case_at(tx, row), matter_by_hash(tx, row.definition), TripReason::to_collect);
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::result_handed_out, .step = row.step}, caller);
  change_in_place(tx, row);
  return read_case(tx, caller, {row.id});
}

std::optional<ResultView> result_of(Snapshot& snapshot, CaseId id) {
  const auto row = snapshot.maybe<ResultRow>(
      "select r.way, r.by_resident, r.handed_at, s.name as handed_by, r.taken_by, v.name_zh, v.name_en"
      " from case_results r left join staff s on s.id = r.handed_by left join venues v on v.id = r.venue"
      " where r.case_id = :case",
      {{"case", id}});
  if (!row) return std::nullopt;
  ResultView view{.way = row->way,
                  .station = {},
                  .by_resident = row->by_resident,
                  .handed_at = row->handed_at,
                  .handed_by = row->handed_by,
                  .taken_by = row->taken_by};
  if (row->name_zh) view.station = Text{*row->name_zh, row->name_en.value_or("")};
  return view;
}

}  // namespace doorstep::cases
