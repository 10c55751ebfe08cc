#include "hall/queue.hpp"

#include <map>

#include "base/problem.hpp"
#include "hall/events.hpp"
#include "hall/place.hpp"
#include "hall/ticket.hpp"

namespace doorstep::hall {

namespace {

struct LineRow {
  std::string prefix, name_zh, name_en;
  std::int32_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (prefix, name_zh, name_en, waiting))

struct WindowRow {
  WindowId id;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  WindowState state{};
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (id, number, name_zh, name_en, state))

struct GroupRow {
  WindowId window_id;
  std::string prefix;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (window_id, prefix))

struct InHandRow {
  WindowId window_id;
  std::string prefix;
  std::int64_t ordinal = 0;
};
BOOST_DESCRIBE_STRUCT(InHandRow, (), (window_id, prefix, ordinal))

struct CallRow {
  std::string prefix;
  std::int64_t ordinal = 0;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  Instant called_at;
};
BOOST_DESCRIBE_STRUCT(CallRow, (), (prefix, ordinal, number, name_zh, name_en, called_at))

void add_lines(Snapshot& snapshot, QueueView& queue) {
  for (const auto& row : snapshot.all<LineRow>(
           "select g.prefix, g.name_zh, g.name_en, (select count(*) from tickets t"
           " where t.hall = g.hall and t.prefix = g.prefix and t.state = 'waiting') as waiting"
           " from service_groups g where g.hall = :hall order by g.prefix",
           {{"hall", queue.hall}})) {
    queue.groups.push_back({row.prefix, {row.name_zh, row.name_en}, row.waiting});
    queue.waiting += row.waiting;
  }
}

void add_windows(Snapshot& snapshot, QueueView& queue) {
  std::map<WindowId, std::vector<std::string>> groups;
  for (auto& row : snapshot.all<GroupRow>("select wg.window_id, wg.prefix from window_groups wg"
                                          " join windows w on w.id = wg.window_id where w.hall = :hall"
                                          " order by wg.window_id, wg.prefix",
                                          {{"hall", queue.hall}})) {
    groups[row.window_id].push_back(std::move(row.prefix));
  }
  std::map<WindowId, std::string> in_hand;
  for (const auto& row : snapshot.all<InHandRow>(
           "select t.window_id, t.prefix, t.ordinal from windows w join tickets t on t.window_id = w.id"
           " and t.state in ('called', 'serving') where w.hall = :hall",
           {{"hall", queue.hall}})) {
    in_hand[row.window_id] = ticket_number(row.prefix, row.ordinal);
  }
  for (const auto& row : snapshot.all<WindowRow>(
           "select id, number, name_zh, name_en, state from windows where hall = :hall order by number",
           {{"hall", queue.hall}})) {
    QueueWindow window{.id = row.id,
                       .number = row.number,
                       .name = {row.name_zh, row.name_en},
                       .state = row.state,
                       .serving = std::nullopt,
                       .groups = std::move(groups[row.id])};
    if (const auto ticket = in_hand.find(row.id); ticket != in_hand.end()) window.serving = ticket->second;
    queue.windows.push_back(std::move(window));
  }
}

void add_calls(Snapshot& snapshot, QueueView& queue, const Place& place) {
  for (const auto& row : snapshot.all<CallRow>(
           "select t.prefix, t.ordinal, w.number, w.name_zh, w.name_en, t.called_at from tickets t"
           " join windows w on w.id = t.window_id where t.hall = :hall and t.called_at >= :since"
           " order by t.called_at desc limit :limit",
           {{"hall", queue.hall}, {"since", place.zone.start_of(place.today)}, {"limit", calls_shown}})) {
    queue.calls.push_back({.number = ticket_number(row.prefix, row.ordinal),
                           .window = row.number,
                           .window_name = {row.name_zh, row.name_en},
                           .at = row.called_at});
  }
}

}  // namespace

QueueView read_queue(Snapshot& snapshot, const Caller& caller, const ReadQueue& wish) {
  const auto place = place_of(snapshot, wish.hall, caller.at);
  QueueView queue{.hall = wish.hall,
                  .seq = snapshot.value<std::int64_t>("select seq from journal_head where one = 1"),
                  .waiting = 0,
                  .groups = {},
                  .windows = {},
                  .calls = {}};
  add_lines(snapshot, queue);
  add_windows(snapshot, queue);
  add_calls(snapshot, queue, place);
  return queue;
}

Topic listen_to_hall(Snapshot& snapshot, const Caller& caller, const std::string& asked) {
  const auto id = parse_id(HallTag::prefix, asked);
  if (!id) throw Problem{"no_such_topic", {"hall:" + asked}, "topics"};
  return hall_topic(place_of(snapshot, HallId{*id}, caller.at).id);
}

}  // namespace doorstep::hall
