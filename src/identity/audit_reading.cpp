#include "identity/audit_reading.hpp"

#include <array>
#include <sstream>

#include "base/problem.hpp"

namespace doorstep::identity {

namespace {

struct ReadRow {
  std::int64_t id = 0;
  Instant at;
  StaffId staff;
  std::string action, subject, purpose;
  bool allowed = false;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(ReadRow, (), (id, at, staff, action, subject, purpose, allowed, name))

struct IdRow {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

// Ids grow with time, so that a moment is a place in their order.
std::int64_t first_not_before(Snapshot& snapshot, Instant moment) {
  const auto row = snapshot.maybe<IdRow>("select id from audit where at >= :moment order by at, id limit 1",
                                         {{"moment", moment}});
  return row ? row->id : INT64_MAX;
}

// From `first` on, and before `before`.
std::vector<ReadRow> rows_between(Snapshot& snapshot, const ReadAudit& wish, std::int64_t first,
                                  std::int64_t before, int limit) {
  constexpr std::string_view head =
      "select a.id, a.at, a.staff, a.action, a.subject, a.purpose, a.allowed, s.name from audit a"
      " left join staff s on s.id = a.staff where ";
  const auto rows = [&](std::string_view where, storage::Binds binds) {
    return snapshot.all<ReadRow>(std::string{head} + std::string{where}, binds);
  };
  if (wish.person)
    return rows(
        "a.id in (select distinct p.audit from audit_people p where p.audit < :before and p.audit >= :first"
        " and p.person in"
        " (select id from persons where id = :person or merged_into = :person)"
        " order by p.audit desc limit :limit) order by a.id desc",
        {{"person", *wish.person}, {"first", first}, {"before", before}, {"limit", limit}});
  if (wish.staff)
    return rows("a.staff = :staff and a.id < :before and a.id >= :first order by a.id desc limit :limit",
                {{"staff", *wish.staff}, {"first", first}, {"before", before}, {"limit", limit}});
  if (wish.refused.value_or(false))
    return rows("a.allowed = 0 and a.id < :before and a.id >= :first order by a.id desc limit :limit",
                {{"first", first}, {"before", before}, {"limit", limit}});
  return rows("a.id < :before and a.id >= :first order by a.id desc limit :limit",
              {{"first", first}, {"before", before}, {"limit", limit}});
}

std::vector<std::string> words_of(const std::string& subject) {
  std::istringstream text{subject};
  return {std::istream_iterator<std::string>{text}, {}};
}

AuditView shown(const ReadRow& row) {
  return {.at = row.at,
          .staff = row.name ? std::optional{StaffName{row.staff, *row.name}} : std::nullopt,
          .action = row.action,
          .subjects = words_of(row.subject),
          .purpose = row.purpose,
          .allowed = row.allowed};
}

void record_reading(Transaction& tx, const Caller& caller, const ReadAudit& wish, bool allowed) {
  if (wish.person)
    return audit_look_at(tx, caller, "read_audit", std::array{*wish.person}, wish.purpose, allowed);
  audit_look(tx, caller, "read_audit", wish.staff ? to_string(*wish.staff) : "", wish.purpose, allowed);
}

}  // namespace

Outcome<Page<AuditView>> read_audit(Transaction& tx, const Caller& caller, const ReadAudit& wish) {
  if (wish.person) require_person(tx, *wish.person);
  const Scope whole_town;
  if (!caller.has(Role::auditor, whole_town) && !caller.has(Role::administrator, whole_town)) {
    record_reading(tx, caller, wish, false);
    return std::unexpected(Refused{Problem{"not_allowed"}});
  }
  require_purpose(wish.purpose);
  if (wish.person.has_value() + wish.staff.has_value() + wish.refused.value_or(false) > 1)
    throw Problem{"one_filter_at_a_time"};
  const int limit = page_limit(wish.limit);
  const auto cursor = page_after(wish.cursor);
  const auto before = cursor != 0 ? cursor : wish.before ? first_not_before(tx, *wish.before) : INT64_MAX;
  const auto first = wish.since ? first_not_before(tx, *wish.since) : 0;
  auto page = page_of(
      rows_between(tx, wish, first, before, limit + 1), limit, [](const ReadRow& row) { return row.id; },
      shown);
  record_reading(tx, caller, wish, true);
  return page;
}

}  // namespace doorstep::identity
