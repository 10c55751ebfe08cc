#include "identity/own_people.hpp"

#include <algorithm>
#include <array>

#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "identity/erasure.hpp"
#include "identity/phones.hpp"
#include "identity/resident.hpp"
#include "identity/sign_in_tries.hpp"

namespace doorstep::identity {

namespace {

struct OwnRow {
  PersonId root;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (root))

struct LookRow {
  std::int64_t id = 0;
  Instant at;
  std::string action, purpose;
  bool allowed = false;
  std::optional<ResidentId> resident;
  std::optional<std::string> name, post_zh, post_en;
};
BOOST_DESCRIBE_STRUCT(LookRow, (), (id, at, action, purpose, allowed, resident, name, post_zh, post_en))

// Who share one phone number, as far as they are asked through.
constexpr int sharing_most = 20;
// How many of a phone's people are asked through for a name that is said again.
constexpr int known_most = 100;

std::vector<PersonId> own_people(Snapshot& snapshot, ResidentId resident, PersonId after, int limit) {
  std::vector<PersonId> people;
  for (const auto& row : snapshot.all<OwnRow>(
           "select distinct coalesce(p.merged_into, p.id) as root from resident_people l"
           " join persons p on p.id = l.person where l.resident = :resident and l.ended_at is null"
           " and coalesce(p.merged_into, p.id) > :after order by root limit :limit",
           {{"resident", resident}, {"after", after}, {"limit", limit}}))
    people.push_back(row.root);
  return people;
}

// Nobody is without a name.
std::string checked_name(const std::string& typed) {
  auto name = checked_form(Fact::name, typed);
  if (name.empty()) throw Problem{"too_short", {"1"}, "name"};
  return name;
}

bool has(const Facts& facts, Fact kind, const std::string& value) {
  const auto found = facts.find(kind);
  return found != facts.end() && found->second == value;
}

bool has_number_ending(const Facts& facts, const std::string& tail) {
  const auto found = facts.find(Fact::identity_number);
  return found != facts.end() && found->second.ends_with(tail);
}

// Who are on record with that phone and name. A phone that a merged record had, and that is not shown any
// more, may be somebody else's by now. Two statements.
std::map<PersonId, Facts> of_that_name(Snapshot& snapshot, const std::string& phone,
                                       const std::string& name) {
  const auto people = found_by(snapshot, Fact::phone, phone, PersonId{0}, sharing_most);
  auto facts = facts_shown(snapshot, people, std::array{Fact::name, Fact::phone, Fact::identity_number});
  std::erase_if(facts, [&](const auto& person) {
    return !has(person.second, Fact::name, name) || !has(person.second, Fact::phone, phone);
  });
  return facts;
}

// Somebody on record whose phone, name and number these are. A wrong guess is recorded at whom it was about,
// and a phone has few of them.
Outcome<PersonId> claimed(Transaction& tx, const Caller& caller, const std::string& phone,
                          const std::string& name, const std::string& last_four) {
  const auto tries = require_patience(tx, "claim", phone, caller.at);
  if (tries.failed >= claims_a_day) throw Problem{"too_many_attempts"};
  std::vector<PersonId> meant;
  for (const auto& [person, facts] : of_that_name(tx, phone, name)) {
    if (has_number_ending(facts, last_four)) {
      forget_tries(tx, tries);
      audit_look_at(tx, caller, "record_self", std::array{person}, by_themselves);
      return person;
    }
    meant.push_back(person);
  }
  audit_look_at(tx, caller, "record_self", meant, by_themselves, false);
  return std::unexpected(wrong_try(tx, tries, caller.at, "not_on_record"));
}

// The account's own; of an account of the city the one that is given with its code, which is not used up yet.
// At most four statements.
Outcome<std::string> phone_behind(Transaction& tx, const Caller& caller,
                                  const std::optional<std::string>& own, const RecordSelf& wish) {
  if (own) return *own;
  if (!wish.phone || !wish.code) throw Problem{"phone_needed"};
  auto phone = checked_form(Fact::phone, *wish.phone);
  if (phone.empty()) throw Problem{"invalid_phone", {}, "phone"};
  if (auto refused = wrong_code(tx, phone, *wish.code, caller.at))
    return std::unexpected(*std::move(refused));
  return phone;
}

std::optional<PersonId> known_already(Snapshot& snapshot, ResidentId resident, const std::string& name) {
  const auto facts =
      facts_shown(snapshot, own_people(snapshot, resident, PersonId{0}, known_most), std::array{Fact::name});
  const auto found =
      std::ranges::find_if(facts, [&](const auto& person) { return has(person.second, Fact::name, name); });
  return found == facts.end() ? std::nullopt : std::optional{found->first};
}

void require_links_left(Snapshot& snapshot, ResidentId resident, Instant at) {
  const auto linked = snapshot.value<std::int64_t>(
      "select count(*) from resident_people where resident = :resident and since > :since",
      {{"resident", resident}, {"since", at - std::chrono::hours{24}}});
  if (linked >= links_a_day) throw Problem{"too_many_people"};
}

std::vector<LookRow> looks_before(Snapshot& snapshot, PersonId person, std::int64_t before, int limit) {
  return snapshot.all<LookRow>(
      "select a.id, a.at, a.action, a.purpose, a.allowed, a.resident, s.name, s.post_zh, s.post_en from audit a"
      " left join staff s on s.id = a.staff where a.id in (select distinct p.audit from audit_people p"
      " where p.audit < :before and p.person in (select id from persons where id = :person or merged_into = :person)"
      " order by p.audit desc limit :limit) order by a.id desc",
      {{"person", person}, {"before", before}, {"limit", limit}});
}

LookView shown(const LookRow& row, ResidentId self) {
  LookView view{.at = row.at,
                .officer = std::nullopt,
                .this_phone = row.resident == self,
                .action = row.action,
                .purpose = row.purpose,
                .allowed = row.allowed};
  if (row.name) view.officer = Officer{*row.name, {row.post_zh.value_or(""), row.post_en.value_or("")}};
  return view;
}

}  // namespace

PersonRow require_own(Snapshot& snapshot, const Caller& caller, PersonId person) {
  const auto resident = require_resident(caller).id;
  auto row = require_person(snapshot, person);
  // Who is erased has no phone any more.
  if (!speaks_for(snapshot, resident, row.id)) throw Problem{"no_such_person"};
  return row;
}

Page<PersonView> list_own_people(Snapshot& snapshot, const Caller& caller, const ListOwnPeople& wish) {
  const int limit = page_limit(wish.limit);
  const auto people =
      own_people(snapshot, require_resident(caller).id, PersonId{page_after(wish.cursor)}, limit + 1);
  return page_of(
      masked_all(snapshot, people), limit, [](const PersonView& view) { return view.id.value; },
      [](const PersonView& view) { return view; });
}

Outcome<PersonView> record_self(Transaction& tx, const Caller& caller, const RecordSelf& wish) {
  const auto resident = require_resident(caller).id;
  const auto name = checked_name(wish.name);
  const auto own_phone = phone_of(tx, resident);
  PersonId person;
  if (wish.last_four) {
    const auto phone = phone_behind(tx, caller, own_phone, wish);
    if (!phone) return std::unexpected(phone.error());
    const auto found = claimed(tx, caller, *phone, name, stored_form(Fact::identity_number, *wish.last_four));
    // Four characters mistyped do not cost the code: it opens a record once, and has its few tries till then.
    if (!own_phone && found) use_up_code(tx, *phone);
    if (!own_phone && !found) count_wrong(tx, *phone);
    if (!found) return std::unexpected(found.error());
    person = *found;
  } else if (const auto known = known_already(tx, resident, name)) {
    person = *known;
  } else {
    require_links_left(tx, resident, caller.at);
    Facts facts{{Fact::name, name}};
    if (own_phone) facts[Fact::phone] = *own_phone;
    person = add_person(tx, caller, facts);
  }
  link(tx, caller, resident, person);
  return masked_all(tx, {person}).front();
}

PersonFacts look_at_self(Transaction& tx, const Caller& caller, const LookAtSelf& wish) {
  const auto row = require_own(tx, caller, wish.person);
  audit_look_at(tx, caller, "look_at_self", std::array{row.id}, by_themselves);
  auto shown = in_full(tx, row);
  // A phone may lie about: the whole number is in the export, which wants a fresh code.
  if (shown.identity_number) shown.identity_number = masked_number(*shown.identity_number);
  return shown;
}

PersonView correct_self(Transaction& tx, const Caller& caller, const CorrectSelf& wish) {
  const auto row = require_own(tx, caller, wish.person);
  require_version(row.version, wish.version);
  Facts facts;
  if (wish.name) facts[Fact::name] = checked_name(wish.name.value);
  if (wish.phone) facts[Fact::phone] = checked_form(Fact::phone, wish.phone.value.value_or(""));
  if (wish.address) facts[Fact::address] = checked_form(Fact::address, wish.address.value.value_or(""));
  if (wish.birth_date)
    facts[Fact::birth_date] = wish.birth_date.value ? to_string(*wish.birth_date.value) : std::string{};
  audit_look_at(tx, caller, "correct_self", std::array{row.id}, by_themselves);
  return change_facts(tx, caller, row.id, facts);
}

Page<LookView> list_looks(Snapshot& snapshot, const Caller& caller, const ListLooks& wish) {
  const auto person = require_own(snapshot, caller, wish.person).id;
  const int limit = page_limit(wish.limit);
  // The newest first: a cursor goes down from the largest id.
  const auto before = page_after(wish.cursor);
  return page_of(
      looks_before(snapshot, person, before == 0 ? INT64_MAX : before, limit + 1), limit,
      [](const LookRow& row) { return row.id; },
      [&](const LookRow& row) { return shown(row, require_resident(caller).id); });
}

std::vector<LookView> newest_looks(Snapshot& snapshot, const Resident& resident, PersonId person, int limit) {
  std::vector<LookView> looks;
  for (const auto& row : looks_before(snapshot, person, INT64_MAX, limit))
    looks.push_back(shown(row, resident.id));
  return looks;
}

Erased erase_self(Transaction& tx, const Caller& caller, const EraseSelf& wish) {
  const auto person = require_own(tx, caller, wish.person).id;
  require_fresh(require_resident(caller), caller.at);
  audit_look_at(tx, caller, "erase_self", std::array{person}, by_themselves);
  return erase_with_all(tx, caller, person);
}

}  // namespace doorstep::identity
