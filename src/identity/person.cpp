#include "identity/person.hpp"

#include <algorithm>
#include <array>

#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::identity {

namespace {

constexpr std::initializer_list<Role> served_by = {Role::greeter, Role::window_officer, Role::centre_manager,
                                                   Role::administrator};
// All that a file shows: membership is looked at for itself.
constexpr std::array filed_facts{Fact::name,       Fact::phone,   Fact::identity_number,
                                 Fact::birth_date, Fact::address, Fact::volunteering};
constexpr std::array listed_facts{Fact::name, Fact::phone, Fact::identity_number};

struct RecordRow {
  PersonId id;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (), (id))

struct NewPersonRow {
  PersonId id;
  Instant created_at;
  std::optional<StaffId> created_by;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NewPersonRow, (), (id, created_at, created_by, version))

std::optional<std::string> fact(const Facts& facts, Fact kind) {
  const auto found = facts.find(kind);
  return found == facts.end() ? std::nullopt : std::optional{found->second};
}

PersonView masked(const PersonRow& row, const Facts& facts) {
  PersonView view{.id = row.id,
                  .version = row.version,
                  .name = mask_name(fact(facts, Fact::name).value_or("")),
                  .phone = std::nullopt,
                  .identity_number = std::nullopt,
                  .erased = row.erased_at.has_value()};
  if (const auto phone = fact(facts, Fact::phone)) view.phone = mask_phone(*phone);
  if (const auto number = fact(facts, Fact::identity_number)) view.identity_number = masked_number(*number);
  return view;
}

// Two people never share an identity number; a phone they may. That a number is on record is told, so it is
// recorded as a look, too.
std::optional<Refused> refused_as_known(Transaction& tx, const Caller& caller, const Facts& facts,
                                        PersonId self) {
  const auto number = facts.find(Fact::identity_number);
  if (number == facts.end() || number->second.empty()) return std::nullopt;
  for (const auto known : found_by(tx, Fact::identity_number, number->second, PersonId{0}, 2)) {
    if (known == self) continue;
    audit_look_at(tx, caller, "identity_number_known", std::array{known}, "recording a person", false);
    return Refused{Problem{"person_known"}};
  }
  return std::nullopt;
}

std::vector<PersonId> found_people(Snapshot& snapshot, const FindPeople& wish, PersonId after, int limit) {
  const int asked = int{wish.name.has_value()} + int{wish.phone.has_value()} +
                    int{wish.identity_number.has_value()} + int{wish.last_four.has_value()};
  if (asked != 1) throw Problem{"search_unclear"};
  if (wish.phone) return found_by(snapshot, Fact::phone, *wish.phone, after, limit);
  if (wish.identity_number)
    return found_by(snapshot, Fact::identity_number, *wish.identity_number, after, limit);
  if (wish.last_four) return found_by_last_four(snapshot, *wish.last_four, after, limit);
  if (letter_pairs(*wish.name).empty()) throw Problem{"too_short", {"2"}, "name"};
  return found_by_name(snapshot, *wish.name, after, limit);
}

PersonFacts whole(const PersonRow& row, const Facts& facts) {
  PersonFacts shown{.id = row.id,
                    .version = row.version,
                    .name = fact(facts, Fact::name).value_or(""),
                    .phone = fact(facts, Fact::phone),
                    .identity_number = fact(facts, Fact::identity_number),
                    .birth_date = std::nullopt,
                    .address = fact(facts, Fact::address),
                    .volunteering = std::nullopt};
  if (const auto volunteering = fact(facts, Fact::volunteering))
    shown.volunteering = read_json<Volunteering>(*volunteering);
  if (const auto day = fact(facts, Fact::birth_date)) shown.birth_date = parse_day(*day);
  return shown;
}

}  // namespace

std::string masked_number(const std::string& number) {
  const auto shown = std::min<std::size_t>(4, number.size() / 2);
  return std::string(number.size() - shown, '*') + number.substr(number.size() - shown);
}

bool serves_people(const Caller& caller) { return caller.has_at_a_venue(served_by); }

void require_server(const Caller& caller) {
  require_staff(caller);
  if (!serves_people(caller)) throw Problem{"not_allowed"};
}

std::unexpected<Refused> denied_look(Transaction& tx, const Caller& caller, std::string_view action,
                                     std::span<const PersonId> people, const std::string& purpose) {
  audit_look_at(tx, caller, action, people, purpose, false);
  return std::unexpected(Refused{Problem{"not_allowed"}});
}

void require_purpose(const std::string& purpose) {
  if (trimmed(purpose).empty()) throw Problem{"purpose_missing", {}, "purpose"};
}

PersonRow require_person(Snapshot& snapshot, PersonId id) {
  auto row = snapshot.maybe<PersonRow>(
      "select r.id, r.version, r.created_at, r.erased_at from persons p"
      " join persons r on r.id = coalesce(p.merged_into, p.id) where p.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_person"};
  return *row;
}

PersonRow require_living_record(Snapshot& snapshot, PersonId id) {
  auto row = require_person(snapshot, id);
  if (row.erased_at) throw Problem{"person_erased"};
  return row;
}

std::optional<PersonId> person_standing_for(Snapshot& snapshot, PersonId id) {
  const auto row = snapshot.maybe<RecordRow>(
      "select coalesce(merged_into, id) as id from persons where id = :id", {{"id", id}});
  return row ? std::optional{row->id} : std::nullopt;
}

std::vector<PersonId> records_of(Snapshot& snapshot, PersonId root) {
  std::vector<PersonId> records;
  for (const auto& row : snapshot.all<RecordRow>(
           "select id from persons where id = :root or merged_into = :root order by id", {{"root", root}}))
    records.push_back(row.id);
  return records;
}

std::vector<PersonView> masked_all(Snapshot& snapshot, const std::vector<PersonId>& people) {
  std::vector<PersonView> views;
  if (people.empty()) return views;
  auto facts = facts_shown(snapshot, people, listed_facts);
  for (const auto& row : snapshot.all<PersonRow>(
           "select id, version, created_at, erased_at from persons where id in (:people) order by id",
           {{"people", storage::in(people)}})) {
    views.push_back(masked(row, facts[row.id]));
  }
  return views;
}

PersonFacts in_full(Snapshot& snapshot, const PersonRow& row) {
  auto facts = facts_shown(snapshot, std::array{row.id}, filed_facts);
  return whole(row, facts[row.id]);
}

std::vector<PersonFacts> in_full_each(Snapshot& snapshot, const std::vector<PersonRow>& rows) {
  std::vector<PersonId> records;
  for (const auto& row : rows) records.push_back(row.id);
  auto facts = facts_of(snapshot, records, filed_facts);
  std::vector<PersonFacts> shown;
  for (const auto& row : rows) shown.push_back(whole(row, facts[row.id]));
  return shown;
}

std::map<PersonId, Membership> memberships_of(Snapshot& snapshot, std::span<const PersonId> people) {
  std::map<PersonId, Membership> memberships;
  for (const auto& [person, facts] : facts_of(snapshot, people, std::array{Fact::membership}))
    memberships.emplace(person, read_json<Membership>(facts.at(Fact::membership)));
  return memberships;
}

std::optional<Membership> membership_shown(Snapshot& snapshot, PersonId person) {
  const auto shown = facts_shown(snapshot, std::array{person}, std::array{Fact::membership});
  const auto facts = shown.find(person);
  return facts == shown.end() ? std::nullopt
                              : std::optional{read_json<Membership>(facts->second.at(Fact::membership))};
}

std::vector<PersonId> add_people(Transaction& tx, const Caller& caller, std::vector<Facts> people) {
  std::vector<PersonId> ids;
  if (people.empty()) return ids;
  std::vector<NewPersonRow> rows;
  std::map<PersonId, Facts> facts_of_each;
  for (auto& facts : people) {
    std::erase_if(facts,
                  [](const auto& one) { return one.second.empty(); });  // there is nothing to take away
    ids.push_back(tx.new_id<PersonId>());
    rows.push_back({.id = ids.back(), .created_at = caller.at, .created_by = caller.staff_id()});
    facts_of_each.emplace(ids.back(), std::move(facts));
  }
  tx.run("insert into persons (id, created_at, created_by, version) values (:rows)",
         {{"rows", storage::rows(rows)}});
  put_first_facts(tx, caller, facts_of_each);
  return ids;
}

PersonId add_person(Transaction& tx, const Caller& caller, Facts facts) {
  return add_people(tx, caller, {std::move(facts)}).front();
}

PersonView change_facts(Transaction& tx, const Caller& caller, PersonId person, const Facts& facts) {
  put_facts(tx, caller, person, require_person_key(tx, person), facts);
  tx.run("update persons set version = version + 1 where id = :id", {{"id", person}});
  return masked_all(tx, {person}).front();
}

Facts facts_in(const RecordPerson& wish) {
  Facts facts;
  const auto add = [&](Fact kind, const std::optional<std::string>& typed) {
    if (typed) facts[kind] = checked_form(kind, *typed);
  };
  add(Fact::name, wish.name);
  add(Fact::phone, wish.phone);
  add(Fact::identity_number, wish.identity_number);
  add(Fact::address, wish.address);
  if (wish.birth_date) add(Fact::birth_date, to_string(*wish.birth_date));
  return facts;
}

Outcome<PersonId> put_on_record(Transaction& tx, const Caller& caller, const RecordPerson& wish,
                                Facts facts) {
  require_server(caller);
  facts.merge(facts_in(wish));
  if (auto known = refused_as_known(tx, caller, facts, PersonId{0}))
    return std::unexpected(*std::move(known));
  return add_person(tx, caller, facts);
}

Outcome<PersonView> record_person(Transaction& tx, const Caller& caller, const RecordPerson& wish) {
  auto person = put_on_record(tx, caller, wish);
  if (!person) return std::unexpected(std::move(person).error());
  return masked_all(tx, {*person}).front();
}

Outcome<Page<PersonView>> find_people(Transaction& tx, const Caller& caller, const FindPeople& wish) {
  if (!serves_people(caller)) return denied_look(tx, caller, "find_people", {}, wish.purpose);
  require_purpose(wish.purpose);
  const int limit = page_limit(wish.limit);
  const auto people = found_people(tx, wish, PersonId{page_after(wish.cursor)}, limit + 1);
  const auto views = masked_all(tx, people);
  auto page = page_of(
      views, limit, [](const PersonView& view) { return view.id.value; },
      [](const PersonView& view) { return view; });
  std::vector<PersonId> shown;
  for (const auto& person : page.items) shown.push_back(person.id);
  audit_look_at(tx, caller, "find_people", shown, wish.purpose);
  return page;
}

Outcome<PersonFacts> look_at_person(Transaction& tx, const Caller& caller, const LookAtPerson& wish) {
  const auto row = require_person(tx, wish.person);
  if (!serves_people(caller))
    return denied_look(tx, caller, "look_at_person", std::array{row.id}, wish.purpose);
  require_purpose(wish.purpose);
  audit_look_at(tx, caller, "look_at_person", std::array{row.id}, wish.purpose);
  if (row.erased_at) return std::unexpected(Refused{Problem{"person_erased"}});
  return in_full(tx, row);
}

Outcome<PersonView> correct_person(Transaction& tx, const Caller& caller, const CorrectPerson& wish) {
  require_server(caller);
  const auto row = require_living_record(tx, wish.person);
  require_version(row.version, wish.version);
  Facts facts;
  const auto add = [&](Fact kind, const Patch<std::optional<std::string>>& wished) {
    if (wished) facts[kind] = checked_form(kind, wished.value.value_or(""));
  };
  if (wish.name) facts[Fact::name] = checked_form(Fact::name, wish.name.value);
  add(Fact::phone, wish.phone);
  add(Fact::identity_number, wish.identity_number);
  add(Fact::address, wish.address);
  if (wish.birth_date)
    facts[Fact::birth_date] = wish.birth_date.value ? to_string(*wish.birth_date.value) : std::string{};
  if (auto known = refused_as_known(tx, caller, facts, row.id)) return std::unexpected(*std::move(known));
  // The answer shows the person, masked, to whoever writes: a look as well.
  audit_look_at(tx, caller, "correct_person", std::array{row.id}, "correcting");
  return change_facts(tx, caller, row.id, facts);
}

}  // namespace doorstep::identity
