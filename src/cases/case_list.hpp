// Rows of cases as lists show them. For the files of this room.
#pragma once

#include "cases/case.hpp"

namespace doorstep::cases {

struct ListedCase {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, matter, body;
  Phase phase{};
  std::string step, first_contact;
  std::optional<std::string> handler, offered_to;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(ListedCase, (),
                      (id, version, reference, matter, body, phase, step, first_contact, handler, offered_to,
                       opened_at, promised_by))

// Where a list goes on that begins with the newest: the largest id that there may be, at its beginning.
std::int64_t page_before(const std::optional<std::string>& cursor);

// `rows` are one more than the page holds where there are more.
Page<CaseRow> page_of_cases(const std::vector<ListedCase>& rows, int limit);

}  // namespace doorstep::cases
