#include "identity/vault.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "base/ensure.hpp"
#include "base/json.hpp"
#include "base/limits.hpp"
#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "base/utf8.hpp"
#include "identity/affiliation.hpp"
#include "identity/exported.hpp"
#include "identity/identity_number.hpp"
#include "journal/bytes.hpp"
#include "journal/insert_all.hpp"

namespace doorstep::identity {

namespace {

constexpr std::size_t tail_chars = 4;
// Longer names are found by how they begin.
constexpr std::size_t pairs_kept = 30;

struct KeyRow {
  PersonId person;
  storage::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (person, sealed))

struct SealedKeyRow {
  PersonId person;
  std::string sealed_under;
  storage::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedKeyRow, (), (person, sealed_under, sealed))

struct FactRow {
  PersonId person;
  Fact kind{};
  storage::Bytes sealed;
  storage::Bytes key;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (person, kind, sealed, key))

struct ShownRow : FactRow {
  PersonId root;
};
BOOST_DESCRIBE_STRUCT(ShownRow, (FactRow), (root))

struct NewFactRow {
  PersonId person;
  Fact kind{};
  storage::Bytes sealed;
  Instant recorded_at;
  std::optional<StaffId> recorded_by;
};
BOOST_DESCRIBE_STRUCT(NewFactRow, (), (person, kind, sealed, recorded_at, recorded_by))

struct MarkRow {
  std::string_view kind;
  std::string hash;
  PersonId person;
  PersonId root;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (kind, hash, person, root))

struct HashRow {
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(HashRow, (), (hash))

struct FoundRow {
  PersonId root;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (root))

// "<>" would not use the index.
constexpr std::string_view others_than_active =
    "select person, sealed from person_keys where sealed_under < :active or sealed_under > :active limit :limit";

constexpr std::array found_by_kinds{Fact::name, Fact::phone, Fact::identity_number, Fact::volunteering};

constexpr std::string_view place_mark = "volunteer_at";

// What stands where a fact was taken away: nothing that is sealed is as short.
constexpr std::string_view no_fact;

std::string key_place(PersonId person) { return bound_text({"person_keys", "sealed", person.value}); }
std::string fact_place(PersonId person, Fact fact) {
  return bound_text({"person_facts", name_of(fact), person.value});
}

SealingKey opened_key(Snapshot& snapshot, PersonId person, const storage::Bytes& sealed) {
  return SealingKey{Secret{snapshot.keys().open(as_text(sealed), key_place(person))}};
}

void put_keys(Transaction& tx, const std::map<PersonId, SealingKey>& people) {
  const auto& keys = tx.keys();
  std::vector<SealedKeyRow> rows;
  for (const auto& [person, key] : people) {
    const auto sealed = keys.seal(key.secret().reveal(), key_place(person), system_entropy());
    rows.push_back({person, sealing_key_of(sealed), storage::Bytes{sealed.begin(), sealed.end()}});
  }
  insert_all(
      tx,
      "insert into person_keys (person, sealed_under, sealed) values (:rows)"
      " on conflict (person) do update set sealed_under = excluded.sealed_under, sealed = excluded.sealed",
      rows);
}

std::string mark(const Snapshot& snapshot, std::string_view kind, std::string_view text) {
  return snapshot.keys().keyed_hash("person " + std::string{kind}, text);
}

std::string tail_of(std::string_view value) {
  return std::string{value.substr(value.size() - std::min(value.size(), tail_chars))};
}

void collect_marks(const Snapshot& snapshot, PersonId person, const Facts& facts,
                   std::vector<MarkRow>& marks) {
  const auto add = [&](std::string_view kind, std::string_view text) {
    marks.push_back({kind, mark(snapshot, kind, text), person, person});
  };
  for (const auto& [fact, value] : facts) {
    switch (fact) {
      case Fact::name:
        for (const auto& pair : std::views::take(letter_pairs(value), pairs_kept)) add("name", pair);
        break;
      case Fact::phone:
      case Fact::identity_number:
        add(name_of(fact), value);
        add("last_four", tail_of(value));
        break;
      case Fact::volunteering:
        if (const auto place = place_of(read_json<Volunteering>(value)); !place.empty())
          add(place_mark, place);
        break;
      case Fact::birth_date:
      case Fact::address:
      case Fact::membership: break;  // nobody is looked for by these
    }
  }
}

void add_marks(Transaction& tx, const std::map<PersonId, Facts>& people) {
  std::vector<MarkRow> marks;
  for (const auto& [person, facts] : people) collect_marks(tx, person, facts, marks);
  insert_all(tx, "insert into person_marks (kind, hash, person, root) values (:rows) on conflict do nothing",
             marks);
}

// Facts that are none are left out.
void collect_facts(const Caller& caller, PersonId person, const SealingKey& key, const Facts& facts,
                   std::vector<NewFactRow>& rows) {
  for (const auto& [fact, value] : facts) {
    if (value.empty()) continue;
    const auto sealed = key.seal(value, fact_place(person, fact), system_entropy());
    rows.push_back(
        {person, fact, storage::Bytes{sealed.begin(), sealed.end()}, caller.at, caller.staff_id()});
  }
}

void insert_facts(Transaction& tx, const std::vector<NewFactRow>& rows) {
  insert_all(tx,
             "insert into person_facts (person, kind, sealed, recorded_at, recorded_by) values (:rows)"
             " on conflict (person, kind) do update set sealed = excluded.sealed,"
             " recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by",
             rows);
}

// Marks are made anew from all facts: two numbers may end alike, and one of them stays.
void renew_marks(Transaction& tx, PersonId person) {
  tx.run("delete from person_marks where person = :person", {{"person", person}});
  add_marks(tx, facts_of(tx, std::array{person}, found_by_kinds));
}

void take_away(Transaction& tx, const Caller& caller, PersonId person, Fact fact) {
  tx.run("delete from person_facts where person = :person and kind = :kind",
         {{"person", person}, {"kind", fact}});
  tx.run(
      "insert into person_facts (person, kind, sealed, recorded_at, recorded_by)"
      " select id, cast(:kind as TEXT), cast(:none as BYTES), cast(:at as INSTANT), cast(:by as ID) from persons"
      " where id = :person and exists (select 1 from persons m where m.merged_into = :person)",
      {{"person", person},
       {"kind", fact},
       {"none", as_column(no_fact)},
       {"at", caller.at},
       {"by", caller.staff_id()}});
}

bool is_phone(const std::string& phone) {
  const auto digits = std::ranges::count_if(phone, [](char c) { return c >= '0' && c <= '9'; });
  const bool rest_is_plus =
      phone.find_first_not_of("0123456789", phone.starts_with('+') ? 1 : 0) == std::string::npos;
  return digits >= 5 && phone.size() <= phone_chars_max && rest_is_plus;
}

std::vector<PersonId> ids_of(const std::vector<FoundRow>& rows) {
  std::vector<PersonId> ids;
  for (const auto& row : rows) ids.push_back(row.root);
  return ids;
}

std::string opened_fact(Snapshot& snapshot, const FactRow& row) {
  return opened_key(snapshot, row.person, row.key)
      .open(as_text(row.sealed), fact_place(row.person, row.kind));
}

std::vector<PersonId> with_mark(Snapshot& snapshot, std::string_view kind, std::string_view text,
                                PersonId after, int limit) {
  return ids_of(snapshot.all<FoundRow>(
      "select distinct root from person_marks where kind = :kind and hash = :hash and root > :after"
      " order by root limit :limit",
      {{"kind", kind}, {"hash", mark(snapshot, kind, text)}, {"after", after}, {"limit", limit}}));
}

constexpr int people_a_step = 500;

// Who was not erased, some at a time.
std::vector<PersonId> living_after(Snapshot& snapshot, PersonId after) {
  return ids_of(snapshot.all<FoundRow>(
      "select id as root from persons where id > :after and erased_at is null order by id limit :limit",
      {{"after", after}, {"limit", people_a_step}}));
}

template <class Each>
void with_all_living(Snapshot& snapshot, Each&& each) {
  auto people = living_after(snapshot, PersonId{0});
  for (; !people.empty(); people = living_after(snapshot, people.back())) each(people);
}

// The keys of those whose facts the rows are.
std::map<PersonId, SealingKey> keys_for(Snapshot& snapshot, ExportedPage page) {
  std::set<PersonId> people;
  for (const auto& row : page) people.insert(PersonId{row.number("person")});
  std::map<PersonId, SealingKey> keys;
  for (const auto& row :
       snapshot.all<KeyRow>("select person, sealed from person_keys where person in (:people)",
                            {{"people", storage::in(people)}}))
    keys.emplace(row.person, opened_key(snapshot, row.person, row.sealed));
  return keys;
}

std::string fact_place(const ExportedRow& row) {
  return bound_text({"person_facts", row.text("kind"), row.number("person")});
}

const SealingKey& key_for(const std::map<PersonId, SealingKey>& keys, const ExportedRow& row) {
  const PersonId person{row.number("person")};
  const auto key = keys.find(person);
  if (key == keys.end()) throw SealError("a fact of " + to_string(person) + " has no key");
  return key->second;
}

}  // namespace

std::map<PersonId, SealingKey> make_person_keys(Transaction& tx, std::span<const PersonId> people) {
  std::map<PersonId, SealingKey> keys;
  for (const auto& person : people) keys.emplace(person, SealingKey::random(system_entropy()));
  put_keys(tx, keys);
  return keys;
}

SealingKey require_person_key(Snapshot& snapshot, PersonId person) {
  const auto row = snapshot.maybe<KeyRow>("select person, sealed from person_keys where person = :person",
                                          {{"person", person}});
  if (!row) throw Problem{"person_erased"};
  return opened_key(snapshot, person, row->sealed);
}

void erase_person(Transaction& tx, PersonId person, Instant at) {
  for (const auto* statement : {"delete from person_keys where person in"
                                " (select id from persons where id = :person or merged_into = :person)",
                                "delete from person_facts where person in"
                                " (select id from persons where id = :person or merged_into = :person)",
                                "delete from person_marks where person in"
                                " (select id from persons where id = :person or merged_into = :person)"}) {
    tx.run(statement, {{"person", person}});
  }
  tx.run(
      "update persons set erased_at = :at, version = version + 1 where id = :person or merged_into = :person",
      {{"at", at}, {"person", person}});
}

void forget_empty_facts(Transaction& tx, PersonId person) {
  tx.run(
      "delete from person_facts where person = :person and sealed = :none"
      " and not exists (select 1 from persons where merged_into = :person)",
      {{"person", person}, {"none", as_column(no_fact)}});
}

void put_facts(Transaction& tx, const Caller& caller, PersonId person, const SealingKey& key,
               const Facts& facts) {
  for (const auto& [fact, value] : facts) {
    if (value.empty()) take_away(tx, caller, person, fact);
  }
  std::vector<NewFactRow> rows;
  collect_facts(caller, person, key, facts, rows);
  insert_facts(tx, rows);
  renew_marks(tx, person);
}

void put_first_facts(Transaction& tx, const Caller& caller, const std::map<PersonId, Facts>& people) {
  const auto ids = std::views::keys(people);
  const auto keys = make_person_keys(tx, std::vector<PersonId>{ids.begin(), ids.end()});
  std::vector<NewFactRow> rows;
  for (const auto& [person, facts] : people) collect_facts(caller, person, keys.at(person), facts, rows);
  insert_facts(tx, rows);
  add_marks(tx, people);
}

std::map<PersonId, Facts> facts_of(Snapshot& snapshot, std::span<const PersonId> people,
                                   std::span<const Fact> kinds) {
  std::map<PersonId, Facts> found;
  if (people.empty() || kinds.empty()) return found;
  for (const auto& row : snapshot.all<FactRow>(
           "select f.person, f.kind, f.sealed, k.sealed as key from person_facts f"
           " join person_keys k on k.person = f.person where f.person in (:people) and f.kind in (:kinds)",
           {{"people", storage::in(people)}, {"kinds", storage::in(kinds)}})) {
    if (!row.sealed.empty()) found[row.person][row.kind] = opened_fact(snapshot, row);
  }
  return found;
}

std::map<PersonId, Facts> facts_shown(Snapshot& snapshot, std::span<const PersonId> people,
                                      std::span<const Fact> kinds) {
  std::map<PersonId, Facts> found;
  if (people.empty() || kinds.empty()) return found;
  std::set<std::pair<PersonId, Fact>> known;
  for (const auto& row : snapshot.all<ShownRow>(
           "select f.person, f.kind, f.sealed, k.sealed as key, coalesce(p.merged_into, p.id) as root"
           " from persons p join person_facts f on f.person = p.id join person_keys k on k.person = p.id"
           " where (p.id in (:people) or p.merged_into in (:people)) and f.kind in (:kinds)"
           " order by case when p.merged_into is null then 0 else 1 end, f.recorded_at desc, f.person desc",
           {{"people", storage::in(people)}, {"kinds", storage::in(kinds)}})) {
    // The first of a kind is the one to show, even where it says that there is none.
    if (!known.emplace(row.root, row.kind).second || row.sealed.empty()) continue;
    found[row.root][row.kind] = opened_fact(snapshot, row);
  }
  return found;
}

std::string stored_form(Fact fact, std::string_view typed) {
  auto text = std::string{trimmed(folded_width(typed))};
  if (fact != Fact::phone && fact != Fact::identity_number) return text;
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  std::ranges::replace(text, 'x', 'X');
  for (const std::string_view country : {"+86", "0086"}) {
    constexpr std::size_t mobile_digits = 11;
    const bool mobile = text.starts_with(country) && text.size() == country.size() + mobile_digits;
    if (fact == Fact::phone && mobile) return text.substr(country.size());
  }
  return text;
}

std::string checked_form(Fact fact, const std::string& typed) {
  auto value = stored_form(fact, typed);
  if (value.empty()) return value;
  if (fact == Fact::phone && !is_phone(value)) throw Problem{"invalid_phone", {}, "phone"};
  if (fact == Fact::identity_number && !is_identity_number(value))
    throw Problem{"invalid_identity_number", {}, "identity_number"};
  return value;
}

std::vector<PersonId> found_by(Snapshot& snapshot, Fact fact, const std::string& value, PersonId after,
                               int limit) {
  ensure(fact == Fact::phone || fact == Fact::identity_number, "people are found by whole numbers");
  return with_mark(snapshot, name_of(fact), stored_form(fact, value), after, limit);
}

std::set<std::string> known_of(Snapshot& snapshot, Fact fact, const std::set<std::string>& values) {
  ensure(fact == Fact::phone || fact == Fact::identity_number, "people are found by whole numbers");
  std::set<std::string> known;
  if (values.empty()) return known;
  std::map<std::string, std::string> by_hash;
  std::vector<HashRow> hashes;
  for (const auto& value : values) {
    hashes.push_back({mark(snapshot, name_of(fact), stored_form(fact, value))});
    by_hash.emplace(hashes.back().hash, value);
  }
  // Each by itself: with "hash in" PostgreSQL reads all marks of the kind where it does not know yet how many
  // there are.
  for (const auto& row : snapshot.all<HashRow>(
           "with wished (hash) as (values (:hashes)) select hash from wished where (select m.person"
           " from person_marks m where m.kind = :kind and m.hash = wished.hash limit 1) is not null",
           {{"kind", name_of(fact)}, {"hashes", storage::rows(hashes)}}))
    known.insert(by_hash.at(row.hash));
  return known;
}

std::vector<PersonId> found_by_last_four(Snapshot& snapshot, const std::string& tail, PersonId after,
                                         int limit) {
  return with_mark(snapshot, "last_four", stored_form(Fact::identity_number, tail), after, limit);
}

std::vector<PersonId> found_by_name(Snapshot& snapshot, const std::string& letters, PersonId after,
                                    int limit) {
  const auto pairs = letter_pairs(letters);
  if (pairs.empty()) return {};
  const auto hash = [&](std::size_t i) { return mark(snapshot, "name", pairs[i]); };
  // The first pair's marks in the order of people, until a page is full. Joined to the others, PostgreSQL
  // gathers and sorts all whose name has a common pair.
  return ids_of(snapshot.all<FoundRow>(
      "select distinct a.root from person_marks a where a.kind = 'name' and a.hash = :first and a.root > :after"
      " and (select b.person from person_marks b where b.kind = 'name' and b.hash = :middle"
      " and b.person = a.person limit 1) is not null"
      " and (select c.person from person_marks c where c.kind = 'name' and c.hash = :last"
      " and c.person = a.person limit 1) is not null"
      " order by a.root limit :limit",
      {{"first", hash(0)},
       {"middle", hash(pairs.size() / 2)},
       {"last", hash(pairs.size() - 1)},
       {"after", after},
       {"limit", limit}}));
}

std::vector<PersonId> found_by_place(Snapshot& snapshot, const std::string& place, PersonId after,
                                     int limit) {
  return with_mark(snapshot, place_mark, place, after, limit);
}

void open_facts(Snapshot& snapshot, ExportedPage page) {
  const auto keys = keys_for(snapshot, page);
  for (auto& row : page) {
    const auto& sealed = row.text("sealed");
    row["sealed"] = sealed == no_fact ? ExportedValue{} : key_for(keys, row).open(sealed, fact_place(row));
  }
}

void seal_facts(Transaction& tx, ExportedPage page) {
  const auto keys = keys_for(tx, page);
  for (auto& row : page) {
    if (!row.is_null("sealed"))
      row["sealed"] = key_for(keys, row).seal(row.text("sealed"), fact_place(row), system_entropy());
  }
}

void make_all_person_keys(Transaction& tx) {
  with_all_living(tx, [&](const std::vector<PersonId>& people) { make_person_keys(tx, people); });
}

void make_all_marks(Transaction& tx) {
  with_all_living(
      tx, [&](const std::vector<PersonId>& people) { add_marks(tx, facts_of(tx, people, found_by_kinds)); });
  tx.run(
      "update person_marks set root ="
      " (select p.merged_into from persons p where p.id = person_marks.person and p.merged_into is not null)"
      " where person in (select id from persons where merged_into is not null)");
}

bool person_keys_are_behind(Snapshot& snapshot) {
  return !snapshot.all<KeyRow>(others_than_active, {{"active", snapshot.keys().active()}, {"limit", 1}})
              .empty();
}

std::int64_t renew_person_keys(Transaction& tx, int limit) {
  const auto rows = tx.all<KeyRow>(others_than_active, {{"active", tx.keys().active()}, {"limit", limit}});
  std::map<PersonId, SealingKey> keys;
  for (const auto& row : rows) keys.emplace(row.person, opened_key(tx, row.person, row.sealed));
  put_keys(tx, keys);
  return std::ssize(rows);
}

}  // namespace doorstep::identity
