// What people thought of it, 好差评: five grades, once a matter, and only if they like.
//
//   none                                    the three better grades
//   open → called_back → appealed → reviewed   the two lowest: a call back within one working day, an appeal
//
// Those concerned, the first contact and the handler, see nothing of it, not even as managers; whoever called
// back does not review the appeal. No list, sheet or figure is by officer: nobody is ranked. What was written
// is sealed, and read by a look.
#pragma once

#include "api/page.hpp"
#include "base/limits.hpp"
#include "cases/cases.hpp"

namespace doorstep::cases {

struct RatingTag {
  static constexpr std::string_view prefix = "ra";
};
using RatingId = Id<RatingTag>;

// In the order of the grades, the lowest first.
enum class Grade { very_poor, poor, fair, good, very_good };
BOOST_DESCRIBE_ENUM(Grade, very_poor, poor, fair, good, very_good)

enum class Remark {
  kind,
  quick,
  clear,
  one_trip,
  helped_along,
  unkind,
  slow,
  unclear,
  many_trips,
  long_wait
};
BOOST_DESCRIBE_ENUM(Remark, kind, quick, clear, one_trip, helped_along, unkind, slow, unclear, many_trips,
                    long_wait)

enum class FollowUp { none, open, called_back, appealed, reviewed };
BOOST_DESCRIBE_ENUM(FollowUp, none, open, called_back, appealed, reviewed)

bool is_low(Grade grade);

inline constexpr std::size_t remarks_max = 5;
inline constexpr int call_back_working_days = 1;

struct RateCase {
  std::string token;
  Grade grade{};
  std::vector<Remark> remarks;
  std::optional<std::string> words = {};
  std::optional<std::string> phone = {};  // where to call back; else that of the applicant

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "remarks") return {.length_max = remarks_max};
    if (member == "phone") return {.length_min = 3, .length_max = 30};
    return {.length_min = 1, .length_max = note_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RateCase, (), (token, grade, remarks, words, phone))

struct ReadRating {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ReadRating, (), (token))

struct AppealRating {
  std::string token;
  std::string words;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(AppealRating, (), (token, words))

// As the one who holds the case's token sees it.
struct OwnRating {
  bool may_rate = false;  // it is over, and was not rated yet
  std::optional<Grade> grade;
  std::optional<FollowUp> follow_up;
  std::optional<Day> call_back_by;
  std::optional<std::string> review;  // what the appeal came to
};
BOOST_DESCRIBE_STRUCT(OwnRating, (), (may_rate, grade, follow_up, call_back_by, review))

OwnRating rate_case(Transaction& tx, const Caller& caller, const RateCase& wish);
OwnRating read_rating(Snapshot& snapshot, const Caller& caller, const ReadRating& wish);
OwnRating appeal_rating(Transaction& tx, const Caller& caller, const AppealRating& wish);

// As managers see it.
struct RatingView {
  RatingId id;
  std::int64_t version = 0;
  std::string reference;
  MatterName matter;
  Grade grade{};
  std::vector<Remark> remarks;
  bool has_words = false;
  Instant at;
  FollowUp follow_up{};
  std::optional<Day> call_back_by;
  bool late = false;  // nobody has called back by then
};
BOOST_DESCRIBE_STRUCT(RatingView, (),
                      (id, version, reference, matter, grade, remarks, has_words, at, follow_up, call_back_by,
                       late))

struct ListRatings {
  VenueId venue;
  std::optional<bool> to_follow_up;  // those alone that somebody has to do something about, the oldest first
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListRatings, (), (venue, to_follow_up, cursor, limit))

struct LookAtRating {
  RatingId rating;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(LookAtRating, (), (rating, purpose))

struct RatingWords {
  std::optional<std::string> words;
  std::optional<std::string> phone;
  std::optional<std::string> call_back;
  std::optional<std::string> appeal;
  std::optional<std::string> review;
};
BOOST_DESCRIBE_STRUCT(RatingWords, (), (words, phone, call_back, appeal, review))

struct RecordCallBack {
  RatingId rating;
  std::int64_t version = 0;
  std::string outcome;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RecordCallBack, (), (rating, version, outcome))

struct ReviewAppeal {
  RatingId rating;
  std::int64_t version = 0;
  std::string outcome;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(ReviewAppeal, (), (rating, version, outcome))

// How a venue's matters were rated from one day to another, both included.
struct CountRatings {
  VenueId venue;
  Day from;
  Day until;
};
BOOST_DESCRIBE_STRUCT(CountRatings, (), (venue, from, until))

struct MatterRatings {
  MatterName matter;
  std::vector<std::int64_t> count;  // by grade, the lowest first
};
BOOST_DESCRIBE_STRUCT(MatterRatings, (), (matter, count))

struct RatingCounts {
  std::vector<MatterRatings> matters;
};
BOOST_DESCRIBE_STRUCT(RatingCounts, (), (matters))

Page<RatingView> list_ratings(Snapshot& snapshot, const Caller& caller, const ListRatings& wish);
Outcome<RatingWords> look_at_rating(Transaction& tx, const Caller& caller, const LookAtRating& wish);
RatingView record_call_back(Transaction& tx, const Caller& caller, const RecordCallBack& wish);
RatingView review_appeal(Transaction& tx, const Caller& caller, const ReviewAppeal& wish);
RatingCounts count_ratings(Snapshot& snapshot, const Caller& caller, const CountRatings& wish);

void add_rating_routes(api::Api& api);

}  // namespace doorstep::cases
