// What each of the city's systems takes and gives as a table: the columns of a file that goes out, and the
// words of a sheet that comes back. Documented for those who run such a system in docs/systems.md.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cases/definition.hpp"
#include "sheets/sheet.hpp"

namespace doorstep::cases {

// A case as it is handed over. Personal.
struct CaseToSend {
  std::string reference, matter, name, phone;
  std::string units;    // who acts in it besides, each with what it is
  std::string answers;  // what was asked and answered
  std::string venue, day;
  std::string tried;  // the how many-eth time
};

struct FileColumn {
  std::string heading;
  std::string CaseToSend::* text;
};

struct Adapter {
  OtherSystem system{};
  Text name;
  std::vector<FileColumn> columns;
  // Of what comes back: how that system calls our number and its own, and its words for what became of it.
  std::string our_number, their_number, what_became;
  std::string registered, returned, settled;
};

std::span<const Adapter> adapters();
const Adapter& adapter_of(OtherSystem system);

sheets::NewSheet file_for(const Adapter& adapter, const std::vector<CaseToSend>& cases);

}  // namespace doorstep::cases
