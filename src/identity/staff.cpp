#include "base/problem.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

namespace {

struct OfficerRow {
  std::string name;
  std::string post_zh, post_en;
};
BOOST_DESCRIBE_STRUCT(OfficerRow, (), (name, post_zh, post_en))

struct GrantTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "gr";
};

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

bool has_staff(Snapshot& snapshot, const std::string& username) {
  return snapshot.value<std::int64_t>("select count(*) from staff where username = :username",
                                      {{"username", username}}) > 0;
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
  // One grant an account here: a new one takes the place of the old, which stays as history.
  tx.run("update grants set until_at = :at where staff = :staff and until_at is null",
         {{"at", at}, {"staff", id}});
  tx.run("insert into grants (id, staff, role, venue, from_at) values (:id, :staff, :role, :venue, :at)",
         {{"id", tx.new_id<Id<GrantTag>>()},
          {"staff", id},
          {"role", staff.role},
          {"venue", staff.venue},
          {"at", at}});
  return id;
}

}  // namespace doorstep::identity
