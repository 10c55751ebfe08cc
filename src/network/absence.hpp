// Leave, and whoever cannot come today: who is away, and who stands in.
//
// Planned leave that would leave a post empty on a day when its venue is open is refused, unless it names a
// third person who is there. Somebody who falls ill is simply away, from today on: what is empty then is
// said, and the venue's manager stands in. Why somebody is away is not asked.
#pragma once

#include "network/post.hpp"

namespace doorstep::network {

struct AbsenceTag {
  static constexpr std::string_view prefix = "ab";
};
using AbsenceId = Id<AbsenceTag>;

enum class AbsenceKind { planned, sudden };
BOOST_DESCRIBE_ENUM(AbsenceKind, planned, sudden)

inline constexpr int absence_days_max = 366;
inline constexpr std::size_t gaps_shown_max = 100;

// A post that nobody is left for on that day.
struct Gap {
  PostId post;
  Text name;
  Day day;
};
BOOST_DESCRIBE_STRUCT(Gap, (), (post, name, day))

struct AbsenceView {
  AbsenceId id;
  std::int64_t version = 0;
  StaffName staff;
  AbsenceKind kind{};
  Day from;
  Day until;  // the last day
  std::optional<StaffName> third;
  bool cancelled = false;
};
BOOST_DESCRIBE_STRUCT(AbsenceView, (), (id, version, staff, kind, from, until, third, cancelled))

// One's own, or those of somebody for whom one may record them; the newest first.
struct ListAbsences {
  std::optional<StaffId> staff;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListAbsences, (), (staff, cursor, limit))

struct RecordAbsence {
  std::optional<StaffId> staff;  // oneself without it
  AbsenceKind kind{};
  Day from;
  Day until;
  std::optional<StaffId> third;
};
BOOST_DESCRIBE_STRUCT(RecordAbsence, (), (staff, kind, from, until, third))

// The absence as recorded, and what is empty all the same.
struct AbsenceRecorded {
  AbsenceView absence;
  std::vector<Gap> gaps;  // the first hundred
};
BOOST_DESCRIBE_STRUCT(AbsenceRecorded, (), (absence, gaps))

// What would be empty, before it is recorded.
struct FindGaps {
  std::optional<StaffId> staff;
  Day from;
  Day until;
  std::optional<StaffId> third;
};
BOOST_DESCRIBE_STRUCT(FindGaps, (), (staff, from, until, third))

struct Gaps {
  std::vector<Gap> gaps;
};
BOOST_DESCRIBE_STRUCT(Gaps, (), (gaps))

// Back on a day, today without one. Whoever is back before it began was never away.
struct EndAbsence {
  AbsenceId absence;
  std::int64_t version = 0;
  std::optional<Day> back_on;
};
BOOST_DESCRIBE_STRUCT(EndAbsence, (), (absence, version, back_on))

Page<AbsenceView> list_absences(Snapshot& snapshot, const Caller& caller, const ListAbsences& wish);
Gaps find_gaps(Snapshot& snapshot, const Caller& caller, const FindGaps& wish);
AbsenceRecorded record_absence(Transaction& tx, const Caller& caller, const RecordAbsence& wish);
AbsenceView end_absence(Transaction& tx, const Caller& caller, const EndAbsence& wish);

}  // namespace doorstep::network
