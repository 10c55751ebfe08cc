// The officer's side of the hall: calling, starting, missing, finishing, and taking a case in.
//
// A window has at most one ticket in hand, from the call until it is missed, cancelled or finished. The one
// who waited longest in any of the window's lines comes first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "hall/ticket.hpp"
#include "hall/window.hpp"

namespace doorstep::hall {

struct ReadDesk {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(ReadDesk, (), (window))

struct CallNext {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(CallNext, (), (window))

struct RecallTicket {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(RecallTicket, (), (window))

struct StartTicket {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(StartTicket, (), (window))

struct MissTicket {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(MissTicket, (), (window))

struct FinishTicket {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(FinishTicket, (), (window))

struct TakeInCase {
  WindowId window;
  std::string matter;
  std::vector<std::string> materials_received;
  std::optional<cases::Applicant> applicant;
  std::optional<std::string> note;
  std::optional<cases::Answers> answers = {};

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "answers") return {.length_max = cases::answers_max};
    return member == "materials_received" ? Bounds{.length_max = 50} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(TakeInCase, (), (window, matter, materials_received, applicant, note, answers))

struct CaseName {
  cases::CaseId id;
  std::string reference;
};
BOOST_DESCRIBE_STRUCT(CaseName, (), (id, reference))

struct DeskTicket {
  TicketId id;
  std::string number;
  TicketState state{};
  ServiceName service;
  std::optional<std::string> matter;  // that the service takes in
  Instant taken_at;
  std::optional<Instant> called_at;
  std::int32_t times_called = 0;
  std::optional<CaseName> opened_case;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(DeskTicket, (),
                      (id, number, state, service, matter, taken_at, called_at, times_called, opened_case,
                       version))

struct DeskView {
  WindowView window;
  std::int32_t waiting = 0;  // in the window's lines
  std::optional<DeskTicket> serving;
  std::vector<std::string> next_numbers;
};
BOOST_DESCRIBE_STRUCT(DeskView, (), (window, waiting, serving, next_numbers))

inline constexpr int next_numbers_shown = 5;
inline constexpr int calls_max = 4;  // the call and three more

DeskView read_desk(Snapshot& snapshot, const Caller& caller, const ReadDesk& wish);
DeskView open_desk(Transaction& tx, const Caller& caller, const OpenWindow& wish);
DeskView pause_desk(Transaction& tx, const Caller& caller, const PauseWindow& wish);
DeskView close_desk(Transaction& tx, const Caller& caller, const CloseWindow& wish);
DeskView call_next(Transaction& tx, const Caller& caller, const CallNext& wish);
DeskView recall_ticket(Transaction& tx, const Caller& caller, const RecallTicket& wish);
DeskView start_ticket(Transaction& tx, const Caller& caller, const StartTicket& wish);
DeskView miss_ticket(Transaction& tx, const Caller& caller, const MissTicket& wish);
DeskView finish_ticket(Transaction& tx, const Caller& caller, const FinishTicket& wish);
cases::CaseView take_in_case(Transaction& tx, const Caller& caller, const TakeInCase& wish);

}  // namespace doorstep::hall
