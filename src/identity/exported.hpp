// What of this room leaves with the town, and what its import needs of the room's other files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/exported.hpp"

namespace doorstep::identity {

std::vector<ExportedTable> exported_tables();

// For the rows of person_facts: the text in the place of what is sealed, and back; a fact that was taken away
// is a null. Whose facts they are has a key. One statement a page.
void open_facts(Snapshot& snapshot, ExportedPage page);
void seal_facts(Transaction& tx, ExportedPage page);

// Makes the keys, and then from the facts the marks, of all who were not erased, in a town that has none.
void make_all_person_keys(Transaction& tx);
void make_all_marks(Transaction& tx);

// Chains all rows from the first one on: they came from another town, whose chain only its key could follow.
void chain_audit(Transaction& tx);

// What a resident is found by: a keyed hash of the phone in its stored form.
std::string phone_mark(const KeyRing& keys, std::string_view phone);

}  // namespace doorstep::identity
