// Reading, accepting and advancing a case: the commands behind the routes.
#pragma once

#include "cases/cases.hpp"

namespace doorstep::cases {

struct ReadCase {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(ReadCase, (), (id))

struct ReadProgress {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ReadProgress, (), (token))

struct ListCases {
  VenueId venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListCases, (), (venue, cursor, limit))

struct AcceptCase {
  CaseId id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AcceptCase, (), (id, version))

// Why a case is refused: one of the matter's reasons, or words of one's own. And what helps now, where the
// matter's reason does not say it: nobody is sent away without a next step.
struct RefusalWish {
  std::optional<std::string> refusal;
  std::optional<std::string> reason;
  std::optional<std::string> remedy;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1}; }
};
BOOST_DESCRIBE_STRUCT(RefusalWish, (), (refusal, reason, remedy))

struct AdvanceCase {
  CaseId id;
  std::int64_t version = 0;
  std::string to;
  std::optional<std::string> note;
  std::optional<RefusalWish> refusal = {};       // where the step refuses it, and only there
  std::optional<RecordedFor> recorded_for = {};  // in a step where a unit acts
};
BOOST_DESCRIBE_STRUCT(AdvanceCase, (), (id, version, to, note, refusal, recorded_for))

struct LookAtApplicant {
  CaseId id;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(LookAtApplicant, (), (id, purpose))

// A case in a list.
struct CaseRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference;
  MatterName matter;
  Phase phase{};
  Text step;
  std::string first_contact;
  std::optional<std::string> handler;
  std::optional<std::string> offered_to;  // who was asked to take it over
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, version, reference, matter, phase, step, first_contact, handler, offered_to,
                       opened_at, promised_by))

struct ProgressEntry {
  Instant at;
  Text text;
};
BOOST_DESCRIBE_STRUCT(ProgressEntry, (), (at, text))

struct PlaceView {
  Text venue;
  Text address;
};
BOOST_DESCRIBE_STRUCT(PlaceView, (), (venue, address))

// A case as the one who holds its token sees it: its people, its state, nothing of the applicant.
struct CaseProgress {
  std::string reference;
  MatterName matter;
  Phase phase{};
  StepView step;
  identity::Officer first_contact;
  std::optional<identity::Officer> handler;
  Acting acting;
  std::optional<CaseUnit> waiting_for;  // the unit that acts now
  std::optional<Day> promised_by;
  bool provisional = false;
  std::vector<MaterialView> materials;
  std::vector<ProgressEntry> history;
  PlaceView place;
  std::optional<StillMissing> still_missing;  // of what was told at once
  std::optional<RefusalView> refusal;
  std::vector<DeadlineWords> deadlines;
  std::optional<DeclarationView> declaration;
  std::optional<ResultView> result;
  std::int64_t trips = 0;  // so often somebody came for it
};
BOOST_DESCRIBE_STRUCT(CaseProgress, (),
                      (reference, matter, phase, step, first_contact, handler, acting, waiting_for,
                       promised_by, provisional, materials, history, place, still_missing, refusal, deadlines,
                       declaration, result, trips))

CaseView read_case(Snapshot& snapshot, const Caller& caller, const ReadCase& wish);
CaseProgress read_progress(Snapshot& snapshot, const Caller& caller, const ReadProgress& wish);
Page<CaseRow> list_cases(Snapshot& snapshot, const Caller& caller, const ListCases& wish);
CaseView accept_case(Transaction& tx, const Caller& caller, const AcceptCase& wish);
CaseView advance_case(Transaction& tx, const Caller& caller, const AdvanceCase& wish);
Outcome<Applicant> look_at_applicant(Transaction& tx, const Caller& caller, const LookAtApplicant& wish);

// For the venue's officers.
Topic listen_to_desk(Snapshot& snapshot, const Caller& caller, const std::string& asked);
Topic listen_to_case(Snapshot& snapshot, const Caller& caller, const std::string& token);

}  // namespace doorstep::cases
