// Deadlines in the words of those who wait.
#include <fmt/format.h>

#include "cases/deadlines.hpp"

namespace doorstep::cases {

namespace {

std::string in_chinese(Day day) {
  const auto text = to_string(day);
  return fmt::format("{}年{}月{}日", text.substr(0, 4), std::stoi(text.substr(5, 2)),
                     std::stoi(text.substr(8)));
}

std::string in_english(Day day) {
  static constexpr const char* months[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
  const auto text = to_string(day);
  return fmt::format("{} {} {}", std::stoi(text.substr(8)),
                     months[static_cast<std::size_t>(std::stoi(text.substr(5, 2)) - 1)], text.substr(0, 4));
}

Text standing_still(DeadlineKind kind, std::int32_t left) {
  const bool law = kind == DeadlineKind::legal;
  return {
      fmt::format("{}：等您补材料，不计时间；补齐后还有 {} 个工作日", law ? "法定期限" : "承诺期限", left),
      fmt::format("{} stands still while we wait for your papers; {} working day{} {} left after that",
                  law ? "The time the law gives" : "The time we promised", left, left == 1 ? "" : "s",
                  left == 1 ? "is" : "are")};
}

Text running(DeadlineKind kind, Day due) {
  const auto zh = in_chinese(due), en = in_english(due);
  switch (kind) {
    case DeadlineKind::legal: return {"法律规定最晚 " + zh + " 办好", "By law it is done by " + en};
    case DeadlineKind::promised: return {"承诺 " + zh + " 前办好", "We promise to be done by " + en};
    case DeadlineKind::supplement:
      return {"请在 " + zh + " 前补齐材料", "Please bring what is missing by " + en};
    case DeadlineKind::step: break;
  }
  return {};
}

Text missed(DeadlineKind kind, Day due) {
  const auto zh = in_chinese(due), en = in_english(due);
  switch (kind) {
    case DeadlineKind::legal:
      return {"法律规定的 " + zh + " 已过，还没办好，负责的人已被提醒",
              "The law gave until " + en + "; it is late, and those who answer for it were told"};
    case DeadlineKind::promised:
      return {"承诺的 " + zh + " 已过，还没办好，负责的人已被提醒",
              "We promised " + en + "; we are late, and those who answer for it were told"};
    case DeadlineKind::supplement:
      return {
          "补材料的日子 " + zh + " 已过；事情没有关，请联系首问责任人",
          "Your papers were to come by " + en + "; your case stays open, please talk to your first contact"};
    case DeadlineKind::step: break;
  }
  return {};
}

Text words_for_reminder(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::legal:
      return {"法定期限快到了，已提醒承办人",
              "The time that the law gives is nearly over; your handler was reminded"};
    case DeadlineKind::promised:
      return {"承诺的日期快到了，已提醒承办人", "The promised day is near; your handler was reminded"};
    case DeadlineKind::step:
      return {"这一步的时间快到了，已提醒承办人",
              "The time for this step is nearly over; your handler was reminded"};
    case DeadlineKind::supplement:
      return {"补材料的时间快到了", "The time to bring what is missing is nearly over"};
  }
  return {};
}

Text words_for_passing(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::legal:
      return {"已过法定期限，还在办理", "The time that the law gives has passed and work goes on"};
    case DeadlineKind::promised:
      return {"已过承诺的日期，还在办理", "The promised day has passed and work goes on"};
    case DeadlineKind::step:
      return {"这一步超过了规定的时间，已提醒要办的人",
              "This step has taken longer than it may; those who must act were told"};
    case DeadlineKind::supplement:
      return {
          "补材料的时间已过，事情没有关，请联系首问责任人",
          "The time to bring what is missing has passed; the case stays open, please talk to your first contact"};
  }
  return {};
}

}  // namespace

Text words_for(DeadlineKind kind, DeadlineNews news) {
  switch (news) {
    case DeadlineNews::reminded: return words_for_reminder(kind);
    case DeadlineNews::passed: return words_for_passing(kind);
    case DeadlineNews::escalated:
      return {"逾期后还没有人说明怎么办，已请上级过问",
              "It is late and nobody has said what is done; those above were asked to see to it"};
    case DeadlineNews::acknowledged:
      return {"逾期的事已有人过问，并说明了接下来怎么办",
              "Somebody has seen to what is late, and said what is done now"};
    case DeadlineNews::moved:
      return {"节假日安排有变，日期重新算过",
              "The calendar of holidays changed, and the day was counted anew"};
  }
  return {};
}

std::vector<DeadlineWords> deadlines_in_words(Snapshot& snapshot, CaseId id) {
  std::vector<DeadlineWords> words;
  for (const auto& deadline : open_deadlines(snapshot, id)) {
    if (deadline.kind == DeadlineKind::step) continue;  // a matter of the house
    if (deadline.state == DeadlineState::paused)
      words.push_back(
          {deadline.kind, standing_still(deadline.kind, deadline.working_days.value_or(0)), {}, false});
    else if (deadline.state == DeadlineState::missed)
      words.push_back({deadline.kind, missed(deadline.kind, deadline.due), deadline.due, false});
    else
      words.push_back(
          {deadline.kind, running(deadline.kind, deadline.due), deadline.due, deadline.provisional});
  }
  return words;
}

}  // namespace doorstep::cases
