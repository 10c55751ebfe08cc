#include "cases/acting.hpp"

namespace doorstep::cases {

namespace {

std::vector<StaffId> people_of(const StoredCase& row) {
  std::vector<StaffId> people{row.first_contact};
  if (row.handler && *row.handler != row.first_contact) people.push_back(*row.handler);
  return people;
}

std::optional<StandIn> stand_in_for(const StoredCase& row, StaffId staff,
                                    const std::map<StaffId, identity::Officer>& officers) {
  const auto found = row.stand_ins.find(staff);
  if (found == row.stand_ins.end()) return std::nullopt;
  const auto& acts = found->second;
  if (!acts.staff) return StandIn{{"本场所负责人", "The venue's manager"}, std::nullopt, acts.until};
  const auto& officer = officers.at(*acts.staff);
  return StandIn{{officer.name, officer.name}, officer, acts.until};
}

}  // namespace

std::map<StaffId, network::Acts> stand_ins_of(Snapshot& snapshot, const StoredCase& row, Instant at) {
  return network::stand_ins(snapshot, row.venue, people_of(row), at_cases, at);
}

ShownPeople shown_people(Snapshot& snapshot, const StoredCase& row) {
  auto people = people_of(row);
  for (const auto& [staff, acts] : row.stand_ins) {
    if (acts.staff) people.push_back(*acts.staff);
  }
  const auto officers = identity::officers(snapshot, people);
  ShownPeople shown{.first_contact = officers.at(row.first_contact), .handler = {}, .acting = {}};
  shown.acting.first_contact = stand_in_for(row, row.first_contact, officers);
  if (!row.handler) return shown;
  shown.handler = officers.at(*row.handler);
  shown.acting.handler = stand_in_for(row, *row.handler, officers);
  return shown;
}

}  // namespace doorstep::cases
