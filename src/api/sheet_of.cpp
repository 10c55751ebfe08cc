#include "api/sheet_of.hpp"

#include "api/api.hpp"

namespace doorstep::sheet_detail {

std::string cell_of(const SheetReader& reader, Instant at) {
  return to_string(reader.zone.day_of(at)) + " " + to_string(reader.zone.time_of(at));
}

std::string cell_of(const SheetReader& reader, bool is_so) {
  const Text yes{"是", "Yes"}, no{"否", "No"};
  return (is_so ? yes : no).in(reader.language);
}

}  // namespace doorstep::sheet_detail

namespace doorstep::api::detail {

Rules rules_of_sheet(Rules rules) {
  rules.summary += ", as a sheet";
  ++rules.queries;  // the town's zone
  if (rules.who.anyone) rules.who = Who::signed_in();
  return rules;
}

}  // namespace doorstep::api::detail
