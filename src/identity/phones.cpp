#include "identity/phones.hpp"

#include <array>

#include "base/problem.hpp"
#include "identity/resident.hpp"

namespace doorstep::identity {

namespace {

struct ResidentLinkTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "rl";
};
using ResidentLinkId = Id<ResidentLinkTag>;

}  // namespace

Nothing link_phone(Transaction& tx, const Caller& caller, const LinkPhone& wish) {
  require_server(caller);
  require_living_record(tx, wish.person);
  const auto phone = checked_form(Fact::phone, wish.phone);
  if (phone.empty()) throw Problem{"invalid_phone", {}, "phone"};
  audit_look_at(tx, caller, "link_phone", std::array{wish.person}, "linking a phone");
  link(tx, caller, resident_of(tx, phone, caller.at), wish.person);
  return {};
}

Nothing unlink_phones(Transaction& tx, const Caller& caller, const UnlinkPhones& wish) {
  require_server(caller);
  require_living_record(tx, wish.person);
  audit_look_at(tx, caller, "unlink_phones", std::array{wish.person}, "taking phones away");
  end_links(tx, wish.person, caller.at);
  return {};
}

void link(Transaction& tx, const Caller& caller, ResidentId resident, PersonId person) {
  const auto linked = tx.value<std::int64_t>(
      "select count(*) from resident_people where resident = :resident and person = :person and ended_at is null",
      {{"resident", resident}, {"person", person}});
  if (linked > 0) return;
  tx.run(
      "insert into resident_people (id, resident, person, since, linked_by)"
      " values (:id, :resident, :person, :at, :by)",
      {{"id", tx.new_id<ResidentLinkId>()},
       {"resident", resident},
       {"person", person},
       {"at", caller.at},
       {"by", caller.staff ? std::optional{caller.staff->id} : std::nullopt}});
}

void end_links(Transaction& tx, PersonId person, Instant at) {
  tx.run("update resident_people set ended_at = :at where person = :person and ended_at is null",
         {{"at", at}, {"person", person}});
  tx.run(
      "update residents set phone_mark = null, phone = null, ended_at = :at where ended_at is null"
      " and id in (select resident from resident_people where person = :person)"
      " and not exists (select 1 from resident_people p where p.resident = residents.id and p.ended_at is null)",
      {{"at", at}, {"person", person}});
}

}  // namespace doorstep::identity
