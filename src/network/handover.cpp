#include "network/handover.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "journal/bytes.hpp"

namespace doorstep::network {

namespace {

struct SlipRow {
  HandoverId id;
  std::int64_t version = 0;
  PostId post;
  VenueId venue;
  std::string post_zh, post_en;
  StaffId from_staff;
  std::string from_name;
  StaffId to_staff;
  std::string to_name;
  HandoverState state{};
  Instant written_at;
  std::optional<Instant> taken_at, reported_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(SlipRow, (),
                      (id, version, post, venue, post_zh, post_en, from_staff, from_name, to_staff, to_name,
                       state, written_at, taken_at, reported_at, ended_at))

struct TextRow {
  storage::Bytes note;
  std::optional<storage::Bytes> report;
};
BOOST_DESCRIBE_STRUCT(TextRow, (), (note, report))

// Whose step it is.
enum class Side { giver, taker };

struct Step {
  HandoverState from{};
  HandoverState to{};
  Side by{};
};
constexpr Step take{HandoverState::written, HandoverState::taken, Side::taker};
constexpr Step report{HandoverState::taken, HandoverState::reported, Side::taker};
constexpr Step close{HandoverState::reported, HandoverState::closed, Side::giver};
constexpr Step withdraw{HandoverState::written, HandoverState::withdrawn, Side::giver};

HandoverView view(const SlipRow& row) {
  return {.id = row.id,
          .version = row.version,
          .post = row.post,
          .post_name = {row.post_zh, row.post_en},
          .from = {row.from_staff, row.from_name},
          .to = {row.to_staff, row.to_name},
          .state = row.state,
          .written_at = row.written_at,
          .taken_at = row.taken_at,
          .reported_at = row.reported_at,
          .ended_at = row.ended_at};
}

SlipRow require_slip(Snapshot& snapshot, HandoverId id) {
  auto row = snapshot.maybe<SlipRow>(
      "select h.id, h.version, h.post, p.venue, p.name_zh as post_zh, p.name_en as post_en, h.from_staff,"
      " f.name as from_name, h.to_staff, t.name as to_name, h.state, h.written_at, h.taken_at, h.reported_at,"
      " h.ended_at from handovers h join posts p on p.id = h.post join staff f on f.id = h.from_staff"
      " join staff t on t.id = h.to_staff where h.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_handover"};
  return *row;
}

SealContext context(std::string_view column, HandoverId id) { return {"handovers", column, id.value}; }

std::string opened(const KeyRing& keys, std::string_view column, HandoverId id, const storage::Bytes& bytes) {
  return open(keys, Sealed<std::string>{std::string{as_text(bytes)}}, context(column, id));
}

bool may(const Caller& caller, const SlipRow& slip, Side side) {
  const auto own = side == Side::giver ? slip.from_staff : slip.to_staff;
  return require_staff(caller).id == own ||
         (side == Side::giver && caller.has(Role::centre_manager, slip.venue));
}

SlipRow require_step(Snapshot& snapshot, const Caller& caller, HandoverId id, std::int64_t version,
                     const Step& step) {
  const auto slip = require_slip(snapshot, id);
  if (!may(caller, slip, step.by)) throw Problem{"not_allowed"};
  require_version(slip.version, version);
  if (slip.state != step.from) throw Problem{"handover_elsewhere"};
  return slip;
}

// Those who have to do with the post on that day, and its manager.
void require_at_post(Snapshot& snapshot, const Caller& caller, const PostRow& post) {
  const auto me = require_staff(caller).id;
  if (caller.has(Role::centre_manager, post.venue)) return;
  const auto day = today(snapshot, caller.at);
  const auto duties = load_duties(snapshot, std::vector{post.id}, day, day);
  const auto& here = duties.posts.at(post.id);
  const auto duty = on_duty(here, duties.away, day);
  if (holder_on(here, PostRole::a, day) != me && holder_on(here, PostRole::b, day) != me &&
      (!duty || duty->staff != me))
    throw Problem{"not_allowed"};
}

}  // namespace

Page<HandoverView> list_handovers(Snapshot& snapshot, const Caller& caller, const ListHandovers& wish) {
  const auto me = require_staff(caller).id;
  const int limit = page_limit(wish.limit);
  const auto before = page_after(wish.cursor);
  const auto rows = snapshot.all<SlipRow>(
      "select h.id, h.version, h.post, p.venue, p.name_zh as post_zh, p.name_en as post_en, h.from_staff,"
      " f.name as from_name, h.to_staff, t.name as to_name, h.state, h.written_at, h.taken_at, h.reported_at,"
      " h.ended_at from handovers h join posts p on p.id = h.post join staff f on f.id = h.from_staff"
      " join staff t on t.id = h.to_staff where h.id in ("
      "select id from handovers where from_staff = :me union select id from handovers where to_staff = :me)"
      " and h.id < :before order by h.id desc limit :limit",
      {{"me", me}, {"before", before == 0 ? INT64_MAX : before}, {"limit", limit + 1}});
  return page_of(rows, limit, [](const SlipRow& row) { return row.id.value; }, view);
}

HandoverView write_handover(Transaction& tx, const Caller& caller, const WriteHandover& wish) {
  const auto post = require_post(tx, wish.post);
  require_at_post(tx, caller, post);
  if (post.ended_at) throw Problem{"post_ended"};
  const auto me = require_staff(caller).id;
  if (wish.to == me || !identity::works_here(tx, wish.to)) throw Problem{"no_such_staff", {}, "to"};
  const auto id = tx.new_id<HandoverId>();
  const auto note = seal(tx.keys(), wish.note, context("note", id));
  tx.run(
      "insert into handovers (id, post, from_staff, to_staff, state, note, written_at, version)"
      " values (:id, :post, :from, :to, 'written', :note, :at, 1)",
      {{"id", id},
       {"post", post.id},
       {"from", me},
       {"to", wish.to},
       {"note", as_column(note.bytes())},
       {"at", caller.at}});
  return view(require_slip(tx, id));
}

Outcome<HandoverText> look_at_handover(Transaction& tx, const Caller& caller, const LookAtHandover& wish) {
  const auto slip = require_slip(tx, wish.handover);
  const bool allowed = may(caller, slip, Side::giver) || may(caller, slip, Side::taker);
  identity::audit_look(tx, caller, "look_at_handover", to_string(slip.id), "handover", allowed);
  if (!allowed) return std::unexpected(Refused{Problem{"not_allowed"}});
  const auto row = tx.one<TextRow>("select note, report from handovers where id = :id", {{"id", slip.id}});
  HandoverText text{.note = opened(tx.keys(), "note", slip.id, row.note), .report = std::nullopt};
  if (row.report) text.report = opened(tx.keys(), "report", slip.id, *row.report);
  return text;
}

HandoverView take_handover(Transaction& tx, const Caller& caller, const TakeHandover& wish) {
  const auto slip = require_step(tx, caller, wish.handover, wish.version, take);
  tx.run("update handovers set state = 'taken', taken_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", slip.id}});
  return view(require_slip(tx, slip.id));
}

HandoverView report_handover(Transaction& tx, const Caller& caller, const ReportHandover& wish) {
  const auto slip = require_step(tx, caller, wish.handover, wish.version, report);
  const auto text = seal(tx.keys(), wish.report, context("report", slip.id));
  tx.run(
      "update handovers set state = 'reported', reported_at = :at, report = :report, version = version + 1"
      " where id = :id",
      {{"at", caller.at}, {"report", as_column(text.bytes())}, {"id", slip.id}});
  return view(require_slip(tx, slip.id));
}

HandoverView close_handover(Transaction& tx, const Caller& caller, const CloseHandover& wish) {
  const auto slip = require_slip(tx, wish.handover);
  if (!may(caller, slip, close.by)) throw Problem{"not_allowed"};
  require_version(slip.version, wish.version);
  // From whoever has left no report will come.
  const bool left = !identity::works_here(tx, slip.to_staff) && slip.state == HandoverState::taken;
  if (slip.state != close.from && !left) throw Problem{"handover_elsewhere"};
  tx.run("update handovers set state = 'closed', ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", slip.id}});
  return view(require_slip(tx, slip.id));
}

HandoverView withdraw_handover(Transaction& tx, const Caller& caller, const WithdrawHandover& wish) {
  const auto slip = require_step(tx, caller, wish.handover, wish.version, withdraw);
  tx.run("update handovers set state = 'withdrawn', ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", slip.id}});
  return view(require_slip(tx, slip.id));
}

}  // namespace doorstep::network
