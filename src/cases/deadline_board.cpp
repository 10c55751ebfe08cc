#include "cases/deadline_board.hpp"

#include "cases/stored_case.hpp"

namespace doorstep::cases {

namespace {

struct ListedRow {
  DeadlineId id;
  CaseId case_id;
  std::string reference, body;
  DeadlineKind kind{};
  DeadlineState state{};
  Day due;
  bool provisional = false;
  std::string step;
  std::optional<std::string> unit;  // which one acts there, by its exact name
  std::string first_contact;
  std::optional<std::string> handler;
  std::optional<std::int32_t> alarm;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, case_id, reference, body, kind, state, due, provisional, step, unit, first_contact,
                       handler, alarm))

DeadlineRow view(const ListedRow& row) {
  const auto matter = read_json<MatterDefinition>(row.body);
  return {.id = row.id,
          .case_id = row.case_id,
          .reference = row.reference,
          .matter = {matter.key, matter.name},
          .kind = row.kind,
          .state = row.state,
          .due = row.due,
          .provisional = row.provisional,
          .step = step_view(matter, row.step).name,
          .who = who_must_act(matter, row.step, row.unit),
          .first_contact = row.first_contact,
          .handler = row.handler,
          .alarm = row.alarm};
}

Text words_for(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::legal: return {"法定期限", "By law"};
    case DeadlineKind::promised: return {"承诺期限", "Promised"};
    case DeadlineKind::step: return {"这一步的时限", "This step"};
    case DeadlineKind::supplement: return {"居民补材料", "Papers of the resident"};
  }
  return {};
}

Text words_for(DeadlineState state) {
  return state == DeadlineState::missed ? Text{"已逾期", "Late"} : Text{"还没到", "Running"};
}

}  // namespace

Page<DeadlineRow> list_deadlines(Snapshot& snapshot, const Caller& caller, const ListDeadlines& wish) {
  require_role(caller, at_cases, wish.venue);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<ListedRow>(
      "select d.id, d.case_id, c.reference, m.body, d.kind, d.state, d.due, d.provisional, c.step,"
      " coalesce(o.official_name, o.name_zh, u.name) as unit,"
      " f.name as first_contact, h.name as handler, a.level as alarm from case_deadlines d"
      " join cases c on c.id = d.case_id join matter_definitions m on m.hash = c.definition"
      " join staff f on f.id = c.first_contact left join staff h on h.id = c.handler"
      " left join case_units u on u.case_id = c.id and u.unit = c.acting_unit and u.ended_at is null"
      " left join organisations o on o.id = u.organisation"
      " left join case_alarms a on a.deadline = d.id and a.ended_at is null"
      " where d.venue = :venue and d.ended_at is null and d.state <> 'paused'"
      " and (d.due, d.id) > (coalesce((select due from case_deadlines where id = :after), ''), :after)"
      " order by d.due, d.id limit :limit",
      {{"venue", wish.venue}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(rows, limit, [](const ListedRow& row) { return row.id.value; }, view);
}

SheetOf<DeadlineRow> deadline_sheet() {
  SheetOf<DeadlineRow> sheet{{"期限", "Deadlines"}};
  sheet.column({"最晚", "Due"}, &DeadlineRow::due, 14);
  sheet.column({"期限种类", "Deadline"}, [](const DeadlineRow& row) { return words_for(row.kind); }, 18);
  sheet.column({"情况", "State"}, [](const DeadlineRow& row) { return words_for(row.state); }, 12);
  sheet.column({"受理编号", "Reference"}, &DeadlineRow::reference, 20);
  sheet.column({"事项", "Matter"}, [](const DeadlineRow& row) { return row.matter.name; }, 30);
  sheet.column({"到了哪一步", "Step"}, &DeadlineRow::step, 24);
  sheet.column({"由谁办", "Who acts"}, &DeadlineRow::who, 24);
  sheet.column({"首问责任人", "First contact"}, &DeadlineRow::first_contact);
  sheet.column({"承办人", "Handler"}, &DeadlineRow::handler);
  sheet.column({"日期待定", "Provisional"}, &DeadlineRow::provisional);
  sheet.column({"提醒级别", "Alarm"}, &DeadlineRow::alarm);
  return sheet;
}

SheetOf<CaseAlarmView> alarm_sheet() {
  SheetOf<CaseAlarmView> sheet{{"逾期提醒", "Alarms"}};
  sheet.column({"提醒时间", "Since"}, &CaseAlarmView::raised_at, 18);
  sheet.column({"提醒级别", "Alarm"}, &CaseAlarmView::level);
  sheet.column({"期限种类", "Deadline"}, [](const CaseAlarmView& row) { return words_for(row.kind); }, 18);
  sheet.column({"最晚", "Due"}, &CaseAlarmView::due, 14);
  sheet.column({"受理编号", "Reference"}, &CaseAlarmView::reference, 20);
  sheet.column({"事项", "Matter"}, [](const CaseAlarmView& row) { return row.matter.name; }, 30);
  sheet.column({"到了哪一步", "Step"}, &CaseAlarmView::step, 24);
  sheet.column({"由谁办", "Who acts"}, &CaseAlarmView::who, 24);
  sheet.column({"场所", "Venue"}, &CaseAlarmView::venue, 24);
  sheet.column({"首问责任人", "First contact"}, &CaseAlarmView::first_contact);
  sheet.column({"承办人", "Handler"}, &CaseAlarmView::handler);
  return sheet;
}

}  // namespace doorstep::cases
