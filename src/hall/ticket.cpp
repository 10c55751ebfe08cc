#include "hall/ticket.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_value.hpp"
#include "base/problem.hpp"
#include "cases/cases.hpp"
#include "hall/events.hpp"
#include "journal/tokens.hpp"

namespace doorstep::hall {

namespace {

struct Step {
  TicketState from, to;
};

constexpr Step steps[] = {
    {TicketState::waiting, TicketState::called},  {TicketState::waiting, TicketState::cancelled},
    {TicketState::waiting, TicketState::expired}, {TicketState::called, TicketState::serving},
    {TicketState::called, TicketState::missed},   {TicketState::called, TicketState::cancelled},
    {TicketState::called, TicketState::expired},  {TicketState::called, TicketState::waiting},
    {TicketState::serving, TicketState::waiting}, {TicketState::serving, TicketState::finished},
    {TicketState::serving, TicketState::expired},
};

struct ServiceRow {
  std::string prefix;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (), (prefix))

struct TicketRow {
  TicketId id;
  HallId hall;
  std::string prefix;
  std::int64_t ordinal = 0;
  std::string service, service_zh, service_en;
  TicketState state{};
  std::optional<std::int32_t> window_number;
  std::optional<std::string> window_zh, window_en;
  Instant taken_at;
  std::optional<Instant> called_at;
  std::int32_t times_called = 0;
  std::optional<cases::CaseId> case_id;
};
BOOST_DESCRIBE_STRUCT(TicketRow, (),
                      (id, hall, prefix, ordinal, service, service_zh, service_en, state, window_number,
                       window_zh, window_en, taken_at, called_at, times_called, case_id))

struct LiveRow {
  std::string number_prefix;
  std::int64_t ordinal = 0;
};
BOOST_DESCRIBE_STRUCT(LiveRow, (), (number_prefix, ordinal))

struct DayEnds {
  HallId hall;
  Day day;
};
BOOST_DESCRIBE_STRUCT(DayEnds, (), (hall, day))

TicketRow require_ticket(Snapshot& snapshot, const std::string& token) {
  auto row = snapshot.maybe<TicketRow>(
      "select t.id, t.hall, t.prefix, t.ordinal, t.service, s.name_zh as service_zh, s.name_en as service_en,"
      " t.state, w.number as window_number, w.name_zh as window_zh, w.name_en as window_en, t.taken_at, t.called_at,"
      " t.times_called, t.case_id"
      " from tickets t join services s on s.hall = t.hall and s.key = t.service"
      " left join windows w on w.id = t.window_id where t.token_hash = :token_hash",
      {{"token_hash", tokens::hash_of(snapshot.keys(), token)}});
  if (!row) throw Problem{"no_such_ticket"};
  return std::move(*row);
}

std::int32_t count_ahead(Snapshot& snapshot, const TicketRow& row) {
  if (row.state != TicketState::waiting) return 0;
  return snapshot.value<std::int32_t>(
      "select count(*) from tickets where hall = :hall and prefix = :prefix and state = 'waiting' and id < :id",
      {{"hall", row.hall}, {"prefix", row.prefix}, {"id", row.id}});
}

TicketView view(Snapshot& snapshot, const TicketRow& row) {
  TicketView ticket{.token = tokens::token_for(snapshot.keys(), "ticket", row.id.value),
                    .number = ticket_number(row.prefix, row.ordinal),
                    .state = row.state,
                    .hall = row.hall,
                    .service = {row.service, {row.service_zh, row.service_en}},
                    .ahead = count_ahead(snapshot, row),
                    .window = std::nullopt,
                    .taken_at = row.taken_at,
                    .called_at = row.called_at,
                    .times_called = row.times_called,
                    .case_token = std::nullopt};
  if (row.window_number) ticket.window = WindowName{*row.window_number, {*row.window_zh, *row.window_en}};
  if (row.case_id) ticket.case_token = cases::token_of(snapshot, *row.case_id);
  return ticket;
}

void require_open(Snapshot& snapshot, const Place& place) {
  if (!network::is_open_at(network::hours_on(snapshot, place.venue, place.today), place.time)) {
    throw Problem{"hall_closed"};
  }
}

// One live ticket a browser and line, so that nobody holds two places by pressing twice.
void require_no_other(Snapshot& snapshot, const std::string& device, const std::string& prefix) {
  if (device.empty()) return;
  const auto other = snapshot.maybe<LiveRow>(
      "select prefix as number_prefix, ordinal from tickets where device = :device and prefix = :prefix"
      " and state in ('waiting', 'called', 'serving') limit 1",
      {{"device", device}, {"prefix", prefix}});
  if (other) throw Problem{"too_many_tickets", {ticket_number(other->number_prefix, other->ordinal)}};
}

std::int64_t next_ordinal(Snapshot& snapshot, const Place& place, const std::string& prefix) {
  return 1 +
         snapshot.value<std::int64_t>(
             "select coalesce(max(ordinal), 0) from tickets where hall = :hall and day = :day and prefix = :prefix",
             {{"hall", place.id}, {"day", place.today}, {"prefix", prefix}});
}

}  // namespace

bool may_become(TicketState from, TicketState to) {
  return std::ranges::any_of(steps, [&](const Step& step) { return step.from == from && step.to == to; });
}

bool is_live(TicketState state) {
  switch (state) {
    case TicketState::waiting:
    case TicketState::called:
    case TicketState::serving: return true;
    case TicketState::finished:
    case TicketState::missed:
    case TicketState::cancelled:
    case TicketState::expired: return false;
  }
  return false;
}

std::string ticket_number(std::string_view prefix, std::int64_t ordinal) {
  return fmt::format("{}{:03}", prefix, ordinal);
}

TicketView take_ticket(Transaction& tx, const Caller& caller, const TakeTicket& wish) {
  const auto place = place_of(tx, wish.hall, caller.at);
  require_open(tx, place);
  const auto service =
      tx.maybe<ServiceRow>("select prefix from services where hall = :hall and key = :service and ended = 0",
                           {{"hall", wish.hall}, {"service", wish.service}});
  if (!service) throw Problem{"no_such_service"};
  require_no_other(tx, caller.device, service->prefix);

  const auto ordinal = next_ordinal(tx, place, service->prefix);
  const auto id = tx.new_id<TicketId>();
  const auto token = tokens::token_for(tx.keys(), "ticket", id.value);
  tx.run(
      "insert into tickets (id, hall, day, prefix, ordinal, token_hash, service, device, state, taken_at, times_called,"
      " version) values (:id, :hall, :day, :prefix, :ordinal, :token_hash, :service, :device, 'waiting', :at, 0, 1)",
      {{"id", id},
       {"hall", wish.hall},
       {"day", place.today},
       {"prefix", service->prefix},
       {"ordinal", ordinal},
       {"token_hash", tokens::hash_of(tx.keys(), token)},
       {"service", wish.service},
       {"device", caller.device},
       {"at", caller.at}});
  if (ordinal == 1) {
    const DayEnds day{wish.hall, place.today};
    tx.set_timer(day_ends_timer, to_string(wish.hall) + ' ' + to_string(place.today),
                 place.zone.start_of(place.today + 1), write_json(day));
  }
  tx.emit(hall_topic(wish.hall), TicketTaken{ticket_number(service->prefix, ordinal)});
  return view(tx, require_ticket(tx, token));
}

TicketView read_ticket(Snapshot& snapshot, const Caller&, const ReadTicket& wish) {
  return view(snapshot, require_ticket(snapshot, wish.token));
}

TicketView cancel_ticket(Transaction& tx, const Caller& caller, const CancelTicket& wish) {
  const auto row = require_ticket(tx, wish.token);
  if (!may_become(row.state, TicketState::cancelled)) throw Problem{"ticket_over"};
  tx.run("update tickets set state = 'cancelled', ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", row.id}});
  tx.emit(hall_topic(row.hall), TicketCancelled{ticket_number(row.prefix, row.ordinal)});
  return view(tx, require_ticket(tx, wish.token));
}

Topic ticket_topic(Snapshot& snapshot, const Caller&, const std::string& token) {
  return topic("ticket", require_ticket(snapshot, token).id);
}

void end_day(Transaction& tx, const Caller& caller, const std::string&, const std::string& body_json) {
  const auto ended = read_json<DayEnds>(body_json);
  tx.run(
      "update tickets set state = 'expired', ended_at = :at, version = version + 1"
      " where hall = :hall and day = :day and state in ('waiting', 'called', 'serving')",
      {{"at", caller.at}, {"hall", ended.hall}, {"day", ended.day}});
  tx.emit(hall_topic(ended.hall), DayEnded{ended.day});
}

}  // namespace doorstep::hall
