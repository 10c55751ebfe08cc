// The side of the venue's managers. Those concerned see nothing: a rating of theirs is to them one that there
// is not.
#include "base/problem.hpp"
#include "cases/open.hpp"
#include "cases/rating.hpp"
#include "cases/stored_rating.hpp"
#include "identity/person.hpp"

namespace doorstep::cases {

namespace {

struct ListedRow {
  RatingId id;
  std::int64_t version = 0;
  std::string reference, body;
  std::int64_t grade = 0;
  std::string tags;
  bool has_words = false;
  Instant at;
  FollowUp follow_up{};
  std::optional<Day> call_back_by;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, version, reference, body, grade, tags, has_words, at, follow_up, call_back_by))

struct CountRow {
  std::string matter, body;
  std::int64_t grade = 0;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (matter, body, grade, count))

std::vector<Remark> remarks_in(const std::string& stored) {
  std::vector<Remark> remarks;
  for (std::size_t begin = 0; begin < stored.size();) {
    const auto end = std::min(stored.find(' ', begin), stored.size());
    if (const auto remark = enum_named<Remark>(stored.substr(begin, end - begin))) remarks.push_back(*remark);
    begin = end + 1;
  }
  return remarks;
}

MatterName name_in(const std::string& body) {
  const auto matter = read_json<MatterDefinition>(body);
  return {matter.key, matter.name};
}

RatingView view(const ListedRow& row, Day today) {
  return {.id = row.id,
          .version = row.version,
          .reference = row.reference,
          .matter = name_in(row.body),
          .grade = grade_of(row.grade),
          .remarks = remarks_in(row.tags),
          .has_words = row.has_words,
          .at = row.at,
          .follow_up = row.follow_up,
          .call_back_by = row.call_back_by,
          .late = row.follow_up == FollowUp::open && row.call_back_by && *row.call_back_by < today};
}

bool concerns(const StoredRating& rating, StaffId staff) {
  return rating.first_contact == staff || rating.handler == staff;
}

std::optional<StoredRating> find_rating(Snapshot& snapshot, RatingId id) {
  return snapshot.maybe<StoredRating>(
      "select r.id, r.version, r.case_id, r.venue, r.grade, r.follow_up, r.call_back_by, r.called_back_by,"
      " r.first_contact, r.handler, r.words, r.phone, r.call_back, r.appeal, r.review"
      " from ratings r where r.id = :id",
      {{"id", id}});
}

StoredRating require_rating(Snapshot& snapshot, const Caller& caller, RatingId id) {
  auto rating = find_rating(snapshot, id);
  if (!rating) throw Problem{"no_such_rating"};
  const auto& staff = require_role(caller, {Role::centre_manager}, rating->venue);
  if (concerns(*rating, staff.id)) throw Problem{"no_such_rating"};
  return std::move(*rating);
}

RatingView rating_again(Snapshot& snapshot, RatingId id, Instant at) {
  return view(
      snapshot.one<ListedRow>(
          "select r.id, r.version, c.reference, d.body, r.grade, r.tags,"
          " case when r.words is null then 0 else 1 end as has_words, r.at, r.follow_up, r.call_back_by"
          " from ratings r join cases c on c.id = r.case_id join matter_definitions d on d.hash = c.definition"
          " where r.id = :id",
          {{"id", id}}),
      day_at_town(snapshot, at));
}

std::vector<ListedRow> rows_to_follow_up(Snapshot& snapshot, VenueId venue, StaffId me, std::int64_t after,
                                         int limit) {
  return snapshot.all<ListedRow>(
      "select r.id, r.version, c.reference, d.body, r.grade, r.tags,"
      " case when r.words is null then 0 else 1 end as has_words, r.at, r.follow_up, r.call_back_by"
      " from ratings r join cases c on c.id = r.case_id join matter_definitions d on d.hash = c.definition"
      " where r.venue = :venue and r.follow_up in ('open', 'appealed') and r.id > :after"
      " and r.first_contact <> :me and (r.handler is null or r.handler <> :me) order by r.id limit :limit",
      {{"venue", venue}, {"me", me}, {"after", after}, {"limit", limit}});
}

std::vector<ListedRow> newest_rows(Snapshot& snapshot, VenueId venue, StaffId me, std::int64_t before,
                                   int limit) {
  return snapshot.all<ListedRow>(
      "select r.id, r.version, c.reference, d.body, r.grade, r.tags,"
      " case when r.words is null then 0 else 1 end as has_words, r.at, r.follow_up, r.call_back_by"
      " from ratings r join cases c on c.id = r.case_id join matter_definitions d on d.hash = c.definition"
      " where r.venue = :venue and r.id < :before"
      " and r.first_contact <> :me and (r.handler is null or r.handler <> :me) order by r.id desc limit :limit",
      {{"venue", venue}, {"me", me}, {"before", before == 0 ? INT64_MAX : before}, {"limit", limit}});
}

}  // namespace

Page<RatingView> list_ratings(Snapshot& snapshot, const Caller& caller, const ListRatings& wish) {
  const auto me = require_role(caller, {Role::centre_manager}, wish.venue).id;
  const int limit = page_limit(wish.limit);
  const auto from = page_after(wish.cursor);
  const auto rows = wish.to_follow_up.value_or(false)
                        ? rows_to_follow_up(snapshot, wish.venue, me, from, limit + 1)
                        : newest_rows(snapshot, wish.venue, me, from, limit + 1);
  const auto today = day_at_town(snapshot, caller.at);
  return page_of(
      rows, limit, [](const ListedRow& row) { return row.id.value; },
      [&](const ListedRow& row) { return view(row, today); });
}

Outcome<RatingWords> look_at_rating(Transaction& tx, const Caller& caller, const LookAtRating& wish) {
  const auto rating = find_rating(tx, wish.rating);
  if (!rating) throw Problem{"no_such_rating"};
  const bool may =
      caller.has(Role::centre_manager, rating->venue) && !concerns(*rating, require_staff(caller).id);
  if (may) identity::require_purpose(wish.purpose);
  identity::audit_look(tx, caller, "look_at_rating", to_string(wish.rating), wish.purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  const auto opened = [&](std::string_view column, const std::optional<storage::Bytes>& sealed) {
    return opened_words(tx.keys(), column, rating->id, sealed);
  };
  return RatingWords{.words = opened("words", rating->words),
                     .phone = opened("phone", rating->phone),
                     .call_back = opened("call_back", rating->call_back),
                     .appeal = opened("appeal", rating->appeal),
                     .review = opened("review", rating->review)};
}

RatingView record_call_back(Transaction& tx, const Caller& caller, const RecordCallBack& wish) {
  const auto rating = require_rating(tx, caller, wish.rating);
  require_version(rating.version, wish.version);
  if (rating.follow_up != FollowUp::open) throw Problem{"no_call_back_due"};
  tx.run(
      "update ratings set follow_up = 'called_back', call_back = :outcome, called_back_by = :staff,"
      " called_back_at = :at, version = version + 1 where id = :id",
      {{"id", rating.id},
       {"outcome", sealed_words(tx.keys(), "call_back", rating.id, wish.outcome)},
       {"staff", require_staff(caller).id},
       {"at", caller.at}});
  return rating_again(tx, rating.id, caller.at);
}

RatingView review_appeal(Transaction& tx, const Caller& caller, const ReviewAppeal& wish) {
  const auto rating = require_rating(tx, caller, wish.rating);
  require_version(rating.version, wish.version);
  if (rating.follow_up != FollowUp::appealed) throw Problem{"no_appeal_now"};
  const auto me = require_staff(caller).id;
  if (rating.called_back_by == me) throw Problem{"somebody_else_reviews"};
  tx.run(
      "update ratings set follow_up = 'reviewed', review = :outcome, reviewed_by = :staff, reviewed_at = :at,"
      " version = version + 1 where id = :id",
      {{"id", rating.id},
       {"outcome", sealed_words(tx.keys(), "review", rating.id, wish.outcome)},
       {"staff", me},
       {"at", caller.at}});
  return rating_again(tx, rating.id, caller.at);
}

RatingCounts count_ratings(Snapshot& snapshot, const Caller& caller, const CountRatings& wish) {
  require_role(caller, {Role::centre_manager}, wish.venue);
  const auto zone = network::local_zone(snapshot);
  RatingCounts counts;
  for (
      const auto& row : snapshot.all<CountRow>(
          "select n.matter, d.body, n.grade, n.count from (select matter, grade, count(*) as count from ratings"
          " where venue = :venue and at >= :from and at < :until group by matter, grade) n"
          " join matters m on m.key = n.matter join matter_definitions d on d.hash = m.hash"
          " order by n.matter, n.grade",
          {{"venue", wish.venue},
           {"from", zone.start_of(wish.from)},
           {"until", zone.start_of(wish.until + 1)}})) {
    if (counts.matters.empty() || counts.matters.back().matter.key != row.matter)
      counts.matters.push_back({name_in(row.body), std::vector<std::int64_t>(5, 0)});
    counts.matters.back().count[static_cast<std::size_t>(row.grade - 1)] = row.count;
  }
  return counts;
}

std::int64_t late_call_backs(Snapshot& snapshot, Instant at) {
  return snapshot.value<std::int64_t>(
      "select count(*) from ratings where follow_up = 'open' and call_back_by < :today",
      {{"today", day_at_town(snapshot, at)}});
}

}  // namespace doorstep::cases
