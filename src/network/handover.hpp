// Handing over by slip 交接单, and the report back.
//
//   written → taken → reported → closed;  written → withdrawn;  taken → closed (whoever took it has left)
//
// Whoever leaves a post for a while writes what is under way; whoever takes over says so, and reports when
// they hand it back. A manager closes or withdraws for somebody who has left. Slips may name people: the text
// is sealed, lists leave it out, and reading it is a look.
#pragma once

#include "api/outcome.hpp"
#include "network/post.hpp"

namespace doorstep::network {

struct HandoverTag {
  static constexpr std::string_view prefix = "ho";
};
using HandoverId = Id<HandoverTag>;

enum class HandoverState { written, taken, reported, closed, withdrawn };
BOOST_DESCRIBE_ENUM(HandoverState, written, taken, reported, closed, withdrawn)

struct HandoverView {
  HandoverId id;
  std::int64_t version = 0;
  PostId post;
  Text post_name;
  StaffName from;
  StaffName to;
  HandoverState state{};
  Instant written_at;
  std::optional<Instant> taken_at;
  std::optional<Instant> reported_at;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(HandoverView, (),
                      (id, version, post, post_name, from, to, state, written_at, taken_at, reported_at,
                       ended_at))

struct HandoverText {
  std::string note;
  std::optional<std::string> report;
};
BOOST_DESCRIBE_STRUCT(HandoverText, (), (note, report))

// One's own, given and taken; the newest first.
struct ListHandovers {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListHandovers, (), (cursor, limit))

struct WriteHandover {
  PostId post;
  StaffId to;
  std::string note;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(WriteHandover, (), (post, to, note))

struct LookAtHandover {
  HandoverId handover;
};
BOOST_DESCRIBE_STRUCT(LookAtHandover, (), (handover))

struct TakeHandover {
  HandoverId handover;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TakeHandover, (), (handover, version))

struct ReportHandover {
  HandoverId handover;
  std::int64_t version = 0;
  std::string report;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(ReportHandover, (), (handover, version, report))

struct CloseHandover {
  HandoverId handover;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(CloseHandover, (), (handover, version))

struct WithdrawHandover {
  HandoverId handover;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(WithdrawHandover, (), (handover, version))

Page<HandoverView> list_handovers(Snapshot& snapshot, const Caller& caller, const ListHandovers& wish);
HandoverView write_handover(Transaction& tx, const Caller& caller, const WriteHandover& wish);
Outcome<HandoverText> look_at_handover(Transaction& tx, const Caller& caller, const LookAtHandover& wish);
HandoverView take_handover(Transaction& tx, const Caller& caller, const TakeHandover& wish);
HandoverView report_handover(Transaction& tx, const Caller& caller, const ReportHandover& wish);
HandoverView close_handover(Transaction& tx, const Caller& caller, const CloseHandover& wish);
HandoverView withdraw_handover(Transaction& tx, const Caller& caller, const WithdrawHandover& wish);

}  // namespace doorstep::network
