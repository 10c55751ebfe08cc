#include "identity/list_sheets.hpp"

#include <set>

namespace doorstep::identity {

namespace {

// Each with the grants of a statement of its own, which takes no more ids.
constexpr int staff_max = 1'000;
// Through the writer, where others wait.
constexpr int looks_max = 5'000;

struct Act {
  std::string_view action;
  Text words;
};

// As the console says it. What another room has audited by a new name is shown by that name.
const Act acts[] = {
    {"look_at_person", {"看了全部内容", "Saw everything on record"}},
    {"find_people", {"查找居民", "Searched for people"}},
    {"correct_person", {"改了登记的内容", "Corrected the record"}},
    {"identity_number_known", {"登记时填了别人的身份证号码", "Entered the identity number of somebody else"}},
    {"link_phone", {"关联了手机", "Linked a phone"}},
    {"unlink_phones", {"解除了手机", "Unlinked the phones"}},
    {"give_mandate", {"登记了一项委托", "Recorded a mandate"}},
    {"end_mandate", {"结束了一项委托", "Ended a mandate"}},
    {"look_at_mandates", {"看了委托", "Saw the mandates"}},
    {"merge_people", {"合并了登记", "Merged records"}},
    {"unmerge_people", {"拆开了登记", "Took records apart"}},
    {"list_merges", {"看了合并的登记", "Saw the merged records"}},
    {"erase_person", {"删除了登记", "Erased the record"}},
    {"look_at_applicant", {"看了申请人", "Saw the applicant"}},
    {"look_at_handover", {"看了交接单", "Saw a handover slip"}},
    {"read_audit", {"核查了查看记录", "Read this audit"}},
    {"record_self", {"把手机和登记连上", "Linked the phone with the record"}},
    {"look_at_self", {"看了自己的登记", "Saw their own record"}},
    {"correct_self", {"改了自己的登记", "Corrected their own record"}},
    {"export_self", {"带走了一份", "Took a copy along"}},
    {"erase_self", {"要求全部删掉", "Had everything erased"}},
    {"offer_mandate", {"提出让别人替自己办事", "Offered a mandate"}},
    {"accept_mandate", {"接受了委托", "Accepted a mandate"}},
    {"end_own_mandate", {"结束了自己的委托", "Ended their own mandate"}}};

std::string act_in(Language language, const std::string& action) {
  for (const auto& act : acts) {
    if (act.action == action) return act.words.in(language);
  }
  return action;
}

std::string in_one(const std::vector<std::string>& words, std::string_view between) {
  std::string all;
  for (const auto& word : words) (all += all.empty() ? "" : between) += word;
  return all;
}

std::string roles_in(Language language, const std::vector<GrantView>& grants) {
  std::set<Role> once;
  for (const auto& grant : grants) once.insert(grant.role);
  std::vector<std::string> names;
  for (const auto role : once) names.push_back(role_name(role).in(language));
  return in_one(names, language == Language::zh ? "、" : ", ");
}

}  // namespace

const Text& role_name(Role role) {
  static const Text greeter{"导办", "Greeter"}, window_officer{"窗口人员", "Window officer"},
      branch_secretary{"支部书记", "Branch secretary"},
      committee_officer{"党委工作人员", "Committee officer"}, station_keeper{"站点管理员", "Station keeper"},
      grid_head{"网格长", "Grid head"}, lecturer{"讲师", "Lecturer"},
      centre_manager{"中心主任", "Centre manager"}, auditor{"审计", "Auditor"},
      administrator{"系统管理员", "Administrator"};
  switch (role) {
    case Role::greeter: return greeter;
    case Role::window_officer: return window_officer;
    case Role::branch_secretary: return branch_secretary;
    case Role::committee_officer: return committee_officer;
    case Role::station_keeper: return station_keeper;
    case Role::grid_head: return grid_head;
    case Role::lecturer: return lecturer;
    case Role::centre_manager: return centre_manager;
    case Role::auditor: return auditor;
    case Role::administrator: return administrator;
  }
  return greeter;
}

SheetOf<StaffView> staff_sheet() {
  SheetOf<StaffView> sheet{{"工作人员", "Staff"}, staff_max};
  sheet.column({"姓名", "Name"}, &StaffView::name);
  sheet.column({"岗位", "Post"}, &StaffView::post, 24);
  sheet.column({"用户名", "User name"}, &StaffView::username, 20);
  sheet.column(
      {"角色", "Roles"},
      [](const StaffView& staff, Language language) { return roles_in(language, staff.grants); }, 40);
  return sheet;
}

SheetOf<AuditView> audit_sheet() {
  SheetOf<AuditView> sheet{{"查看记录", "Audit of looks"}, looks_max};
  sheet.column({"时间", "When"}, &AuditView::at, 18);
  sheet.column({"工作人员", "By"}, [](const AuditView& line, Language language) {
    const Text resident{"居民本人", "The resident"};
    return line.staff ? line.staff->name : resident.in(language);
  });
  sheet.column(
      {"做了什么", "What"},
      [](const AuditView& line, Language language) { return act_in(language, line.action); }, 28);
  sheet.column({"编号", "Records"}, [](const AuditView& line) { return in_one(line.subjects, " "); }, 24);
  sheet.column({"用途", "Purpose"}, &AuditView::purpose, 40);
  sheet.column({"允许", "Allowed"}, &AuditView::allowed, 10);
  return sheet;
}

}  // namespace doorstep::identity
