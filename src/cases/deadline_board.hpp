// The board: a venue's deadlines by their day, so that what is late and what will be stands on top.
#pragma once

#include "api/sheet_of.hpp"
#include "cases/alarms.hpp"

namespace doorstep::cases {

struct ListDeadlines {
  VenueId venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListDeadlines, (), (venue, cursor, limit))

struct DeadlineRow {
  DeadlineId id;
  CaseId case_id;
  std::string reference;
  MatterName matter;
  DeadlineKind kind{};
  DeadlineState state{};  // running or missed
  Day due;
  bool provisional = false;
  Text step;  // where the case is
  Text who;   // must act there
  std::string first_contact;
  std::optional<std::string> handler;
  std::optional<std::int32_t> alarm;  // its level, while nobody has acknowledged it
};
BOOST_DESCRIBE_STRUCT(DeadlineRow, (),
                      (id, case_id, reference, matter, kind, state, due, provisional, step, who,
                       first_contact, handler, alarm))

// What stands still is not on it.
Page<DeadlineRow> list_deadlines(Snapshot& snapshot, const Caller& caller, const ListDeadlines& wish);

SheetOf<DeadlineRow> deadline_sheet();
SheetOf<CaseAlarmView> alarm_sheet();

}  // namespace doorstep::cases
