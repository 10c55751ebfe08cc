// Finding cases: what somebody has in hand, one by its number, those of a name or a phone.
#pragma once

#include "cases/case.hpp"

namespace doorstep::cases {

// As which of a case's two people.
enum class WorkAs { handler, first_contact };
BOOST_DESCRIBE_ENUM(WorkAs, handler, first_contact)

// The cases under way that one handles, also those nobody has accepted yet and that one took in; or that one
// is the first contact of. The newest first, at whatever venue.
struct ListWork {
  std::optional<WorkAs> as;  // handler, where nothing is said
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListWork, (), (as, cursor, limit))

// By the whole reference, or by its last digits, then of this year.
struct FindCaseByNumber {
  std::string number;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 40}; }
};
BOOST_DESCRIBE_STRUCT(FindCaseByNumber, (), (number))

// By the applicant's phone, or letters of their name that stand next to each other, two at least. That
// somebody has a case is told of them: each such search is a look.
struct FindCasesOfApplicant {
  VenueId venue;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(FindCasesOfApplicant, (), (venue, name, phone, purpose, cursor, limit))

Page<CaseRow> list_work(Snapshot& snapshot, const Caller& caller, const ListWork& wish);
CaseView find_case_by_number(Snapshot& snapshot, const Caller& caller, const FindCaseByNumber& wish);
Outcome<Page<CaseRow>> find_cases_of_applicant(Transaction& tx, const Caller& caller,
                                               const FindCasesOfApplicant& wish);

// By which an applicant is found. One statement.
void add_marks(Transaction& tx, CaseId id, VenueId venue, const Applicant& applicant);
// The same of all cases, where a town comes in from an export.
void make_all_marks(Transaction& tx);
// And of those from before there were marks, some at a time; `key`: after which case.
inline constexpr std::string_view marks_timer = "case_marks";
void make_earlier_marks(Transaction& tx, const Caller& caller, const std::string& key,
                        const std::string& body);

void add_search_routes(api::Api& api);

}  // namespace doorstep::cases
