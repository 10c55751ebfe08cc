// Tickets: taken on a phone or at the hall, called at a window, served or missed.
//
//   waiting → called → serving → finished
//      │         ├→ missed
//      └─────────┴→ cancelled (by the one who holds it), expired (the day ended)
//
// From called and serving back to waiting, in the old place, when a manager frees the window of someone gone.
//
// A number restarts each local day and has its group's letter:
// A001. The token opens the ticket without a sign-in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "hall/hall.hpp"
#include "hall/place.hpp"
#include "journal/transaction.hpp"

namespace doorstep::hall {

enum class TicketState { waiting, called, serving, finished, missed, cancelled, expired };
BOOST_DESCRIBE_ENUM(TicketState, waiting, called, serving, finished, missed, cancelled, expired)

bool may_become(TicketState from, TicketState to);
// Still in the line or at a window.
bool is_live(TicketState state);

struct ServiceName {
  std::string key;
  Text name;
};
BOOST_DESCRIBE_STRUCT(ServiceName, (), (key, name))

struct WindowName {
  std::int32_t number = 0;
  Text name;
};
BOOST_DESCRIBE_STRUCT(WindowName, (), (number, name))

struct TakeTicket {
  HallId hall;
  std::string service;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 100}; }
};
BOOST_DESCRIBE_STRUCT(TakeTicket, (), (hall, service))

struct ReadTicket {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ReadTicket, (), (token))

struct CancelTicket {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(CancelTicket, (), (token))

struct TicketView {
  std::string token;
  std::string number;
  TicketState state{};
  HallId hall;
  ServiceName service;
  std::int32_t ahead = 0;  // who wait in the same line before it
  std::optional<WindowName> window;
  Instant taken_at;
  std::optional<Instant> called_at;
  std::int32_t times_called = 0;
  std::optional<std::string> case_token;
};
BOOST_DESCRIBE_STRUCT(TicketView, (),
                      (token, number, state, hall, service, ahead, window, taken_at, called_at, times_called,
                       case_token))

TicketView take_ticket(Transaction& tx, const Caller& caller, const TakeTicket& wish);
TicketView read_ticket(Snapshot& snapshot, const Caller& caller, const ReadTicket& wish);
TicketView cancel_ticket(Transaction& tx, const Caller& caller, const CancelTicket& wish);

// "A012"
std::string ticket_number(std::string_view prefix, std::int64_t ordinal);

// The topic of the ticket that the token opens; throws Problem no_such_ticket.
Topic ticket_topic(Snapshot& snapshot, const Caller& caller, const std::string& token);

// Nobody is left in yesterday's line: fired at the end of a hall's day.
inline constexpr std::string_view day_ends_timer = "hall_day_ends";
void end_day(Transaction& tx, const Caller& caller, const std::string& key, const std::string& body_json);

}  // namespace doorstep::hall
