// People from a sheet: whoever a list is kept of. Each is recorded as at a window, sealed under a key of
// their own.
#include "base/problem.hpp"
#include "identity/import_kinds.hpp"
#include "identity/sheet_people.hpp"

namespace doorstep::identity {

namespace {

using imports::Cells;

std::vector<imports::Column> columns() {
  return {name_column(),
          phone_column(false),
          identity_number_column(),
          birth_date_column(),
          {.key = "address",
           .heading = {"住址", "Address"},
           .help = {"送到家门口时用，没有就空着", "For what is brought to the door; may be left empty"},
           .example = {"示例路 1 弄 2 号 301 室", "示例路 1 弄 2 号 301 室"},
           .other_headings = {"地址", "家庭住址", "居住地址", "现住址"},
           .bytes_max = address_bytes_max}};
}

std::vector<std::optional<imports::Recorded>> record_together(Transaction& tx, const Caller& caller,
                                                              std::span<const Cells* const> rows) {
  std::vector<RecordPerson> wishes;
  for (const auto* row : rows) wishes.push_back(person_in(*row));
  return record_unknown(tx, caller, wishes);
}

// Two statements before the person's own command, three more when somebody is on record.
imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  const auto wish = person_in(cells);
  require_not_on_record(tx, caller, wish);
  const auto person = put_on_record(tx, caller, wish);
  if (!person) throw Problem{person.error().problem};
  return {to_string(*person)};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
  const auto id = parse_id<PersonTag>(recorded.thing);
  if (!id) throw Problem{"no_such_person"};
  erase_imported(tx, caller, *id, recorded.version);
}

}  // namespace

imports::Kind people_kind() {
  return {.key = "people",
          .name = {"服务对象", "People"},
          .columns = columns(),
          .may = may_import_people,
          .check = check_person,
          .rows_a_run = 40,  // most of them together
          .record_together = record_together,
          .record = record,
          .end = end,
          .on_look = look_through_people};
}

}  // namespace doorstep::identity
