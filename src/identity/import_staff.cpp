// Accounts of staff from a sheet. There is no password in a sheet: an account that comes this way signs in
// once an administrator has given it one.
#include <algorithm>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "identity/accounts.hpp"
#include "identity/import_kinds.hpp"

namespace doorstep::identity {

namespace {

using imports::Cells;
using imports::Fault;

std::vector<imports::Column> columns() {
  return {{.key = "username",
           .heading = {"用户名", "User name"},
           .required = true,
           .help = {"登录时用，全镇不重复，以后也不能给别人",
                    "To sign in with; nobody else in the town has it, now or later"},
           .example = {"wang.shili", "wang.shili"},
           .other_headings = {"账号", "登录名", "用户账号", "username"},
           .unique = true},
          {.key = "name",
           .heading = {"姓名", "Name"},
           .required = true,
           .help = {"对外公示的姓名", "As it is shown to residents"},
           .example = {"王示例", "王示例"},
           .other_headings = {"工作人员", "人员姓名"}},
          {.key = "post_zh",
           .heading = {"岗位", "Post"},
           .required = true,
           .help = {"亮牌上的岗位，例如：综合窗口 A 角", "As on the badge, in Chinese"},
           .example = {"综合窗口", "综合窗口"},
           .other_headings = {"职务", "岗位名称"}},
          {.key = "post_en",
           .heading = {"英文岗位", "Post in English"},
           .help = {"没有就空着，先用中文", "Leave it empty to use the Chinese one for now"},
           .example = {"One window", "One window"}}};
}

struct Traces {
  std::int64_t grants = 0, sessions = 0;
};
BOOST_DESCRIBE_STRUCT(Traces, (), (grants, sessions))

// Who was given a role, has signed in, or has something in hand in a room above, works here by now. A
// statement, and one for each room.
void require_unused(Snapshot& snapshot, StaffId staff, const std::vector<StaffUse>& uses) {
  const auto traces = snapshot.one<Traces>(
      "select (select count(*) from grants where staff = :staff) as grants,"
      " (select count(*) from sessions where staff = :staff) as sessions",
      {{"staff", staff}});
  const bool in_use =
      traces.grants > 0 || traces.sessions > 0 ||
      std::ranges::any_of(uses, [&](const StaffUse& holds) { return holds(snapshot, staff); });
  if (in_use) throw Problem{"touched_since_import"};
}

std::vector<Fault> look_up(Snapshot& snapshot, const Caller&, const Cells& cells, const imports::Above&) {
  if (!has_staff(snapshot, imports::cell(cells, "username"))) return {};
  const Problem taken{"username_taken"};
  return {{"username", {problem_detail(taken, Language::zh), problem_detail(taken, Language::en)}}};
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells,
                         const std::any& prepared) {
  const auto& post = imports::cell(cells, "post_zh");
  const auto recorded = record_staff(tx, caller,
                                     {.username = imports::cell(cells, "username"),
                                      .name = imports::cell(cells, "name"),
                                      .post = {post, imports::filled_cell(cells, "post_en").value_or(post)},
                                      .password = {}},
                                     std::any_cast<const NewHash&>(prepared));
  return {to_string(recorded.id)};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded,
         const std::vector<StaffUse>& uses) {
  const auto id = parse_id<StaffTag>(recorded.thing);
  if (!id) throw Problem{"no_such_staff"};
  require_keeper_of_accounts(tx, caller, *id);
  require_unused(tx, *id, uses);
  end_staff(tx, caller, {*id});
}

}  // namespace

imports::Kind staff_kind(const PasswordCost& cost, const std::vector<StaffUse>& uses) {
  return {
      .key = "staff",
      .name = {"工作人员", "Staff"},
      .columns = columns(),
      .may =
          [](const Caller& caller) {
            require_staff(caller);
            if (!caller.has_anywhere({Role::centre_manager, Role::administrator}))
              throw Problem{"not_allowed"};
          },
      .look_up = look_up,
      // Of a password that nobody knows: such a name answers at the door as every other does.
      .prepare = [cost]() -> std::any { return NewHash{hash_password(new_token(system_entropy()), cost)}; },
      .record = record,
      .end = [uses](Transaction& tx, const Caller& caller,
                    const imports::Recorded& recorded) { end(tx, caller, recorded, uses); }};
}

void add_import_kinds(imports::Kinds& kinds, const PasswordCost& cost, const std::vector<StaffUse>& uses) {
  kinds.add(staff_kind(cost, uses));
  kinds.add(people_kind());
}

}  // namespace doorstep::identity
