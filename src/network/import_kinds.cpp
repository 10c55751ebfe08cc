#include "network/import_kinds.hpp"

#include <utility>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct NamedRow {
  OrganisationId id;
  bool official = false;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, official))

struct VenueNamedRow {
  VenueId id;
  bool ended = false;
};
BOOST_DESCRIBE_STRUCT(VenueNamedRow, (), (id, ended))

}  // namespace

void require_manager_somewhere(const Caller& caller) {
  require_staff(caller);
  if (!caller.has_anywhere({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
}

std::optional<OrganisationId> organisation_named(Snapshot& snapshot, const std::string& name,
                                                 const char* column) {
  const auto found = snapshot.all<NamedRow>(
      "select id, case when official_name = :name then 1 else 0 end as official from organisations"
      " where (official_name = :name or name_zh = :name) and ended_at is null order by official desc, id limit 2",
      {{"name", name}});
  if (found.empty()) return std::nullopt;
  if (found.size() > 1 && found[0].official == found[1].official)
    throw Problem{"several_such_organisations", {}, column};
  return found[0].id;
}

std::optional<VenueId> venue_named(Snapshot& snapshot, const imports::Cells& cells, const char* column) {
  const auto name = imports::filled_cell(cells, column);
  if (!name) return std::nullopt;
  const auto found = snapshot.all<VenueNamedRow>(
      "select id, case when ended_at is null then 0 else 1 end as ended from venues where name_zh = :name"
      " order by ended, id limit 2",
      {{"name", *name}});
  if (found.empty()) throw Problem{"no_such_venue", {}, column};
  if (found.size() > 1 && found[0].ended == found[1].ended) throw Problem{"several_such_venues", {}, column};
  return found[0].id;
}

std::vector<imports::Fault> as_faults(const Problem& problem) {
  return {{problem.path, {problem_detail(problem, Language::zh), problem_detail(problem, Language::en)}}};
}

imports::Kind kind_of(SheetOfPeople sheet) {
  const auto fact = sheet.fact;
  return {.key = std::move(sheet.key),
          .name = std::move(sheet.name),
          .columns = std::move(sheet.columns),
          .may = identity::may_import_people,
          .check = std::move(sheet.check),
          .look_up = [stored = sheet.stored](Snapshot& snapshot, const Caller& caller,
                                             const imports::Cells& cells,
                                             const imports::Above&) -> std::vector<imports::Fault> {
            try {
              stored(snapshot, caller, cells);
            } catch (const Problem& problem) {
              return as_faults(problem);
            }
            return {};
          },
          .record =
              [stored = sheet.stored, fact](Transaction& tx, const Caller& caller,
                                            const imports::Cells& cells, const std::any&) {
                const auto value = stored(tx, caller, cells);
                return identity::record_fact(tx, caller, identity::person_in(cells), fact, value);
              },
          .end =
              [fact](Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
                identity::take_fact_back(tx, caller, recorded, fact);
              },
          .on_look = identity::look_through_people};
}

void add_import_kinds(imports::Kinds& kinds, const std::vector<VenueUse>& uses) {
  kinds.add(organisations_kind());
  kinds.add(venues_kind(uses));
  kinds.add(roster_kind());
  kinds.add(past_activities_kind());
  kinds.add(volunteers_kind());
  kinds.add(members_kind());
}

}  // namespace doorstep::network
