// The sheets of roles, posts and who is there.
#include <algorithm>

#include "identity/list_sheets.hpp"
#include "network/list_sheets.hpp"
#include "network/organisation.hpp"

namespace doorstep::network {

namespace {

// Of a venue: so many, each on six weeks of days, are no more lines than a sheet takes.
constexpr int posts_max = 400;
static_assert(posts_max * roster_days_max <= sheet_file_rows_max);

Text place_of(Snapshot& snapshot, const ListGrants& wish) {
  if (wish.organisation) return require_organisation(snapshot, *wish.organisation).name;
  if (!wish.venue) return town(snapshot).name;
  const auto place = venue(snapshot, *wish.venue);
  return place ? place->name : Text{};
}

std::optional<std::string> name_of_staff(const std::optional<StaffName>& staff) {
  if (!staff) return std::nullopt;
  return staff->name;
}

std::optional<std::string> who_is(const std::optional<DutyView>& duty) {
  if (!duty) return std::nullopt;
  return duty->staff.name;
}

std::optional<Text> by_what(const std::optional<DutyView>& duty) {
  if (!duty) return std::nullopt;
  return words_for(duty->by);
}

}  // namespace

Page<GrantLine> grant_lines(Snapshot& snapshot, const Caller& caller, const ListGrants& wish) {
  auto found = list_grants(snapshot, caller, wish);
  const auto place = place_of(snapshot, wish);
  Page<GrantLine> lines{.items = {}, .next = std::move(found.next)};
  for (auto& each : found.items) lines.items.push_back({std::move(each), place});
  return lines;
}

SheetOf<GrantLine> grant_sheet() {
  SheetOf<GrantLine> sheet{{"角色", "Roles"}};
  sheet.column({"姓名", "Name"}, [](const GrantLine& line) { return line.grant.staff.name; });
  sheet.column(
      {"角色", "Role"}, [](const GrantLine& line) { return identity::role_name(line.grant.role); }, 20);
  sheet.column({"范围", "Where"}, &GrantLine::place, 30);
  sheet.column({"开始", "From"}, [](const GrantLine& line) { return line.grant.from; }, 18);
  sheet.column({"结束", "Until"}, [](const GrantLine& line) { return line.grant.until; }, 18);
  return sheet;
}

SheetOf<PostView> post_sheet() {
  SheetOf<PostView> sheet{{"岗位", "Posts"}, posts_max};
  sheet.column({"岗位", "Post"}, &PostView::name, 28);
  sheet.column({"A 角", "A role"}, [](const PostView& post) { return name_of_staff(post.a); });
  sheet.column({"B 角", "B role"}, [](const PostView& post) { return name_of_staff(post.b); });
  sheet.column({"今天在岗", "On duty today"}, [](const PostView& post) { return who_is(post.on_duty); });
  sheet.column({"依据", "By"}, [](const PostView& post) { return by_what(post.on_duty); }, 20);
  return sheet;
}

Page<RosterLine> roster_lines(Snapshot& snapshot, const Caller& caller, const ListRoster& wish) {
  const auto found = list_roster(snapshot, caller, wish);
  Page<RosterLine> lines{.items = {}, .next = found.next};
  for (const auto& post : found.items) {
    for (const auto& day : post.days) lines.items.push_back({day, post.name});
  }
  std::ranges::stable_sort(lines.items, {}, [](const RosterLine& line) { return line.at.day; });
  return lines;
}

SheetOf<RosterLine> roster_sheet() {
  SheetOf<RosterLine> sheet{{"值班表", "Roster"}, posts_max};
  sheet.column({"日期", "Day"}, [](const RosterLine& line) { return line.at.day; }, 14);
  sheet.column({"岗位", "Post"}, &RosterLine::post, 28);
  sheet.column({"场所开放", "Venue open"}, [](const RosterLine& line) { return line.at.open; }, 12);
  sheet.column({"在岗", "On duty"}, [](const RosterLine& line) { return who_is(line.at.on_duty); });
  sheet.column({"依据", "By"}, [](const RosterLine& line) { return by_what(line.at.on_duty); }, 20);
  return sheet;
}

SheetOf<AbsenceView> absence_sheet() {
  SheetOf<AbsenceView> sheet{{"请假", "Leave"}};
  sheet.column({"姓名", "Name"}, [](const AbsenceView& absence) { return absence.staff.name; });
  sheet.column({"类型", "Kind"}, [](const AbsenceView& absence) { return words_for(absence.kind); }, 22);
  sheet.column({"第一天", "First day"}, &AbsenceView::from, 14);
  sheet.column({"最后一天", "Last day"}, &AbsenceView::until, 14);
  sheet.column({"顶岗的人", "Who stands in"},
               [](const AbsenceView& absence) { return name_of_staff(absence.third); });
  sheet.column({"已取消", "Cancelled"}, &AbsenceView::cancelled, 10);
  return sheet;
}

// What a slip says is no part of its list, nor of this sheet: reading it is a look.
SheetOf<HandoverView> handover_sheet() {
  SheetOf<HandoverView> sheet{{"交接单", "Handover slips"}};
  sheet.column({"岗位", "Post"}, &HandoverView::post_name, 28);
  sheet.column({"交的人", "From"}, [](const HandoverView& slip) { return slip.from.name; });
  sheet.column({"接的人", "To"}, [](const HandoverView& slip) { return slip.to.name; });
  sheet.column({"状态", "State"}, [](const HandoverView& slip) { return words_for(slip.state); }, 26);
  sheet.column({"写好", "Written"}, &HandoverView::written_at, 18);
  sheet.column({"接手", "Taken over"}, &HandoverView::taken_at, 18);
  sheet.column({"交回", "Reported back"}, &HandoverView::reported_at, 18);
  sheet.column({"结束", "Ended"}, &HandoverView::ended_at, 18);
  return sheet;
}

}  // namespace doorstep::network
