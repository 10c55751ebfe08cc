// Rows of sheets that are about people: who is meant, and what such a row has in common with every other.
//
// Whoever has that identity number, or that phone and that name, is on record. A sheet of people refuses
// them; a sheet that says something more of people puts it to their record. That somebody is on record is
// told either way, so either way it is recorded as a look. Nothing else is told: a row that is refused says
// the same whether the name differs, or several have that phone and that name, or the record has such a fact
// already.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "identity/person.hpp"
#include "imports/imports.hpp"

namespace doorstep::identity {

imports::Column name_column();
imports::Column phone_column(bool required);
imports::Column identity_number_column();
imports::Column birth_date_column();

// What can be told of phone, identity number and birth date from the sheet alone; a phone or a number has to
// be there.
std::vector<imports::Fault> check_person(const imports::Cells& cells);
RecordPerson person_in(const imports::Cells& cells);

// Puts a fact, in its stored form, to somebody on record, or to a new record of theirs. Throws Problem
// person_known, phone_and_name_known.
imports::Recorded record_fact(Transaction& tx, const Caller& caller, const RecordPerson& wish, Fact kind,
                              const std::string& value);
// Takes it away again, with the record where it was made for it. Throws Problem touched_since_import.
void take_fact_back(Transaction& tx, const Caller& caller, const imports::Recorded& recorded, Fact kind);

// Whoever brings in many at once is a manager where people are served, as whoever erases them.
void may_import_people(const Caller& caller);
// That somebody looks through rows with people in them, or was refused.
void look_through_people(Transaction& tx, const Caller& caller, const std::string& import, bool allowed);

// For import_people.cpp: a sheet of people alone.

// Whoever has that phone and that name is on record: a sheet without identity numbers was imported twice.
void require_not_on_record(Transaction& tx, const Caller& caller, const RecordPerson& wish);
// Puts those on record about whom neither a record nor a row above says anything, all together; whoever may
// be known is left out. Six statements.
std::vector<std::optional<imports::Recorded>> record_unknown(Transaction& tx, const Caller& caller,
                                                             const std::vector<RecordPerson>& wishes);
// Erases somebody whom nobody has served since. Throws Problem touched_since_import.
void erase_imported(Transaction& tx, const Caller& caller, PersonId person, std::int64_t version);

}  // namespace doorstep::identity
