// Cases: anything that a person asks for, with someone who answers for it at every moment. The front header.
//
// Two people: the first contact, who took it in and stays the one to turn to; and the handler, who has
// accepted it. Until somebody has, the first contact handles it. While either is away, somebody acts for
// them. Who applied is sealed, and shown only by a look with its purpose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "api/page.hpp"
#include "cases/deadline_view.hpp"
#include "cases/intake_view.hpp"
#include "cases/matter.hpp"
#include "cases/matter_list.hpp"
#include "cases/people.hpp"
#include "identity/identity.hpp"
#include "imports/imports.hpp"
#include "journal/files.hpp"
#include "network/network.hpp"

namespace doorstep::cases {

struct CaseTag {
  static constexpr std::string_view prefix = "cs";
};
using CaseId = Id<CaseTag>;

struct MatterName {
  std::string key;
  Text name;
};
BOOST_DESCRIBE_STRUCT(MatterName, (), (key, name))

struct Applicant {
  std::string name;
  std::string phone;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "phone" ? Bounds{.length_min = 3, .length_max = 30}
                             : Bounds{.length_min = 1, .length_max = 200};
  }
};
BOOST_DESCRIBE_STRUCT(Applicant, (), (name, phone))

// A step of the case's history as staff see it.
struct HistoryEntry {
  Instant at;
  Text text;
  std::optional<std::string> by;
  std::optional<std::string> note;
  std::optional<RecordedFor> recorded_for = {};
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (at, text, by, note, recorded_for))

// A case that belongs to another one, or the one it belongs to.
struct RelatedCase {
  CaseId id;
  std::string reference;
  Text name;
  Phase phase{};
  bool is_parent = false;
};
BOOST_DESCRIBE_STRUCT(RelatedCase, (), (id, reference, name, phase, is_parent))

// A case as staff see it; the applicant only by a look.
struct CaseView {
  CaseId id;
  std::int64_t version = 0;
  std::string token;
  std::string reference;
  MatterName matter;
  Phase phase{};
  StepView step;
  std::vector<StepView> next_steps;
  identity::Officer first_contact;
  std::optional<identity::Officer> handler;
  Acting acting;
  std::optional<CaseOffer> offer;
  std::vector<CaseUnit> units;
  std::optional<CaseUnit> waiting_for;
  bool mine = false;  // the one who asks handles it, or acts for whoever does
  Instant opened_at;
  std::optional<Day> promised_by;  // none while the case waits for the resident
  bool provisional = false;
  std::vector<MaterialView> materials;
  std::vector<HistoryEntry> history;
  std::optional<std::string> note;
  bool has_applicant = false;
  bool has_answers = false;
  std::vector<NoticeView> notices;  // the first one, and what came up since
  std::optional<RefusalView> refusal;
  std::vector<Refusal> refusals;  // the matter's reasons for one
  std::vector<DeadlineView> deadlines;
  std::optional<DeclarationView> declaration;
  std::vector<RelatedCase> related;
  std::optional<ResultView> result;
};
BOOST_DESCRIBE_STRUCT(CaseView, (),
                      (id, version, token, reference, matter, phase, step, next_steps, first_contact, handler,
                       acting, offer, units, waiting_for, mine, opened_at, promised_by, provisional,
                       materials, history, note, has_applicant, has_answers, notices, refusal, refusals,
                       deadlines, declaration, related, result))

inline constexpr std::size_t answers_max = 60;  // of the pre-check and the form together

struct OpenCase {
  std::string matter;
  VenueId venue;
  std::vector<std::string> materials_received;
  std::optional<Applicant> applicant;
  std::optional<std::string> note;
  Answers answers = {};                       // of the pre-check and the form, as far as they were asked
  std::optional<StaffId> first_contact = {};  // who was asked first; without it the caller
  bool came = true;                           // and not by phone: their first trip for it
};

// Opens a case with the caller or that member of staff as its first contact; throws Problem no_such_matter,
// unknown_material, unknown_answer.
CaseView open_case(Transaction& tx, const Caller& caller, const OpenCase& wish);

// What opens the case without a sign-in. No statement.
std::string token_of(Snapshot& snapshot, CaseId id);
// One statement.
std::string reference_of(Snapshot& snapshot, CaseId id);

// Whether a case is in hand there. One statement.
std::vector<network::InUse> uses_of_venue(Snapshot& snapshot, VenueId venue);

// How many who gave a low grade were not called back by the day that was promised, in the town. Two
// statements.
std::int64_t late_call_backs(Snapshot& snapshot, Instant at);

// The calendar has changed: deadlines that were said with reserve are counted anew, soon. One statement.
void recount_deadlines(Transaction& tx, Instant at);

// What people add to their cases is kept in `files`.
void add_routes(api::Api& api, FileStore& files);
// Matters as people find them, and the pre-check.
void add_matter_routes(api::Api& api, const Halls& halls);
void add_import_kinds(imports::Kinds& kinds);
void add_timers(Journal& journal);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::cases
