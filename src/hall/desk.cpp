#include "hall/desk.hpp"

#include "base/problem.hpp"
#include "hall/events.hpp"

namespace doorstep::hall {

namespace {

struct InHandRow {
  TicketId id;
  std::string prefix;
  std::int64_t ordinal = 0;
  TicketState state{};
  std::string service, service_zh, service_en;
  std::optional<std::string> matter;
  Instant taken_at;
  std::optional<Instant> called_at;
  std::int32_t times_called = 0;
  std::optional<cases::CaseId> case_id;
  std::int64_t version = 0;

  std::string number() const { return ticket_number(prefix, ordinal); }
};
BOOST_DESCRIBE_STRUCT(InHandRow, (),
                      (id, prefix, ordinal, state, service, service_zh, service_en, matter, taken_at,
                       called_at, times_called, case_id, version))

struct NextRow {
  TicketId id;
  std::string prefix;
  std::int64_t ordinal = 0;
};
BOOST_DESCRIBE_STRUCT(NextRow, (), (id, prefix, ordinal))

std::optional<InHandRow> ticket_in_hand(Snapshot& snapshot, WindowId window) {
  return snapshot.maybe<InHandRow>(
      "select t.id, t.prefix, t.ordinal, t.state, t.service, s.name_zh as service_zh, s.name_en as service_en, s.matter,"
      " t.taken_at, t.called_at, t.times_called, t.case_id, t.version"
      " from tickets t join services s on s.hall = t.hall and s.key = t.service"
      " where t.window_id = :window and t.state in ('called', 'serving')",
      {{"window", window}});
}

// The first few who wait in the window's lines, in the order in which they came.
std::vector<NextRow> next_in_line(Snapshot& snapshot, const Desk& desk, int limit) {
  return snapshot.all<NextRow>(
      "select id, prefix, ordinal from tickets where hall = :hall and state = 'waiting'"
      " and prefix in (select prefix from window_groups where window_id = :window) order by id limit :limit",
      {{"hall", desk.hall}, {"window", desk.id}, {"limit", limit}});
}

DeskView view_desk(Snapshot& snapshot, const Desk& desk) {
  DeskView view{
      .window = hall::view(snapshot, desk), .waiting = 0, .serving = std::nullopt, .next_numbers = {}};
  view.waiting = snapshot.value<std::int32_t>(
      "select count(*) from tickets where hall = :hall and state = 'waiting'"
      " and prefix in (select prefix from window_groups where window_id = :window)",
      {{"hall", desk.hall}, {"window", desk.id}});
  for (const auto& next : next_in_line(snapshot, desk, next_numbers_shown)) {
    view.next_numbers.push_back(ticket_number(next.prefix, next.ordinal));
  }
  if (auto row = ticket_in_hand(snapshot, desk.id)) {
    view.serving = DeskTicket{.id = row->id,
                              .number = row->number(),
                              .state = row->state,
                              .service = {row->service, {row->service_zh, row->service_en}},
                              .matter = row->matter,
                              .taken_at = row->taken_at,
                              .called_at = row->called_at,
                              .times_called = row->times_called,
                              .opened_case = std::nullopt,
                              .version = row->version};
    if (row->case_id)
      view.serving->opened_case = CaseName{*row->case_id, cases::reference_of(snapshot, *row->case_id)};
  }
  return view;
}

DeskView desk_again(Snapshot& snapshot, const Caller& caller, WindowId window) {
  return view_desk(snapshot, require_desk(snapshot, caller, window));
}

struct InHand {
  Desk desk;
  InHandRow ticket;
};

InHand require_ticket_in_hand(Snapshot& snapshot, const Caller& caller, WindowId window) {
  auto desk = require_own_open_desk(snapshot, caller, window);
  auto ticket = ticket_in_hand(snapshot, window);
  if (!ticket) throw Problem{"no_ticket_in_hand"};
  return {std::move(desk), std::move(*ticket)};
}

void mark_called(Transaction& tx, TicketId ticket, const Desk& desk, Instant at) {
  tx.run(
      "update tickets set state = 'called', window_id = :window, called_at = :at, times_called = times_called + 1,"
      " version = version + 1 where id = :id",
      {{"window", desk.id}, {"at", at}, {"id", ticket}});
}

}  // namespace

DeskView read_desk(Snapshot& snapshot, const Caller& caller, const ReadDesk& wish) {
  return desk_again(snapshot, caller, wish.window);
}

DeskView open_desk(Transaction& tx, const Caller& caller, const OpenWindow& wish) {
  open_window(tx, caller, wish.window);
  return desk_again(tx, caller, wish.window);
}

DeskView pause_desk(Transaction& tx, const Caller& caller, const PauseWindow& wish) {
  pause_window(tx, caller, wish.window);
  return desk_again(tx, caller, wish.window);
}

DeskView close_desk(Transaction& tx, const Caller& caller, const CloseWindow& wish) {
  close_window(tx, caller, wish.window);
  return desk_again(tx, caller, wish.window);
}

DeskView call_next(Transaction& tx, const Caller& caller, const CallNext& wish) {
  const auto desk = require_own_open_desk(tx, caller, wish.window);
  if (ticket_in_hand(tx, wish.window)) throw Problem{"ticket_in_hand"};
  const auto line = next_in_line(tx, desk, 1);
  if (line.empty()) throw Problem{"queue_empty"};
  const auto& next = line.front();
  mark_called(tx, next.id, desk, caller.at);
  tx.emit(hall_topic(desk.hall),
          TicketCalled{ticket_number(next.prefix, next.ordinal), desk.number, desk.name});
  return desk_again(tx, caller, wish.window);
}

DeskView recall_ticket(Transaction& tx, const Caller& caller, const RecallTicket& wish) {
  const auto [desk, ticket] = require_ticket_in_hand(tx, caller, wish.window);
  if (ticket.state != TicketState::called) throw Problem{"ticket_not_called"};
  if (ticket.times_called >= calls_max) throw Problem{"recalled_three_times"};
  mark_called(tx, ticket.id, desk, caller.at);
  tx.emit(hall_topic(desk.hall), TicketRecalled{ticket.number(), desk.number, desk.name});
  return desk_again(tx, caller, wish.window);
}

DeskView start_ticket(Transaction& tx, const Caller& caller, const StartTicket& wish) {
  const auto [desk, ticket] = require_ticket_in_hand(tx, caller, wish.window);
  if (!may_become(ticket.state, TicketState::serving)) throw Problem{"ticket_not_called"};
  tx.run("update tickets set state = 'serving', started_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", ticket.id}});
  tx.emit(hall_topic(desk.hall), TicketStarted{ticket.number(), desk.number});
  return desk_again(tx, caller, wish.window);
}

DeskView miss_ticket(Transaction& tx, const Caller& caller, const MissTicket& wish) {
  const auto [desk, ticket] = require_ticket_in_hand(tx, caller, wish.window);
  if (!may_become(ticket.state, TicketState::missed)) throw Problem{"ticket_not_called"};
  tx.run("update tickets set state = 'missed', ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", ticket.id}});
  tx.emit(hall_topic(desk.hall), TicketMissed{ticket.number()});
  return desk_again(tx, caller, wish.window);
}

DeskView finish_ticket(Transaction& tx, const Caller& caller, const FinishTicket& wish) {
  const auto [desk, ticket] = require_ticket_in_hand(tx, caller, wish.window);
  if (!may_become(ticket.state, TicketState::finished)) throw Problem{"ticket_not_serving"};
  tx.run("update tickets set state = 'finished', ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", ticket.id}});
  tx.emit(hall_topic(desk.hall), TicketFinished{ticket.number()});
  return desk_again(tx, caller, wish.window);
}

cases::CaseView take_in_case(Transaction& tx, const Caller& caller, const TakeInCase& wish) {
  const auto [desk, ticket] = require_ticket_in_hand(tx, caller, wish.window);
  if (ticket.state != TicketState::serving) throw Problem{"ticket_not_serving"};
  if (ticket.case_id) throw Problem{"case_already_open"};
  auto opened = cases::open_case(tx, caller,
                                 {.matter = wish.matter,
                                  .venue = desk.venue,
                                  .materials_received = wish.materials_received,
                                  .applicant = wish.applicant,
                                  .note = wish.note,
                                  .answers = wish.answers.value_or(cases::Answers{})});
  tx.run("update tickets set case_id = :case, version = version + 1 where id = :id",
         {{"case", opened.id}, {"id", ticket.id}});
  tx.emit(topic("ticket", ticket.id), CaseOpened{ticket.number()});
  return opened;
}

}  // namespace doorstep::hall
