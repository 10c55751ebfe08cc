#include "identity/staff.hpp"

#include <map>
#include <set>

#include "base/problem.hpp"
#include "identity/passkeys.hpp"
#include "identity/second_factor.hpp"

namespace doorstep::identity {

namespace {

struct OfficerRow {
  std::string name;
  std::string post_zh, post_en;
};
BOOST_DESCRIBE_STRUCT(OfficerRow, (), (name, post_zh, post_en))

struct KnownOfficerRow : OfficerRow {
  StaffId id;
};
BOOST_DESCRIBE_STRUCT(KnownOfficerRow, (OfficerRow), (id))

struct StaffRow {
  StaffId id;
  std::string username;
  std::string name;
  std::string post_zh, post_en;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (id, username, name, post_zh, post_en))

struct NamedRow {
  StaffId id;
  bool exact = false;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, exact))

}  // namespace

Officer officer(Snapshot& snapshot, StaffId id) {
  const auto row =
      snapshot.one<OfficerRow>("select name, post_zh, post_en from staff where id = :id", {{"id", id}});
  return {row.name, {row.post_zh, row.post_en}};
}

std::optional<Officer> officer(Snapshot& snapshot, const std::optional<StaffId>& id) {
  if (!id) return std::nullopt;
  return officer(snapshot, *id);
}

std::map<StaffId, Officer> officers(Snapshot& snapshot, const std::vector<StaffId>& staff) {
  std::map<StaffId, Officer> found;
  for (auto& row :
       snapshot.all<KnownOfficerRow>("select name, post_zh, post_en, id from staff where id in (:staff)",
                                     {{"staff", storage::in(staff)}})) {
    found.emplace(row.id, Officer{std::move(row.name), {std::move(row.post_zh), std::move(row.post_en)}});
  }
  return found;
}

std::map<StaffId, StaffName> names_of(Snapshot& snapshot, const std::vector<StaffId>& staff) {
  // A list has its people many times.
  const std::set<StaffId> once{staff.begin(), staff.end()};
  std::map<StaffId, StaffName> names;
  for (auto& row : snapshot.all<StaffName>("select id, name from staff where id in (:staff)",
                                           {{"staff", storage::in(once)}})) {
    names.emplace(row.id, std::move(row));
  }
  return names;
}

std::optional<StaffId> working_here_as(Snapshot& snapshot, const std::string& name) {
  const auto found = snapshot.all<NamedRow>(
      "select id, case when username = :name then 1 else 0 end as exact from staff"
      " where (username = :name or name = :name) and ended_at is null order by exact desc, id limit 2",
      {{"name", name}});
  if (found.empty()) return std::nullopt;
  if (found.size() > 1 && found[0].exact == found[1].exact) throw Problem{"several_such_staff", {}, "staff"};
  return found[0].id;
}

bool has_staff(Snapshot& snapshot, const std::string& username) {
  return snapshot.value<std::int64_t>("select count(*) from staff where username = :username",
                                      {{"username", username}}) > 0;
}

bool works_here(Snapshot& snapshot, StaffId id) {
  return snapshot.value<std::int64_t>("select count(*) from staff where id = :id and ended_at is null",
                                      {{"id", id}}) > 0;
}

Page<StaffView> list_staff(Snapshot& snapshot, const Caller& caller, const ListStaff& wish) {
  require_staff(caller);
  if (!caller.has_anywhere({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<StaffRow>(
      "select id, username, name, post_zh, post_en from staff where ended_at is null and id > :after"
      " order by id limit :limit",
      {{"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  std::vector<StaffId> listed;
  for (const auto& row : rows) listed.push_back(row.id);
  std::map<StaffId, std::vector<GrantView>> grants;
  for (auto& grant : grants_of(snapshot, listed, caller.at)) {
    if (caller.has(Role::centre_manager, scope_of(grant))) grants[grant.staff.id].push_back(std::move(grant));
  }
  return page_of(
      rows, limit, [](const StaffRow& row) { return row.id.value; },
      [&](const StaffRow& row) {
        return StaffView{.id = row.id,
                         .username = row.username,
                         .name = row.name,
                         .post = {row.post_zh, row.post_en},
                         .grants = grants[row.id]};
      });
}

StaffId put_staff(Transaction& tx, const NewStaff& staff, const std::string& password_hash, Instant at) {
  const auto id = tx.value<StaffId>(
      "insert into staff (id, username, name, post_zh, post_en, password_hash, created_at)"
      " values (:id, :username, :name, :post_zh, :post_en, :password_hash, :at)"
      " on conflict (username) do update set name = excluded.name, post_zh = excluded.post_zh,"
      " post_en = excluded.post_en, password_hash = excluded.password_hash"
      " returning id",
      {{"id", tx.new_id<StaffId>()},
       {"username", staff.username},
       {"name", staff.name},
       {"post_zh", staff.post.zh},
       {"post_en", staff.post.en},
       {"password_hash", password_hash},
       {"at", at}});
  // Whoever may write to the town's database opens the account anew, also to somebody who lost the phone.
  forget_second_factor(tx, id);
  end_passkeys_of(tx, id, at);
  // A new grant takes the place of those that the account has, which stay as history.
  end_grants_of(tx, id, std::nullopt, at);
  put_grant(tx,
            {.staff = id, .role = staff.role, .scope = staff.scope, .from = at, .until = {}, .given_by = {}});
  return id;
}

}  // namespace doorstep::identity
