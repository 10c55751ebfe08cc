#include "network/venue_functions.hpp"

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct FunctionRow {
  VenueFunction function{};
  std::optional<Day> since_day, until_day;
};
BOOST_DESCRIBE_STRUCT(FunctionRow, (), (function, since_day, until_day))

struct HeldRow {
  VenueId venue;
  VenueFunction function{};
};
BOOST_DESCRIBE_STRUCT(HeldRow, (), (venue, function))

VenueFunctionView view(const FunctionRow& row) { return {row.function, row.since_day, row.until_day}; }

void mark_edited(Transaction& tx, VenueId venue, Instant at) {
  tx.run("update venues set functions_edited_at = :at, version = version + 1 where id = :id",
         {{"at", at}, {"id", venue}});
}

}  // namespace

VenueFunctionView begin_function(Transaction& tx, const Caller& caller, const BeginFunction& wish) {
  const auto found = require_venue(tx, wish.venue);
  require_role(caller, {Role::centre_manager}, found.id);
  require_live(found);
  const auto since = wish.since.value_or(local_zone(tx).day_of(caller.at));
  // It is to last, so whatever ends later is in its way.
  const auto in_the_way = tx.value<std::int64_t>(
      "select count(*) from venue_functions where venue = :venue and function = :function"
      " and (until_day is null or until_day > :since)",
      {{"venue", found.id}, {"function", wish.function}, {"since", since}});
  if (in_the_way > 0) throw Problem{"function_held_already"};
  tx.run("insert into venue_functions (venue, function, since_day) values (:venue, :function, :since)",
         {{"venue", found.id}, {"function", wish.function}, {"since", since}});
  mark_edited(tx, found.id, caller.at);
  return {wish.function, since, std::nullopt};
}

VenueFunctionView end_function(Transaction& tx, const Caller& caller, const EndFunction& wish) {
  const auto found = require_venue(tx, wish.venue);
  require_role(caller, {Role::centre_manager}, found.id);
  require_live(found);
  const auto until = wish.until.value_or(local_zone(tx).day_of(caller.at));
  const auto ended = tx.maybe<FunctionRow>(
      "update venue_functions set until_day = :until where venue = :venue and function = :function"
      " and (since_day is null or since_day < :until) and (until_day is null or until_day > :until)"
      " returning function, since_day, until_day",
      {{"venue", found.id}, {"function", wish.function}, {"until", until}});
  if (!ended) throw Problem{"no_such_function"};
  mark_edited(tx, found.id, caller.at);
  return view(*ended);
}

std::map<VenueId, std::vector<VenueFunction>> functions_on(Snapshot& snapshot,
                                                           const std::vector<VenueId>& venues, Day day) {
  std::map<VenueId, std::vector<VenueFunction>> functions;
  for (const auto& row : snapshot.all<HeldRow>(
           "select venue, function from venue_functions where venue in (:venues)"
           " and (since_day is null or since_day <= :day) and (until_day is null or until_day > :day)"
           " order by venue, function",
           {{"venues", storage::in(venues)}, {"day", day}}))
    functions[row.venue].push_back(row.function);
  return functions;
}

std::vector<VenueFunctionView> functions_of(Snapshot& snapshot, VenueId venue) {
  std::vector<VenueFunctionView> functions;
  for (const auto& row : snapshot.all<FunctionRow>(
           "select function, since_day, until_day from venue_functions where venue = :venue"
           " order by function, since_day nulls first",
           {{"venue", venue}}))
    functions.push_back(view(row));
  return functions;
}

}  // namespace doorstep::network
