// Asking for something from a phone: the form is sent, and somebody answers for it from that moment.
//
// The first contact is whoever answers at the venue that day (network/answerer.hpp). What the answers tell at
// once, that it cannot be accepted as it is, is said at once, with what helps: no case is opened for it.
#pragma once

#include "api/page.hpp"
#include "cases/answers.hpp"

namespace doorstep::cases {

// Of one browser, still running: more are somebody else's, or a machine's.
inline constexpr int applications_max = 10;

struct ApplyForMatter {
  std::string matter;
  VenueId venue;
  Applicant applicant;
  Answers answers;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "answers" ? Bounds{.length_max = answers_max} : Bounds{.length_max = answer_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ApplyForMatter, (), (matter, venue, applicant, answers))

// What the one who asked keeps of it.
struct CaseSlip {
  std::string reference;
  std::string token;
  identity::Officer first_contact;
  std::optional<Day> promised_by;
  bool provisional = false;
};
BOOST_DESCRIBE_STRUCT(CaseSlip, (), (reference, token, first_contact, promised_by, provisional))

struct ToldAtOnce {
  Text reason;
  Text remedy;
};
BOOST_DESCRIBE_STRUCT(ToldAtOnce, (), (reason, remedy))

// One of the two.
struct Application {
  std::optional<CaseSlip> opened;
  std::optional<ToldAtOnce> refused;
};
BOOST_DESCRIBE_STRUCT(Application, (), (opened, refused))

struct Opened;
// One statement.
CaseSlip slip_of(Snapshot& snapshot, const Opened& opened);

Application apply_for_matter(Transaction& tx, const Caller& caller, const ApplyForMatter& wish);

struct ListOwnCases {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListOwnCases, (), (cursor, limit))

// A case in the list of the one who asked.
struct OwnCase {
  std::string reference;
  std::string token;
  MatterName matter;
  Phase phase{};
  Text step;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(OwnCase, (), (reference, token, matter, phase, step, opened_at, promised_by))

Page<OwnCase> list_own_cases(Snapshot& snapshot, const Caller& caller, const ListOwnCases& wish);

struct LookAtAnswers {
  CaseId id;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(LookAtAnswers, (), (id, purpose))

struct AnswersView {
  std::vector<AnswerView> answers;
};
BOOST_DESCRIBE_STRUCT(AnswersView, (), (answers))

Outcome<AnswersView> look_at_answers(Transaction& tx, const Caller& caller, const LookAtAnswers& wish);

void add_application_routes(api::Api& api);

}  // namespace doorstep::cases
