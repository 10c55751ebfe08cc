// Questions that are answered without becoming a case.
//
// Whoever is asked answers and logs it, with what was asked and what was said, both sealed; lists leave them
// out, and reading them is a look. When it turns out that more is to be done it becomes a case, whose first
// contact is whoever was asked then: first asked, first responsible. (首问负责)
#pragma once

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "cases/case.hpp"

namespace doorstep::cases {

struct InquiryTag {
  static constexpr std::string_view prefix = "iq";
};
using InquiryId = Id<InquiryTag>;

enum class InquiryOutcome { answered, became_case };
BOOST_DESCRIBE_ENUM(InquiryOutcome, answered, became_case)

struct InquiryCase {
  CaseId id;
  std::string reference;
};
BOOST_DESCRIBE_STRUCT(InquiryCase, (), (id, reference))

struct InquiryView {
  InquiryId id;
  Instant at;
  identity::StaffName staff;
  std::optional<MatterName> matter;
  InquiryOutcome outcome{};
  std::optional<InquiryCase> opened_case;
};
BOOST_DESCRIBE_STRUCT(InquiryView, (), (id, at, staff, matter, outcome, opened_case))

struct InquiryText {
  std::string question;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(InquiryText, (), (question, answer))

struct LogInquiry {
  VenueId venue;
  std::optional<std::string> matter;
  std::string question;
  std::string answer;

  static constexpr Bounds bounds(std::string_view member) {
    return {.length_min = 1, .length_max = member == "matter" ? name_bytes_max : note_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(LogInquiry, (), (venue, matter, question, answer))

// Those of a venue on a day, today without one; the newest first.
struct ListInquiries {
  VenueId venue;
  std::optional<Day> day;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListInquiries, (), (venue, day, cursor, limit))

struct LookAtInquiry {
  InquiryId inquiry;
};
BOOST_DESCRIBE_STRUCT(LookAtInquiry, (), (inquiry))

// What was asked becomes the case's note.
struct OpenCaseOfInquiry {
  InquiryId inquiry;
  std::string matter;
  std::vector<std::string> materials_received;
  std::optional<Applicant> applicant;
  std::optional<bool> by_phone = {};  // they did not come for it
};
BOOST_DESCRIBE_STRUCT(OpenCaseOfInquiry, (), (inquiry, matter, materials_received, applicant, by_phone))

InquiryView log_inquiry(Transaction& tx, const Caller& caller, const LogInquiry& wish);
Page<InquiryView> list_inquiries(Snapshot& snapshot, const Caller& caller, const ListInquiries& wish);
Outcome<InquiryText> look_at_inquiry(Transaction& tx, const Caller& caller, const LookAtInquiry& wish);
CaseView open_case_of_inquiry(Transaction& tx, const Caller& caller, const OpenCaseOfInquiry& wish);

}  // namespace doorstep::cases
