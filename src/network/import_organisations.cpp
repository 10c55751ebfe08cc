// Organisations from a sheet: each row by the command that the page uses.
#include <algorithm>
#include <set>

#include "base/problem.hpp"
#include "network/import_kinds.hpp"
#include "network/organisation.hpp"

namespace doorstep::network {

namespace {

using imports::Cells;
using imports::Fault;

struct NamedRow {
  OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id))

std::vector<imports::Column> columns() {
  return {{.key = "name_zh",
           .heading = {"名称", "Name"},
           .required = true,
           .help = {"平时怎么叫，就怎么写", "As people call it, in Chinese"},
           .example = {"示例社区第一党支部", "示例社区第一党支部"},
           .other_headings = {"组织名称", "单位名称", "支部名称", "简称"}},
          {.key = "name_en",
           .heading = {"英文名称", "English name"},
           .help = {"没有就空着，先用中文名称", "Leave it empty to use the Chinese one for now"},
           .example = {"Sample community, first branch", "Sample community, first branch"}},
          {.key = "kind",
           .heading = {"类型", "Kind"},
           .required = true,
           .help = {"从下拉列表里选", "Choose from the list"},
           .example = {"党支部", "Branch"},
           .choices = choices_of<OrganisationKind>(),
           .other_headings = {"组织类型", "单位类型", "类别"}},
          {.key = "parent",
           .heading = {"上级组织", "Stands below"},
           .help = {"写名称或全称；写在前面几行的组织也可以",
                    "By its name or official name; one further up in this sheet will do"},
           .example = {"示例社区党总支", "示例社区党总支"},
           .other_headings = {"上级", "上级党组织", "所属组织", "隶属"}},
          {.key = "official_name",
           .heading = {"全称", "Official name"},
           .help = {"与公章一字不差", "To the letter, as on its seal"},
           .example = {"中共示例镇示例社区第一支部委员会", "中共示例镇示例社区第一支部委员会"},
           .other_headings = {"组织全称", "规范全称", "党组织全称"},
           .unique = true}};
}

// The same below the same one: the sheet was imported before, or somebody recorded it. One statement.
void require_new(Snapshot& snapshot, const std::string& name, const std::optional<OrganisationId>& parent) {
  const auto known = parent ? snapshot.value<std::int64_t>(
                                  "select count(*) from organisations"
                                  " where name_zh = :name and parent = :parent and ended_at is null",
                                  {{"name", name}, {"parent", *parent}})
                            : snapshot.value<std::int64_t>(
                                  "select count(*) from organisations"
                                  " where name_zh = :name and parent is null and ended_at is null",
                                  {{"name", name}});
  if (known > 0) throw Problem{"organisation_known", {}, "name_zh"};
}

// The tree in the caller's memory is from before this command, which may have put the parent there. A role at
// one above it is a role at it. One statement, and only when memory says no.
Caller reaching(Snapshot& snapshot, const Caller& caller, OrganisationId parent) {
  auto reaching = caller;
  if (!caller.staff || caller.has(Role::centre_manager, parent)) return reaching;
  std::set<OrganisationId> above;
  for (
      const auto& row : snapshot.all<NamedRow>(
          "with recursive above (id) as (select cast(:one as INT)"
          " union select (select o.parent from organisations o where o.id = a.id) from above a where a.id is not null)"
          " select id from above where id is not null",
          {{"one", parent}}))
    above.insert(row.id);
  for (const auto& grant : caller.staff->grants) {
    const auto* place = std::get_if<OrganisationId>(&grant.scope);
    if (place != nullptr && above.contains(*place))
      reaching.staff->grants.push_back({grant.role, parent, grant.until});
  }
  return reaching;
}

std::vector<Fault> look_up(Snapshot& snapshot, const Caller& caller, const Cells& cells,
                           const imports::Above& above) {
  try {
    std::optional<OrganisationId> parent;
    if (const auto name = imports::filled_cell(cells, "parent")) {
      parent = organisation_named(snapshot, *name, "parent");
      if (!parent && (above("official_name", *name) || above("name_zh", *name))) return {};
      if (!parent) throw Problem{"no_such_organisation", {}, "parent"};
    }
    require_role(caller, {Role::centre_manager}, parent ? Scope{*parent} : Scope{WholeTown{}});
    require_new(snapshot, imports::cell(cells, "name_zh"), parent);
  } catch (const Problem& problem) {
    return as_faults(problem);
  }
  return {};
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  RecordOrganisation wish{
      .kind = *enum_named<OrganisationKind>(imports::cell(cells, "kind")),
      .parent = {},
      .name = {imports::cell(cells, "name_zh"),
               imports::filled_cell(cells, "name_en").value_or(imports::cell(cells, "name_zh"))},
      .official_name = imports::filled_cell(cells, "official_name")};
  if (const auto parent = imports::filled_cell(cells, "parent")) {
    wish.parent = organisation_named(tx, *parent, "parent");
    if (!wish.parent) throw Problem{"no_such_organisation", {}, "parent"};
  }
  require_new(tx, wish.name.zh, wish.parent);
  const auto recorded =
      record_organisation(tx, wish.parent ? reaching(tx, caller, *wish.parent) : caller, wish);
  return {to_string(recorded.id), recorded.version};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
  const auto id = parse_id<OrganisationTag>(recorded.thing);
  if (!id) throw Problem{"no_such_organisation"};
  end_organisation(tx, caller, {*id, recorded.version});
}

}  // namespace

imports::Kind organisations_kind() {
  return {.key = "organisations",
          .name = {"组织", "Organisations"},
          .columns = columns(),
          .may = require_manager_somewhere,
          .look_up = look_up,
          .record = record,
          .end = end};
}

}  // namespace doorstep::network
