// Activities that were held: what, on which day, by whom, where, how many came. A town brings in twenty years
// of them as spreadsheets; they are facts of its network, and what insight counts.
//
// Nobody is named in them: who took part is nobody's business here.
#pragma once

#include <optional>
#include <string>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "network/network.hpp"

namespace doorstep::network {

struct PastActivityTag {
  static constexpr std::string_view prefix = "pa";
};
using PastActivityId = Id<PastActivityTag>;

// volunteering 志愿服务, lesson 党课, walking_lesson 行走的党课, immersive_lesson 情景党课, training 培训班,
// delivery 你点我送, council 议事, jobs_and_policy 招聘和政策解读, joint_event 联学共践、主题党日, club
// 兴趣小组.
enum class ActivityKind {
  volunteering,
  lesson,
  walking_lesson,
  immersive_lesson,
  training,
  delivery,
  council,
  jobs_and_policy,
  joint_event,
  club,
  other
};
BOOST_DESCRIBE_ENUM(ActivityKind, volunteering, lesson, walking_lesson, immersive_lesson, training, delivery,
                    council, jobs_and_policy, joint_event, club, other)

inline constexpr std::int32_t attended_max = 1'000'000;
inline constexpr std::int32_t activity_minutes_max = 31 * 24 * 60;

struct PastActivityView {
  PastActivityId id;
  std::int64_t version = 0;
  std::string title;
  Day day;
  ActivityKind kind{};
  OrganisationId organisation;  // who held it
  Text organisation_name;
  std::optional<VenueId> venue;  // none: elsewhere
  std::optional<Text> venue_name;
  std::optional<std::int32_t> attended;  // none: nobody counted
  std::optional<std::int32_t> minutes;   // how long it was
  std::optional<std::string> note;
  std::optional<Instant> ended_at;  // it was a mistake
};
BOOST_DESCRIBE_STRUCT(PastActivityView, (),
                      (id, version, title, day, kind, organisation, organisation_name, venue, venue_name,
                       attended, minutes, note, ended_at))

// Those that fit all that is asked for, the latest day first; mistakes are left out.
struct ListPastActivities {
  std::optional<OrganisationId> organisation;
  std::optional<VenueId> venue;
  std::optional<ActivityKind> kind;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListPastActivities, (), (organisation, venue, kind, cursor, limit))

struct RecordPastActivity {
  std::string title;
  Day day;
  ActivityKind kind{};
  OrganisationId organisation;
  std::optional<VenueId> venue;
  std::optional<std::int32_t> attended;
  std::optional<std::int32_t> minutes;
  std::optional<std::string> note;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "attended") return {.least = 0, .most = attended_max};
    if (member == "minutes") return {.least = 1, .most = activity_minutes_max};
    if (member == "note") return {.length_min = 1, .length_max = note_bytes_max};
    return {.length_min = 1, .length_max = title_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordPastActivity, (),
                      (title, day, kind, organisation, venue, attended, minutes, note))

struct EditPastActivity {
  PastActivityId activity;
  std::int64_t version = 0;
  Patch<std::string> title;
  Patch<Day> day;
  Patch<ActivityKind> kind;
  Patch<std::optional<VenueId>> venue;
  Patch<std::optional<std::int32_t>> attended;
  Patch<std::optional<std::int32_t>> minutes;
  Patch<std::optional<std::string>> note;

  static constexpr Bounds bounds(std::string_view member) { return RecordPastActivity::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(EditPastActivity, (),
                      (activity, version, title, day, kind, venue, attended, minutes, note))

struct EndPastActivity {
  PastActivityId activity;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndPastActivity, (), (activity, version))

Page<PastActivityView> list_past_activities(Snapshot& snapshot, const Caller& caller,
                                            const ListPastActivities& wish);
PastActivityView record_past_activity(Transaction& tx, const Caller& caller, const RecordPastActivity& wish);
PastActivityView edit_past_activity(Transaction& tx, const Caller& caller, const EditPastActivity& wish);
PastActivityView end_past_activity(Transaction& tx, const Caller& caller, const EndPastActivity& wish);

}  // namespace doorstep::network
