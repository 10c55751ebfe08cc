// What is handed over to one of the city's systems: a file of all that waits for it at a venue, as that
// system takes it. Making the file and fetching it are two things: when the network drops, it is fetched
// again, and nothing is handed over twice.
//
// The file has the applicants in it, so it is kept nowhere: each time it is fetched it is made anew, and the
// look is recorded with its purpose.
#pragma once

#include "api/sheet_file.hpp"
#include "cases/system.hpp"

namespace doorstep::cases {

struct SystemFileTag {
  static constexpr std::string_view prefix = "sf";
};
using SystemFileId = Id<SystemFileTag>;

inline constexpr int system_lines_max = entries_at_once;  // of a file; the next one has the rest

struct CountSystems {
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(CountSystems, (), (venue))

struct SystemCount {
  OtherSystem system{};
  std::int64_t to_send = 0, sent = 0, registered = 0, returned = 0;
  std::optional<Instant> silent_since = {};  // the one of those sent that has waited longest
};
BOOST_DESCRIBE_STRUCT(SystemCount, (), (system, to_send, sent, registered, returned, silent_since))

struct SystemCounts {
  std::vector<SystemCount> systems;  // all of them
};
BOOST_DESCRIBE_STRUCT(SystemCounts, (), (systems))

struct ListSystemCases {
  VenueId venue;
  std::string system;
  std::string stage;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListSystemCases, (), (venue, system, stage, cursor, limit))

struct SystemCaseRow {
  CaseId id;
  std::string reference;
  MatterName matter;
  std::int64_t tries = 0;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(SystemCaseRow, (), (id, reference, matter, tries, changed_at))

struct MakeSystemFile {
  VenueId venue;
  OtherSystem system{};
};
BOOST_DESCRIBE_STRUCT(MakeSystemFile, (), (venue, system))

struct SystemFileView {
  SystemFileId id;
  OtherSystem system{};
  std::string made_by;
  Instant made_at;
  std::int64_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(SystemFileView, (), (id, system, made_by, made_at, lines))

struct ListSystemFiles {
  VenueId venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListSystemFiles, (), (venue, cursor, limit))

struct FetchSystemFile {
  SystemFileId file;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(FetchSystemFile, (), (file, purpose))

SystemCounts count_systems(Snapshot& snapshot, const Caller& caller, const CountSystems& wish);
// Of those under way.
Page<SystemCaseRow> list_system_cases(Snapshot& snapshot, const Caller& caller, const ListSystemCases& wish);
// All that waits, up to system_lines_max, those that have waited longest first. Throws Problem
// nothing_to_send.
SystemFileView make_system_file(Transaction& tx, const Caller& caller, const MakeSystemFile& wish);
Page<SystemFileView> list_system_files(Snapshot& snapshot, const Caller& caller, const ListSystemFiles& wish);
Outcome<CsvFile> fetch_system_file(Transaction& tx, const Caller& caller, const FetchSystemFile& wish);

}  // namespace doorstep::cases
