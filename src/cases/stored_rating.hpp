// A rating's row, and its seals. For the files about ratings.
#pragma once

#include "base/enums.hpp"
#include "base/sealed.hpp"
#include "cases/rating.hpp"

namespace doorstep::cases {

struct StoredRating {
  RatingId id;
  std::int64_t version = 0;
  CaseId case_id;
  VenueId venue;
  std::int64_t grade = 0;
  FollowUp follow_up{};
  std::optional<Day> call_back_by;
  std::optional<StaffId> called_back_by;
  StaffId first_contact;
  std::optional<StaffId> handler;
  std::optional<storage::Bytes> words, phone, call_back, appeal, review;
};
BOOST_DESCRIBE_STRUCT(StoredRating, (),
                      (id, version, case_id, venue, grade, follow_up, call_back_by, called_back_by,
                       first_contact, handler, words, phone, call_back, appeal, review))

inline std::int64_t number_of(Grade grade) { return static_cast<std::int64_t>(grade) + 1; }
inline Grade grade_of(std::int64_t number) { return static_cast<Grade>(number - 1); }

inline storage::Bytes sealed_words(const KeyRing& keys, std::string_view column, RatingId id,
                                   const std::string& words) {
  const auto sealed = seal(keys, words, {"ratings", column, id.value});
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

inline std::optional<std::string> opened_words(const KeyRing& keys, std::string_view column, RatingId id,
                                               const std::optional<storage::Bytes>& sealed) {
  if (!sealed) return std::nullopt;
  return open(keys, Sealed<std::string>{std::string{sealed->begin(), sealed->end()}},
              {"ratings", column, id.value});
}

}  // namespace doorstep::cases
