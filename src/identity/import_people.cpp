// People from a sheet: members, volunteers, whoever a list is kept of. Each is recorded as at a window,
// sealed under a key of their own.
#include <array>

#include "base/problem.hpp"
#include "identity/erasure.hpp"
#include "identity/identity_number.hpp"
#include "identity/import_kinds.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

namespace {

using imports::Cells;
using imports::Fault;

// A phone that more people share tells nobody apart.
constexpr int sharing_a_phone_max = 20;

std::vector<imports::Column> columns() {
  return {{.key = "name",
           .heading = {"姓名", "Name"},
           .required = true,
           .help = {"与身份证一致", "As on the identity card"},
           .example = {"王示例", "王示例"},
           .other_headings = {"人员姓名", "志愿者姓名", "党员姓名", "居民姓名"}},
          {.key = "phone",
           .heading = {"电话", "Phone"},
           .help = {"电话和身份证号至少填一样", "A phone or an identity number, at least one of the two"},
           .example = {"13900000000", "13900000000"},
           .other_headings = {"手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式"},
           .bytes_max = 60},
          {.key = "identity_number",
           .heading = {"身份证号", "Identity number"},
           .help = {"18 位；这一列要设为“文本”格式，不然后几位会丢",
                    "18 characters; the column has to be of the format “text”, or the last ones are lost"},
           .example = {"000000194803070028", "000000194803070028"},
           .other_headings = {"身份证", "身份证号码", "公民身份号码", "证件号码"},
           .unique = true,
           .bytes_max = 60},
          {.key = "birth_date",
           .heading = {"出生日期", "Birth date"},
           .help = {"写成 1948-03-07", "As 1948-03-07"},
           .example = {"1948-03-07", "1948-03-07"},
           .other_headings = {"出生年月日", "生日"}},
          {.key = "address",
           .heading = {"住址", "Address"},
           .help = {"送到家门口时用，没有就空着", "For what is brought to the door; may be left empty"},
           .example = {"示例路 1 弄 2 号 301 室", "示例路 1 弄 2 号 301 室"},
           .other_headings = {"地址", "家庭住址", "居住地址", "现住址"},
           .bytes_max = address_bytes_max}};
}

void add_if_wrong(std::vector<Fault>& faults, const Cells& cells, Fact fact, std::string_view column) {
  try {
    checked_form(fact, imports::cell(cells, column));
  } catch (const Problem& problem) {
    faults.push_back({std::string{column},
                      {problem_detail(problem, Language::zh), problem_detail(problem, Language::en)}});
  }
}

// Without a number nobody could tell whether that person is on record already.
std::vector<Fault> check(const Cells& cells) {
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

// Whoever has that phone and that name is on record: a sheet without identity numbers was imported twice.
// That it is told is recorded. Two statements, three more when somebody is.
void require_new(Transaction& tx, const Caller& caller, const RecordPerson& wish) {
  if (!wish.phone) return;
  const auto people = found_by(tx, Fact::phone, *wish.phone, PersonId{0}, sharing_a_phone_max);
  const auto facts = facts_shown(tx, people, std::array{Fact::name});
  for (const auto& [person, known] : facts) {
    const auto name = known.find(Fact::name);
    if (name == known.end() || name->second != stored_form(Fact::name, wish.name)) continue;
    audit_look_at(tx, caller, "phone_and_name_known", std::array{person}, "importing a sheet", false);
    throw Problem{"phone_and_name_known"};
  }
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  RecordPerson wish{.name = imports::cell(cells, "name"),
                    .phone = imports::filled_cell(cells, "phone"),
                    .identity_number = imports::filled_cell(cells, "identity_number"),
                    .birth_date = {},
                    .address = imports::filled_cell(cells, "address")};
  if (const auto day = imports::filled_cell(cells, "birth_date"))
    wish.birth_date = imports::written_day(*day);
  require_new(tx, caller, wish);
  const auto person = put_on_record(tx, caller, wish);
  if (!person) throw Problem{person.error().problem};
  return {to_string(*person)};
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

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
  const auto id = parse_id<PersonTag>(recorded.thing);
  if (!id) throw Problem{"no_such_person"};
  require_unserved(tx, *id);
  erase(tx, caller, {*id, recorded.version, "taking an import back"});
}

// Whoever brings in many at once is a manager where people are served, as whoever erases them.
void may(const Caller& caller) {
  require_server(caller);
  if (!caller.has_at_a_venue({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
}

}  // namespace

imports::Kind people_kind() {
  return {.key = "people",
          .name = {"服务对象", "People"},
          .columns = columns(),
          .may = may,
          .check = check,
          .record = record,
          .end = end,
          .on_look = [](Transaction& tx, const Caller& caller, const std::string& import, bool allowed) {
            audit_look(tx, caller, "import_rows", import, "looking through a sheet", allowed);
          }};
}

}  // namespace doorstep::identity
