#include "network/standing_in.hpp"

#include <algorithm>

#include "identity/grants.hpp"
#include "network/post.hpp"

namespace doorstep::network {

namespace {

struct AbsentRow {
  StaffId staff;
  bool has_left = false;
};
BOOST_DESCRIBE_STRUCT(AbsentRow, (), (staff, has_left))

struct OtherRow {
  StaffId staff, other;
};
BOOST_DESCRIBE_STRUCT(OtherRow, (), (staff, other))

struct PlaceRow {
  OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (id))

// Of several absences on that day the one that lasts longest.
std::optional<Day> away_until(const std::vector<Away>& away, StaffId staff, Day day) {
  std::optional<Day> until;
  for (const auto& one : away) {
    if (one.staff == staff && one.from <= day && day <= one.until && (!until || *until < one.until))
      until = one.until;
  }
  return until;
}

// Who has the other role, for those who are not there.
std::map<StaffId, Stead> load_people(Snapshot& snapshot, VenueId venue, const std::vector<AbsentRow>& absent,
                                     Day day) {
  std::map<StaffId, Stead> people;
  std::vector<StaffId> ids;
  for (const auto& row : absent) {
    people[row.staff].has_left = row.has_left;
    ids.push_back(row.staff);
  }
  for (const auto& row : snapshot.all<OtherRow>(
           "select h.staff, o.staff as other from post_holders h join posts p on p.id = h.post"
           " join post_holders o on o.post = h.post and o.role <> h.role"
           " where h.staff in (:staff) and p.venue = :venue and p.ended_at is null"
           " and h.from_day <= :day and (h.until_day is null or h.until_day >= :day)"
           " and o.from_day <= :day and (o.until_day is null or o.until_day >= :day) order by h.post, o.id",
           {{"staff", storage::in(ids)}, {"venue", venue}, {"day", day}})) {
    people[row.staff].others.push_back(row.other);
  }
  return people;
}

// Whoever might stand in: the others, and whom they or those who are away have named.
std::vector<StaffId> candidates_of(const Steads& steads) {
  std::set<StaffId> absent, found;
  for (const auto& [staff, stead] : steads.people) {
    absent.insert(staff);
    absent.insert(stead.others.begin(), stead.others.end());
    found.insert(stead.others.begin(), stead.others.end());
  }
  for (const auto& one : steads.away) {
    if (one.third && absent.contains(one.staff)) found.insert(*one.third);
  }
  return {found.begin(), found.end()};
}

}  // namespace

Acts who_acts(StaffId staff, const Steads& steads, Day day) {
  const auto found = steads.people.find(staff);
  const Stead stead = found == steads.people.end() ? Stead{} : found->second;
  if (!stead.has_left && !is_away(steads.away, staff, day)) return {ActsBy::themselves, staff, std::nullopt};
  const auto until = stead.has_left ? std::nullopt : away_until(steads.away, staff, day);
  const auto may = [&](StaffId one) {
    return one != staff && steads.serving.contains(one) && !is_away(steads.away, one, day);
  };
  const auto other = std::ranges::find_if(stead.others, may);
  if (other != stead.others.end()) return {ActsBy::other_role, *other, until};
  auto absent = stead.others;
  absent.insert(absent.begin(), staff);
  for (const auto each : absent) {
    for (const auto& one : steads.away) {
      if (one.staff == each && one.third && one.from <= day && day <= one.until && may(*one.third))
        return {ActsBy::third, *one.third, until};
    }
  }
  return {ActsBy::manager, std::nullopt, until};
}

std::set<StaffId> serving_at(Snapshot& snapshot, VenueId venue, const std::vector<StaffId>& staff,
                             std::initializer_list<Role> roles, Instant at) {
  std::set<OrganisationId> above;
  for (
      const auto& row : snapshot.all<PlaceRow>(
          "with recursive above (id) as (select v.organisation from venues v where v.id = :venue"
          " union select (select o.parent from organisations o where o.id = a.id) from above a where a.id is not null)"
          " select id from above where id is not null",
          {{"venue", venue}})) {
    above.insert(row.id);
  }
  std::set<StaffId> serving;
  for (const auto& grant : identity::grants_of(snapshot, staff, at)) {
    const bool there = grant.organisation ? above.contains(*grant.organisation)
                       : grant.venue      ? *grant.venue == venue
                                          : true;
    if (there && grant.from <= at && std::ranges::find(roles, grant.role) != roles.end())
      serving.insert(grant.staff.id);
  }
  return serving;
}

std::map<StaffId, Acts> stand_ins(Snapshot& snapshot, VenueId venue, const std::vector<StaffId>& staff,
                                  std::initializer_list<Role> roles, Instant at) {
  const auto day = today(snapshot, at);
  const auto absent = snapshot.all<AbsentRow>(
      "select s.id as staff, case when s.ended_at is null then 0 else 1 end as has_left from staff s"
      " where s.id in (:staff) and (s.ended_at is not null or exists (select 1 from absences a"
      " where a.staff = s.id and a.from_day <= :day and a.until_day >= :day and a.cancelled_at is null))",
      {{"staff", storage::in(staff)}, {"day", day}});
  if (absent.empty()) return {};
  Steads steads{.people = load_people(snapshot, venue, absent, day),
                .away = load_away(snapshot, day, day),
                .serving = {}};
  steads.serving = serving_at(snapshot, venue, candidates_of(steads), roles, at);
  std::map<StaffId, Acts> acts;
  for (const auto& row : absent) acts.emplace(row.staff, who_acts(row.staff, steads, day));
  return acts;
}

}  // namespace doorstep::network
