// Members of the Party from a sheet: each a person, on record or new, with their branch.
#include "base/problem.hpp"
#include "network/import_kinds.hpp"
#include "network/membership.hpp"

namespace doorstep::network {

namespace {

using identity::MembershipKind;
using imports::Cells;
using imports::Fault;

std::vector<imports::Column> columns() {
  return {identity::name_column(),
          identity::phone_column(false),
          identity::identity_number_column(),
          identity::birth_date_column(),
          {.key = "branch",
           .heading = {"所在党支部", "Branch"},
           .required = true,
           .help = {"写全称；简称没有重复的，写简称也可以",
                    "By its official name, or by its short one where no other has it"},
           .example = {"中共示例镇示例社区第一支部委员会", "中共示例镇示例社区第一支部委员会"},
           .other_headings = {"党支部", "所在支部", "所属支部", "支部名称", "所在党组织"}},
          {.key = "kind",
           .heading = {"党员类别", "Kind of membership"},
           .required = true,
           .help = {"从下拉列表里选", "Choose from the list"},
           .example = {"正式", "Full"},
           .choices = {{std::string{name_of(MembershipKind::full)}, {"正式", "Full"}},
                       {std::string{name_of(MembershipKind::probationary)}, {"预备", "Probationary"}}},
           .other_headings = {"人员类别", "类别", "党员类型"}},
          {.key = "joined_on",
           .heading = {"入党日期", "Joined on"},
           .help = {"写成 1999-07-01；没有就空着", "As 1999-07-01; may be left empty"},
           .example = {"1999-07-01", "1999-07-01"},
           .other_headings = {"入党时间", "加入党组织日期", "入党年月日"}}};
}

std::vector<Fault> check(const Cells& cells) {
  auto faults = identity::check_person(cells);
  const auto joined = imports::filled_cell(cells, "joined_on");
  if (joined && !imports::written_day(*joined))
    faults.push_back({"joined_on",
                      {"看不出是哪一天。请写成 1999-07-01 这样。",
                       "This is no day that can be read. Please write it as 1999-07-01."}});
  return faults;
}

// One statement.
NewMembership membership_in(Snapshot& snapshot, const Cells& cells) {
  const auto branch = organisation_named(snapshot, imports::cell(cells, "branch"), "branch");
  if (!branch) throw Problem{"no_such_organisation", {}, "branch"};
  NewMembership wish{
      .branch = *branch, .kind = *enum_named<MembershipKind>(imports::cell(cells, "kind")), .joined_on = {}};
  if (const auto joined = imports::filled_cell(cells, "joined_on"))
    wish.joined_on = imports::written_day(*joined);
  return wish;
}

// Three statements.
std::string stored(Snapshot& snapshot, const Caller& caller, const Cells& cells) {
  return stored_membership(snapshot, caller, membership_in(snapshot, cells));
}

}  // namespace

imports::Kind members_kind() {
  return kind_of({.key = "members",
                  .name = {"党员", "Party members"},
                  .columns = columns(),
                  .check = check,
                  .fact = identity::Fact::membership,
                  .stored = stored});
}

}  // namespace doorstep::network
