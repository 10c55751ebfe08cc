// How a case stands in the city's system that decides or registers it: given to it or not, its number there,
// what was said there last, who entered that and when. 对接
//
// Nothing here is connected to any system. What is handed over goes out in a file (`system_files.hpp`) and
// comes back in a sheet (`system_answers.hpp`), or somebody types in what they see there. Whoever sees the
// case sees its number there; the one who holds the slip sees how it stands, and no number.
#pragma once

#include "cases/stored_case.hpp"

namespace doorstep::cases {

//   to_send      waits for the next file
//   sent         handed over; no word yet
//   registered   it has a number there
//   returned     that system wants something else; said what
//   settled      decided there, for good
enum class SystemStage { to_send, sent, registered, returned, settled };
BOOST_DESCRIBE_ENUM(SystemStage, to_send, sent, registered, returned, settled)

// What happens to it: `hand_over` asks for it to be put into the next file, again where that system is
// silent or has returned it; `send` puts it there; the others are what that system says.
enum class SystemAct { hand_over, send, register_it, return_it, settle };

// Throws Problem system_waits_already, system_settled, system_not_asked.
SystemStage stage_after(std::optional<SystemStage> stage, SystemAct act);

inline constexpr std::size_t system_reference_bytes_max = 100;
inline constexpr std::size_t system_words_bytes_max = 400;

struct SystemTag {
  static constexpr std::string_view prefix = "sy";
};
using SystemId = Id<SystemTag>;

struct SystemStanding {
  SystemId id = {};  // none yet: it is new
  SystemStage stage{};
  std::int64_t version = 0;
  std::int64_t tries = 0;
  Instant changed_at = {};
  std::optional<std::string> reference = {};
  std::optional<StaffId> recorded_by = {};
  std::optional<Instant> recorded_at = {};
  std::optional<std::string> words = {};
  std::optional<StaffId> confirmed_by = {};
  std::optional<Instant> confirmed_at = {};
};
BOOST_DESCRIBE_STRUCT(SystemStanding, (),
                      (id, stage, version, tries, changed_at, reference, recorded_by, recorded_at, words,
                       confirmed_by, confirmed_at))

struct ReadSystem {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(ReadSystem, (), (id))

// A number that was typed in before goes: it was of something else.
struct HandOverToSystem {
  CaseId id;
  std::int64_t version = 0;  // of the case; so it is below
};
BOOST_DESCRIBE_STRUCT(HandOverToSystem, (), (id, version))

// Its number there, typed in; a number that is corrected leaves the case at its stage.
struct RecordSystemReference {
  CaseId id;
  std::int64_t version = 0;
  std::string reference;

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = system_reference_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordSystemReference, (), (id, version, reference))

// Somebody has looked there.
struct ConfirmInSystem {
  CaseId id;
  std::int64_t version = 0;
  std::string words;     // as that system says it
  bool settled = false;  // and it is decided there

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = system_words_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ConfirmInSystem, (), (id, version, words, settled))

struct SystemView {
  std::optional<OtherSystem> system = {};  // none: the town decides it itself
  std::optional<Text> authority = {};      // who decides there
  std::optional<SystemStage> stage = {};   // none: it was not given to that system
  std::int64_t tries = 0;                  // so often it was put into a file
  std::optional<Instant> changed_at = {};
  std::optional<std::string> reference = {};
  std::optional<std::string> recorded_by = {};
  std::optional<Instant> recorded_at = {};
  std::optional<std::string> words = {};
  std::optional<std::string> confirmed_by = {};
  std::optional<Instant> confirmed_at = {};
};
BOOST_DESCRIBE_STRUCT(SystemView, (),
                      (system, authority, stage, tries, changed_at, reference, recorded_by, recorded_at,
                       words, confirmed_by, confirmed_at))

struct ReadSystemProgress {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ReadSystemProgress, (), (token))

// As the one who holds the token sees it.
struct SystemProgress {
  std::optional<OtherSystem> system = {};
  std::optional<SystemStage> stage = {};
  std::int64_t tries = 0;
  std::optional<Instant> changed_at = {};
  std::optional<Instant> confirmed_at = {};
};
BOOST_DESCRIBE_STRUCT(SystemProgress, (), (system, stage, tries, changed_at, confirmed_at))

SystemView read_system(Snapshot& snapshot, const Caller& caller, const ReadSystem& wish);
SystemProgress read_system_progress(Snapshot& snapshot, const Caller& caller, const ReadSystemProgress& wish);
// By whoever handles it. Throw Problem no_system, and what `stage_after` throws; the first one no_applicant,
// for there is nobody to hand over.
CaseView hand_over_to_system(Transaction& tx, const Caller& caller, const HandOverToSystem& wish);
CaseView record_system_reference(Transaction& tx, const Caller& caller, const RecordSystemReference& wish);
// Throws Problem no_system_reference.
CaseView confirm_in_system(Transaction& tx, const Caller& caller, const ConfirmInSystem& wish);

// For the other files of this room.

// One statement.
std::optional<SystemStanding> standing_of(Snapshot& snapshot, CaseId id);
// Since when it stands so: what is noted of it without a change does not count anew.
void enter(SystemStanding& standing, SystemStage stage, Instant at);
// As the next version, with its entry in the history and whoever follows the case told. Three statements.
void put_standing(Transaction& tx, const Caller& caller, const StoredCase& row, OtherSystem system,
                  const SystemStanding& standing, const NewEntry& entry);

void add_system_routes(api::Api& api);

}  // namespace doorstep::cases
