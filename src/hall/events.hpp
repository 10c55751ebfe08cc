// What a hall tells those who listen to it. Numbers and windows only: displays show them to everybody.
#pragma once

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "hall/hall.hpp"
#include "journal/transaction.hpp"

namespace doorstep::hall {

struct TicketTaken {
  static constexpr std::string_view kind = "ticket_taken";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(TicketTaken, (), (number))

struct TicketCalled {
  static constexpr std::string_view kind = "ticket_called";
  std::string number;
  std::int32_t window = 0;
  Text window_name;
};
BOOST_DESCRIBE_STRUCT(TicketCalled, (), (number, window, window_name))

struct TicketRecalled {
  static constexpr std::string_view kind = "ticket_recalled";
  std::string number;
  std::int32_t window = 0;
  Text window_name;
};
BOOST_DESCRIBE_STRUCT(TicketRecalled, (), (number, window, window_name))

struct TicketStarted {
  static constexpr std::string_view kind = "ticket_started";
  std::string number;
  std::int32_t window = 0;
};
BOOST_DESCRIBE_STRUCT(TicketStarted, (), (number, window))

struct TicketMissed {
  static constexpr std::string_view kind = "ticket_missed";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(TicketMissed, (), (number))

// Back in the line, in its old place.
struct TicketReturned {
  static constexpr std::string_view kind = "ticket_returned";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(TicketReturned, (), (number))

struct TicketFinished {
  static constexpr std::string_view kind = "ticket_finished";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(TicketFinished, (), (number))

struct TicketCancelled {
  static constexpr std::string_view kind = "ticket_cancelled";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(TicketCancelled, (), (number))

struct WindowChanged {
  static constexpr std::string_view kind = "window_changed";
  std::int32_t window = 0;
};
BOOST_DESCRIBE_STRUCT(WindowChanged, (), (window))

struct DayEnded {
  static constexpr std::string_view kind = "day_ended";
  Day day;
};
BOOST_DESCRIBE_STRUCT(DayEnded, (), (day))

// To the one who holds the ticket.
struct CaseOpened {
  static constexpr std::string_view kind = "case_opened";
  std::string number;
};
BOOST_DESCRIBE_STRUCT(CaseOpened, (), (number))

inline Topic hall_topic(HallId hall) { return topic("hall", hall); }

}  // namespace doorstep::hall
