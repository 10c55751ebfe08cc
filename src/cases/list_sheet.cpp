#include "cases/list_sheet.hpp"

namespace doorstep::cases {

namespace {

Text words_for(Phase phase) {
  switch (phase) {
    case Phase::draft: return {"草稿", "Draft"};
    case Phase::submitted: return {"等人接手", "Waiting for a handler"};
    case Phase::in_work: return {"正在办", "In work"};
    case Phase::waiting_for_resident: return {"等居民补材料", "Waiting for the resident"};
    case Phase::waiting_for_other: return {"等别的单位", "Waiting for others"};
    case Phase::done: return {"办结", "Completed"};
    case Phase::refused: return {"不予办理", "Refused"};
    case Phase::withdrawn: return {"已撤回", "Withdrawn"};
  }
  return {};
}

}  // namespace

SheetOf<CaseRow> case_sheet() {
  SheetOf<CaseRow> sheet{{"办件", "Cases"}};
  sheet.column({"受理编号", "Reference"}, &CaseRow::reference, 20);
  sheet.column({"事项", "Matter"}, [](const CaseRow& row) { return row.matter.name; }, 30);
  sheet.column({"状态", "State"}, [](const CaseRow& row) { return words_for(row.phase); }, 20);
  sheet.column({"到了哪一步", "Step"}, &CaseRow::step, 24);
  sheet.column({"首问责任人", "First contact"}, &CaseRow::first_contact);
  sheet.column({"承办人", "Handler"}, &CaseRow::handler);
  sheet.column({"等谁接手", "Offered to"}, &CaseRow::offered_to);
  sheet.column({"收件时间", "Taken in"}, &CaseRow::opened_at, 18);
  sheet.column({"承诺办好", "Promised by"}, &CaseRow::promised_by, 14);
  return sheet;
}

}  // namespace doorstep::cases
