// The town's matters as a sheet: what hangs on the wall of a hall (服务事项上墙).
#include "cases/matter_list.hpp"

namespace doorstep::cases {

namespace {

Text words_for(Audience audience) {
  switch (audience) {
    case Audience::members: return {"党员", "Party members"};
    case Audience::residents: return {"居民", "Residents"};
    case Audience::firms: return {"企业", "Firms"};
  }
  return {};
}

Text words_for(LifeEvent event) {
  switch (event) {
    case LifeEvent::moving: return {"搬家、换工作", "Moving, a new job"};
    case LifeEvent::growing_old: return {"家里有老人", "Growing old"};
    case LifeEvent::in_need: return {"遇到困难", "In need of help"};
    case LifeEvent::lost: return {"东西丢了", "Something is lost"};
    case LifeEvent::neighbours: return {"社区里的事", "Where I live"};
    case LifeEvent::taking_part: return {"参加活动、党员的事", "Taking part, membership"};
    case LifeEvent::work: return {"招人、找工作", "Work and hiring"};
    case LifeEvent::firm: return {"企业的事", "For firms"};
  }
  return {};
}

template <class Enum>
std::optional<Text> words_of(const std::optional<Enum>& value) {
  return value ? std::optional{words_for(*value)} : std::nullopt;
}

}  // namespace

SheetOf<MatterRow> matter_sheet() {
  SheetOf<MatterRow> sheet{{"服务事项", "Matters"}};
  sheet.column({"事项", "Matter"}, &MatterRow::name, 30);
  sheet.column({"说明", "What it is"}, &MatterRow::summary, 60);
  sheet.column({"对象", "For"}, [](const MatterRow& row) { return words_of(row.audience); });
  sheet.column(
      {"遇到什么事", "What has happened"}, [](const MatterRow& row) { return words_of(row.life_event); }, 22);
  sheet.column({"窗口可以办", "Taken in at a window"}, &MatterRow::at_a_hall);
  return sheet;
}

}  // namespace doorstep::cases
