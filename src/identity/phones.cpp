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

// Whoever holds a lost phone is out, whoever else shares it.
void end_sessions_on_them(Transaction& tx, PersonId person, Instant at) {
  tx.run(
      "update resident_sessions set ended_at = :at where ended_at is null and resident in"
      " (select resident from resident_people where ended_at = :at and person in"
      " (select id from persons where id = :person or merged_into = :person))",
      {{"at", at}, {"person", person}});
}

void tell_phone_on_record(Transaction& tx, const Caller& caller, PersonId person, const std::string& linked) {
  auto facts = facts_shown(tx, std::array{person}, std::array{Fact::phone});
  const auto known = facts[person].find(Fact::phone);
  if (known == facts[person].end() || known->second == linked) return;
  tx.send(
      {.channel = Channel::phone,
       .recipient = known->second,
       .subject = "phone linked",
       .body =
           caller.language == Language::zh
               ? "有一部手机刚在窗口关联到你的登记，可以查看你的信息。如果不是你本人办的，请马上到窗口或打电话给我们。"
               : "Another phone was just linked to your record at a window and can see your details. If that was not "
                 "you, please come to a window or call us at once.",
       .deliver_before = {}},
      caller.at);
}

}  // namespace

void require_at_window(const Caller& caller) {
  require_staff(caller);
  if (!caller.has_at_a_venue({Role::window_officer, Role::centre_manager, Role::administrator}))
    throw Problem{"not_allowed"};
}

Outcome<Nothing> link_phone(Transaction& tx, const Caller& caller, const LinkPhone& wish) {
  require_at_window(caller);
  const auto row = require_living_record(tx, wish.person);
  const auto phone = checked_form(Fact::phone, wish.phone);
  if (phone.empty()) throw Problem{"invalid_phone", {}, "phone"};
  if (auto refused = refused_code(tx, phone, wish.code, caller.at))
    return std::unexpected(*std::move(refused));
  audit_look_at(tx, caller, "link_phone", std::array{row.id}, "linking a phone");
  link(tx, caller, resident_of(tx, phone, caller.at), row.id);
  tell_phone_on_record(tx, caller, row.id, phone);
  return Nothing{};
}

Nothing unlink_phones(Transaction& tx, const Caller& caller, const UnlinkPhones& wish) {
  require_at_window(caller);
  const auto person = require_living_record(tx, wish.person).id;
  audit_look_at(tx, caller, "unlink_phones", std::array{person}, "taking phones away");
  end_links(tx, person, caller.at);
  end_sessions_on_them(tx, person, caller.at);
  return {};
}

bool speaks_for(Snapshot& snapshot, ResidentId resident, PersonId person) {
  return speaks_for_one_of(snapshot, resident, {person});
}

bool speaks_for_one_of(Snapshot& snapshot, ResidentId resident, const std::vector<PersonId>& people) {
  return snapshot.value<std::int64_t>(
             "select count(*) from resident_people l join persons p on p.id = l.person where l.resident = :resident"
             " and l.ended_at is null and (p.id in (:people) or p.merged_into in (:people))",
             {{"resident", resident}, {"people", storage::in(people)}}) > 0;
}

bool have_phones(Snapshot& snapshot, const std::vector<PersonId>& people) {
  return snapshot.value<std::int64_t>(
             "select count(*) from resident_people where ended_at is null and person in"
             " (select id from persons where id in (:people) or merged_into in (:people))",
             {{"people", storage::in(people)}}) > 0;
}

void link(Transaction& tx, const Caller& caller, ResidentId resident, PersonId person) {
  if (speaks_for(tx, resident, person)) return;
  tx.run(
      "insert into resident_people (id, resident, person, since, linked_by)"
      " values (:id, :resident, :person, :at, :by)",
      {{"id", tx.new_id<ResidentLinkId>()},
       {"resident", resident},
       {"person", person},
       {"at", caller.at},
       {"by", caller.staff_id()}});
}

void end_links_since(Transaction& tx, PersonId person, Instant since, Instant at) {
  tx.run(
      "update resident_people set ended_at = :at where person = :person and since >= :since and ended_at is null",
      {{"at", at}, {"person", person}, {"since", since}});
}

void end_links(Transaction& tx, PersonId person, Instant at) {
  tx.run(
      "update resident_people set ended_at = :at where ended_at is null and person in"
      " (select id from persons where id = :person or merged_into = :person)",
      {{"at", at}, {"person", person}});
  tx.run(
      "update residents set phone_mark = null, phone = null, city_mark = null, ended_at = :at where ended_at is null"
      " and id in (select resident from resident_people where ended_at = :at and person in"
      " (select id from persons where id = :person or merged_into = :person))"
      " and not exists (select 1 from resident_people p where p.resident = residents.id and p.ended_at is null)",
      {{"at", at}, {"person", person}});
}

}  // namespace doorstep::identity
