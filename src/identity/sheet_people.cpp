#include "identity/sheet_people.hpp"

#include <array>
#include <iterator>
#include <map>
#include <ranges>
#include <set>

#include "base/problem.hpp"
#include "identity/erasure.hpp"
#include "identity/identity_number.hpp"

namespace doorstep::identity {

namespace {

using imports::Cells;
using imports::Fault;

// A phone that more people share tells nobody apart.
constexpr int sharing_a_phone_max = 20;
constexpr const char* while_importing = "importing a sheet";

void add_if_wrong(std::vector<Fault>& faults, const Cells& cells, Fact fact, std::string_view column) {
  try {
    checked_form(fact, imports::cell(cells, column));
  } catch (const Problem& problem) {
    faults.push_back({std::string{column},
                      {problem_detail(problem, Language::zh), problem_detail(problem, Language::en)}});
  }
}

bool has(const Facts& facts, Fact kind, const std::string& value) {
  const auto found = facts.find(kind);
  return found != facts.end() && found->second == value;
}

// It tells that they are on record, and nothing more.
[[noreturn]] void refuse_as_known(Transaction& tx, const Caller& caller, const std::vector<PersonId>& people,
                                  const char* action, const char* problem) {
  audit_look_at(tx, caller, action, people, while_importing, false);
  throw Problem{problem};
}

// Those with that phone and that name. Two statements, none without a phone.
std::map<PersonId, Facts> of_phone_and_name(Snapshot& snapshot, const RecordPerson& wish, Fact kind) {
  std::map<PersonId, Facts> meant;
  if (!wish.phone) return meant;
  const auto people = found_by(snapshot, Fact::phone, *wish.phone, PersonId{0}, sharing_a_phone_max);
  meant = facts_shown(snapshot, people, std::array{Fact::name, Fact::identity_number, kind});
  std::erase_if(meant, [&](const auto& person) {
    return !has(person.second, Fact::name, stored_form(Fact::name, wish.name));
  });
  return meant;
}

// Whose number that is, if the name is theirs and no such fact is on record. Two statements.
std::optional<PersonId> by_number(Transaction& tx, const Caller& caller, const RecordPerson& wish,
                                  Fact kind) {
  const auto found = found_by(tx, Fact::identity_number, *wish.identity_number, PersonId{0}, 1);
  if (found.empty()) return std::nullopt;
  const auto facts = facts_shown(tx, found, std::array{Fact::name, kind});
  const auto known = facts.find(found[0]);
  const bool meant = known != facts.end() && !known->second.contains(kind) &&
                     has(known->second, Fact::name, stored_form(Fact::name, wish.name));
  if (!meant) refuse_as_known(tx, caller, found, "identity_number_known", "person_known");
  return found[0];
}

// Who has that phone and that name, if it is one alone, no other number is theirs and no such fact is on
// record.
std::optional<PersonId> by_phone(Transaction& tx, const Caller& caller, const RecordPerson& wish, Fact kind) {
  const auto meant = of_phone_and_name(tx, wish, kind);
  if (meant.empty()) return std::nullopt;
  const auto& [person, facts] = *meant.begin();
  const bool other_number =
      wish.identity_number && facts.contains(Fact::identity_number) &&
      !has(facts, Fact::identity_number, stored_form(Fact::identity_number, *wish.identity_number));
  if (meant.size() == 1 && !other_number && !facts.contains(kind)) return person;
  std::vector<PersonId> people;
  for (const auto& [each, its_facts] : meant) people.push_back(each);
  refuse_as_known(tx, caller, people, "phone_and_name_known", "phone_and_name_known");
}

std::optional<PersonId> on_record(Transaction& tx, const Caller& caller, const RecordPerson& wish,
                                  Fact kind) {
  if (wish.identity_number) {
    if (const auto known = by_number(tx, caller, wish, kind)) return known;
  }
  return by_phone(tx, caller, wish, kind);
}

// The places of those whose number is on record, or further up. One statement.
std::set<std::size_t> known_or_above(Snapshot& snapshot, const std::vector<Facts>& people, Fact number) {
  std::multimap<std::string, std::size_t> places;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (const auto typed = people[i].find(number); typed != people[i].end()) places.emplace(typed->second, i);
  }
  const auto numbers = std::views::keys(places);
  const auto on_record = known_of(snapshot, number, {numbers.begin(), numbers.end()});
  std::set<std::size_t> known;
  for (auto place = places.begin(); place != places.end(); ++place) {
    const bool above = place != places.begin() && std::prev(place)->first == place->first;
    if (above || on_record.contains(place->first)) known.insert(place->second);
  }
  return known;
}

// What was put to a record that was there is told by the fact's name behind the id.
std::string thing_of(PersonId person, Fact kind) {
  return to_string(person) + ' ' + std::string{name_of(kind)};
}

// Whose phone was linked, who acts or is acted for, and whose record was merged, is served by now. One
// statement.
void require_unserved(Snapshot& snapshot, PersonId person) {
  const auto traces = snapshot.value<std::int64_t>(
      "select (select count(*) from resident_people where person = :person)"
      " + (select count(*) from mandates where person = :person)"
      " + (select count(*) from mandates where agent = :person)"
      " + (select count(*) from person_merges where from_person = :person)"
      " + (select count(*) from person_merges where into_person = :person)",
      {{"person", person}});
  if (traces > 0) throw Problem{"touched_since_import"};
}

}  // namespace

imports::Column name_column() {
  return {.key = "name",
          .heading = {"姓名", "Name"},
          .required = true,
          .help = {"与身份证一致", "As on the identity card"},
          .example = {"王示例", "王示例"},
          .other_headings = {"人员姓名", "志愿者姓名", "党员姓名", "居民姓名"}};
}

imports::Column phone_column(bool required) {
  return {.key = "phone",
          .heading = {"电话", "Phone"},
          .required = required,
          .help = required ? Text{"手机或座机号码，分得清是谁", "By which it can be told who it is"}
                           : Text{"电话和身份证号至少填一样",
                                  "A phone or an identity number, at least one of the two"},
          .example = {"13900000000", "13900000000"},
          .other_headings = {"手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式"},
          .bytes_max = 60};
}

imports::Column identity_number_column() {
  return {.key = "identity_number",
          .heading = {"身份证号", "Identity number"},
          .help = {"18 位；这一列要设为“文本”格式，不然后几位会丢",
                   "18 characters; the column has to be of the format “text”, or the last ones are lost"},
          .example = {"000000194803070028", "000000194803070028"},
          .other_headings = {"身份证", "身份证号码", "公民身份号码", "证件号码"},
          .unique = true,
          .bytes_max = 60};
}

imports::Column birth_date_column() {
  return {.key = "birth_date",
          .heading = {"出生日期", "Birth date"},
          .help = {"写成 1948-03-07", "As 1948-03-07"},
          .example = {"1948-03-07", "1948-03-07"},
          .other_headings = {"出生年月日", "生日"}};
}

// Without a number nobody could tell whether that person is on record already.
std::vector<Fault> check_person(const Cells& cells) {
  std::vector<Fault> faults;
  if (!imports::filled_cell(cells, "phone") && !imports::filled_cell(cells, "identity_number"))
    faults.push_back({"",
                      {"电话和身份证号至少要填一样，否则分不清是谁。",
                       "Please give a phone or an identity number, or nobody can tell who it is."}});
  add_if_wrong(faults, cells, Fact::phone, "phone");
  add_if_wrong(faults, cells, Fact::identity_number, "identity_number");
  const auto written = imports::filled_cell(cells, "birth_date");
  if (!written) return faults;
  const auto day = imports::written_day(*written);
  const auto in_number =
      birth_date_in(stored_form(Fact::identity_number, imports::cell(cells, "identity_number")));
  if (!day)
    faults.push_back({"birth_date",
                      {"看不出是哪一天。请写成 1948-03-07 这样。",
                       "This is no day that can be read. Please write it as 1948-03-07."}});
  else if (in_number && *in_number != *day)
    faults.push_back({"birth_date",
                      {"和身份证号里的出生日期不一样。请核对。",
                       "This differs from the birth date in the identity number. Please check both."}});
  return faults;
}

RecordPerson person_in(const Cells& cells) {
  RecordPerson wish{.name = imports::cell(cells, "name"),
                    .phone = imports::filled_cell(cells, "phone"),
                    .identity_number = imports::filled_cell(cells, "identity_number"),
                    .birth_date = {},
                    .address = imports::filled_cell(cells, "address")};
  if (const auto day = imports::filled_cell(cells, "birth_date"))
    wish.birth_date = imports::written_day(*day);
  return wish;
}

imports::Recorded record_fact(Transaction& tx, const Caller& caller, const RecordPerson& wish, Fact kind,
                              const std::string& value) {
  if (const auto known = on_record(tx, caller, wish, kind)) {
    audit_look_at(tx, caller, "correct_person", std::array{*known}, while_importing);
    const auto person = change_facts(tx, caller, *known, {{kind, value}});
    return {thing_of(person.id, kind), person.version};
  }
  const auto person = put_on_record(tx, caller, wish, {{kind, value}});
  if (!person) throw Problem{person.error().problem};
  return {to_string(*person)};
}

void take_fact_back(Transaction& tx, const Caller& caller, const imports::Recorded& recorded, Fact kind) {
  const auto id = parse_id<PersonTag>(recorded.thing.substr(0, recorded.thing.find(' ')));
  if (!id) throw Problem{"no_such_person"};
  if (recorded.thing == to_string(*id)) return erase_imported(tx, caller, *id, recorded.version);
  may_import_people(caller);
  const auto row = require_living_record(tx, *id);
  // Another record stands for them by now.
  if (row.id != *id) throw Problem{"touched_since_import"};
  require_version(row.version, recorded.version);
  audit_look_at(tx, caller, "correct_person", std::array{row.id}, "taking an import back");
  change_facts(tx, caller, row.id, {{kind, ""}});
}

void may_import_people(const Caller& caller) {
  require_server(caller);
  if (!caller.has_at_a_venue({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
}

void look_through_people(Transaction& tx, const Caller& caller, const std::string& import, bool allowed) {
  audit_look(tx, caller, "import_rows", import, "looking through a sheet", allowed);
}

void require_not_on_record(Transaction& tx, const Caller& caller, const RecordPerson& wish) {
  std::vector<PersonId> people;
  for (const auto& [person, facts] : of_phone_and_name(tx, wish, Fact::name)) people.push_back(person);
  if (!people.empty()) refuse_as_known(tx, caller, people, "phone_and_name_known", "phone_and_name_known");
}

std::vector<std::optional<imports::Recorded>> record_unknown(Transaction& tx, const Caller& caller,
                                                             const std::vector<RecordPerson>& wishes) {
  require_server(caller);
  std::vector<Facts> people;
  for (const auto& wish : wishes) people.push_back(facts_in(wish));
  std::set<std::size_t> known;
  for (const auto number : {Fact::phone, Fact::identity_number})
    known.merge(known_or_above(tx, people, number));
  std::vector<std::size_t> unknown;
  std::vector<Facts> to_add;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (known.contains(i)) continue;
    unknown.push_back(i);
    to_add.push_back(std::move(people[i]));
  }
  const auto added = add_people(tx, caller, std::move(to_add));
  std::vector<std::optional<imports::Recorded>> recorded(wishes.size());
  for (std::size_t i = 0; i < added.size(); ++i) recorded[unknown[i]] = {to_string(added[i])};
  return recorded;
}

void erase_imported(Transaction& tx, const Caller& caller, PersonId person, std::int64_t version) {
  require_unserved(tx, person);
  erase(tx, caller, {person, version, "taking an import back"});
}

}  // namespace doorstep::identity
