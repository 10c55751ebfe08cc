// The side of whoever holds the case's token.
#include "cases/rating.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/open.hpp"
#include "cases/stored_case.hpp"
#include "cases/stored_rating.hpp"
#include "network/calendar.hpp"

namespace doorstep::cases {

namespace {

std::optional<StoredRating> rating_of(Snapshot& snapshot, CaseId id) {
  return snapshot.maybe<StoredRating>(
      "select r.id, r.version, r.case_id, r.venue, r.grade, r.follow_up, r.call_back_by, r.called_back_by,"
      " r.first_contact, r.handler, r.words, r.phone, r.call_back, r.appeal, r.review"
      " from ratings r where r.case_id = :case",
      {{"case", id}});
}

StoredCase require_held(Snapshot& snapshot, const std::string& token) {
  auto row = find_case(snapshot, token);
  if (!row) throw Problem{"no_such_case"};
  return std::move(*row);
}

OwnRating own(Snapshot& snapshot, const StoredCase& row) {
  const auto rating = rating_of(snapshot, row.id);
  if (!rating)
    return {.may_rate = is_over(row.phase), .grade = {}, .follow_up = {}, .call_back_by = {}, .review = {}};
  return {.may_rate = false,
          .grade = grade_of(rating->grade),
          .follow_up = rating->follow_up,
          .call_back_by = rating->call_back_by,
          .review = opened_words(snapshot.keys(), "review", rating->id, rating->review)};
}

// Its names with a space between them, each once, in their own order.
std::string stored(std::vector<Remark> remarks) {
  std::ranges::sort(remarks);
  const auto repeated = std::ranges::unique(remarks);
  remarks.erase(repeated.begin(), repeated.end());
  std::string names;
  for (const auto remark : remarks) names += (names.empty() ? "" : " ") + std::string{name_of(remark)};
  return names;
}

std::optional<Day> call_back_day(Snapshot& snapshot, Grade grade, Instant at) {
  if (!is_low(grade)) return std::nullopt;
  const auto today = day_at_town(snapshot, at);
  return network::working_days_after(network::calendar_from(snapshot, today), today, {call_back_working_days})
      .day;
}

}  // namespace

bool is_low(Grade grade) {
  switch (grade) {
    case Grade::very_poor:
    case Grade::poor: return true;
    case Grade::fair:
    case Grade::good:
    case Grade::very_good: return false;
  }
  return false;
}

OwnRating rate_case(Transaction& tx, const Caller& caller, const RateCase& wish) {
  const auto row = require_held(tx, wish.token);
  if (!is_over(row.phase)) throw Problem{"case_still_open"};
  if (rating_of(tx, row.id)) throw Problem{"already_rated"};
  const auto id = tx.new_id<RatingId>();
  const auto sealed = [&](std::string_view column, const std::optional<std::string>& words) {
    return words ? std::optional{sealed_words(tx.keys(), column, id, *words)} : std::nullopt;
  };
  tx.run(
      "insert into ratings (id, case_id, venue, matter, first_contact, handler, grade, tags, words, phone, at, follow_up, call_back_by, version)"
      " select :id, c.id, c.venue, c.matter, c.first_contact, c.handler, :grade, :tags, :words, :phone, :at, :follow_up, :call_back_by, 1"
      " from cases c where c.id = :case",
      {{"id", id},
       {"case", row.id},
       {"grade", number_of(wish.grade)},
       {"tags", stored(wish.remarks)},
       {"words", sealed("words", wish.words)},
       {"phone", sealed("phone", wish.phone)},
       {"at", caller.at},
       {"follow_up", is_low(wish.grade) ? FollowUp::open : FollowUp::none},
       {"call_back_by", call_back_day(tx, wish.grade, caller.at)}});
  return own(tx, row);
}

OwnRating read_rating(Snapshot& snapshot, const Caller&, const ReadRating& wish) {
  return own(snapshot, require_held(snapshot, wish.token));
}

OwnRating appeal_rating(Transaction& tx, const Caller& caller, const AppealRating& wish) {
  const auto row = require_held(tx, wish.token);
  const auto rating = rating_of(tx, row.id);
  if (!rating || rating->follow_up != FollowUp::called_back) throw Problem{"no_appeal_now"};
  tx.run(
      "update ratings set follow_up = 'appealed', appeal = :appeal, appealed_at = :at, version = version + 1"
      " where id = :id",
      {{"id", rating->id},
       {"appeal", sealed_words(tx.keys(), "appeal", rating->id, wish.words)},
       {"at", caller.at}});
  return own(tx, row);
}

}  // namespace doorstep::cases
