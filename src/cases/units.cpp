#include "cases/units.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/ending.hpp"
#include "cases/stored_case.hpp"
#include "network/organisation.hpp"

namespace doorstep::cases {

namespace {

constexpr std::initializer_list<Role> at_units = {Role::branch_secretary, Role::committee_officer};

struct UnitTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "cu";
};

struct NamedRow {
  std::string unit;
  std::optional<OrganisationId> organisation;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (unit, organisation, name))

struct NamedUnitRow {
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(NamedUnitRow, (), (organisation))

struct WaitingRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, body, step, acting_unit;
  OrganisationId organisation;
  std::string organisation_name, first_contact;
  std::optional<std::string> handler;
  std::string venue_zh, venue_en;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (),
                      (id, version, reference, body, step, acting_unit, organisation, organisation_name,
                       first_contact, handler, venue_zh, venue_en, opened_at, promised_by))

// Where the caller acts for units: everywhere, or at these organisations and all below them.
struct ActsAt {
  bool everywhere = false;
  std::vector<OrganisationId> organisations;
};

ActsAt acts_at(const Staff& staff) {
  ActsAt acts;
  for (const auto& grant : staff.grants) {
    const bool acts_for_units =
        grant.role == Role::administrator || std::ranges::find(at_units, grant.role) != at_units.end();
    if (!acts_for_units) continue;
    if (std::holds_alternative<WholeTown>(grant.scope)) acts.everywhere = true;
    if (const auto* organisation = std::get_if<OrganisationId>(&grant.scope))
      acts.organisations.push_back(*organisation);
  }
  return acts;
}

std::vector<WaitingRow> waiting_at(Snapshot& snapshot, const ActsAt& acts, CaseId before, int limit) {
  if (acts.everywhere) {
    return snapshot.all<WaitingRow>(
        "with recursive under (id) as (select id from organisations where parent is null"
        " union select o.id from organisations o join under u on o.parent = u.id)"
        " select c.id, c.version, c.reference, d.body, c.step, c.acting_unit, c.waits_for as organisation,"
        " coalesce(w.official_name, w.name_zh) as organisation_name, f.name as first_contact, h.name as handler,"
        " v.name_zh as venue_zh, v.name_en as venue_en, c.opened_at, c.promised_by"
        " from under u join cases c on c.waits_for = u.id join organisations w on w.id = c.waits_for"
        " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
        " left join staff h on h.id = c.handler join venues v on v.id = c.venue"
        " where c.id < :before order by c.id desc limit :limit",
        {{"before", before}, {"limit", limit}});
  }
  return snapshot.all<WaitingRow>(
      "with recursive under (id) as (select id from organisations where id in (:organisations)"
      " union select o.id from organisations o join under u on o.parent = u.id)"
      " select c.id, c.version, c.reference, d.body, c.step, c.acting_unit, c.waits_for as organisation,"
      " coalesce(w.official_name, w.name_zh) as organisation_name, f.name as first_contact, h.name as handler,"
      " v.name_zh as venue_zh, v.name_en as venue_en, c.opened_at, c.promised_by"
      " from under u join cases c on c.waits_for = u.id join organisations w on w.id = c.waits_for"
      " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
      " left join staff h on h.id = c.handler join venues v on v.id = c.venue"
      " where c.id < :before order by c.id desc limit :limit",
      {{"organisations", storage::in(acts.organisations)}, {"before", before}, {"limit", limit}});
}

UnitCaseRow view(const WaitingRow& row) {
  const auto matter = read_json<MatterDefinition>(row.body);
  UnitCaseRow shown{.id = row.id,
                    .version = row.version,
                    .reference = row.reference,
                    .matter = {matter.key, matter.name},
                    .step = step_view(matter, row.step),
                    .next_steps = {},
                    .unit = {row.acting_unit, {}, row.organisation, row.organisation_name},
                    .first_contact = row.first_contact,
                    .handler = row.handler,
                    .venue = {row.venue_zh, row.venue_en},
                    .opened_at = row.opened_at,
                    .promised_by = row.promised_by};
  if (const auto* unit = find_unit(matter, row.acting_unit)) shown.unit.unit = unit->name;
  if (const auto* step = find_step(matter, row.step)) {
    for (const auto& next : step->next) shown.next_steps.push_back(step_view(matter, next));
  }
  return shown;
}

// What it is called to the letter; throws Problem unit_unclear, no_such_organisation, organisation_ended.
std::string exact_name(Snapshot& snapshot, const NameUnit& wish) {
  if (wish.organisation.has_value() == wish.name.has_value())
    throw Problem{"unit_unclear", {}, "organisation"};
  if (wish.name) return *wish.name;
  const auto organisation = network::require_organisation(snapshot, *wish.organisation, "organisation");
  network::require_live(organisation, "organisation");
  return organisation.official_name.value_or(organisation.name.zh);
}

}  // namespace

CaseView name_unit(Transaction& tx, const Caller& caller, const NameUnit& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_handler(caller, row);
  require_version(row.version, wish.version);
  require_running(row);
  if (find_unit(matter_by_hash(tx, row.definition), wish.unit) == nullptr)
    throw Problem{"no_such_unit", {}, "unit"};
  const auto name = exact_name(tx, wish);
  tx.run("update case_units set ended_at = :at where case_id = :case and unit = :unit and ended_at is null",
         {{"at", caller.at}, {"case", row.id}, {"unit", wish.unit}});
  tx.run(
      "insert into case_units (id, case_id, unit, organisation, name, named_by, named_at)"
      " values (:id, :case, :unit, :organisation, :name, :by, :at)",
      {{"id", tx.new_id<Id<UnitTag>>()},
       {"case", row.id},
       {"unit", wish.unit},
       {"organisation", wish.organisation},
       {"name", wish.name},
       {"by", require_staff(caller).id},
       {"at", caller.at}});
  const auto waits_for = row.acting_unit == wish.unit ? wish.organisation : row.waits_for;
  tx.run("update cases set waits_for = :waits_for, version = version + 1 where id = :id",
         {{"waits_for", waits_for}, {"id", row.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::unit_named, .step = wish.unit, .note = name},
              caller);
  tell_changed(tx, row);
  return read_case(tx, caller, {row.id});
}

Page<UnitCaseRow> list_unit_cases(Snapshot& snapshot, const Caller& caller, const ListUnitCases& wish) {
  const auto acts = acts_at(require_staff(caller));
  const int limit = page_limit(wish.limit);
  const auto after = page_after(wish.cursor);
  const auto rows = waiting_at(snapshot, acts, CaseId{after == 0 ? INT64_MAX : after}, limit + 1);
  return page_of(rows, limit, [](const WaitingRow& row) { return row.id.value; }, view);
}

Nothing advance_unit_case(Transaction& tx, const Caller& caller, const AdvanceUnitCase& wish) {
  const auto row = find_case(tx, wish.id);
  if (!row || !row->waits_for) throw Problem{"no_such_case"};
  require_role(caller, at_units, *row->waits_for);
  require_version(row->version, wish.version);
  const auto matter = matter_by_hash(tx, row->definition);
  const auto& to = require_next(matter, *row, wish.to);
  keep_refusal(tx, *row, matter, to, wish.refusal);
  enter_step(tx, caller, *row, to,
             {.case_id = row->id, .kind = HistoryKind::advanced, .step = to.key, .note = wish.note});
  return {};
}

std::vector<CaseUnit> units_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter) {
  std::map<std::string, NamedRow> named;
  for (
      auto& row : snapshot.all<NamedRow>(
          "select u.unit, u.organisation, coalesce(o.official_name, o.name_zh, u.name) as name from case_units u"
          " left join organisations o on o.id = u.organisation where u.case_id = :case and u.ended_at is null",
          {{"case", id}})) {
    named.emplace(row.unit, row);
  }
  std::vector<CaseUnit> units;
  for (const auto& unit : matter.units.value_or(std::vector<Unit>{})) {
    CaseUnit shown{unit.key, unit.name, std::nullopt, std::nullopt};
    if (const auto found = named.find(unit.key); found != named.end()) {
      shown.organisation = found->second.organisation;
      shown.name = found->second.name;
    }
    units.push_back(std::move(shown));
  }
  return units;
}

std::optional<CaseUnit> waited_for(const std::vector<CaseUnit>& units,
                                   const std::optional<std::string>& acting) {
  if (!acting) return std::nullopt;
  const auto found = std::ranges::find(units, *acting, &CaseUnit::key);
  return found == units.end() ? std::nullopt : std::optional{*found};
}

std::optional<ActingUnit> require_unit(Snapshot& snapshot, CaseId id, const StepDefinition& step) {
  if (step.actor != Actor::unit || !step.unit) return std::nullopt;
  const auto named = snapshot.maybe<NamedUnitRow>(
      "select organisation from case_units where case_id = :case and unit = :unit and ended_at is null",
      {{"case", id}, {"unit", *step.unit}});
  if (!named) throw Problem{"unit_not_named", {}, "to"};
  return ActingUnit{*step.unit, named->organisation};
}

}  // namespace doorstep::cases
