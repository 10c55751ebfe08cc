#include "network/venue_hours.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "network/timetable.hpp"

namespace doorstep::network {

namespace {

struct HoursTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "vh";
};

constexpr std::int32_t days_of_week = 7;

}  // namespace

VenueView require_kept_venue(Snapshot& snapshot, const Caller& caller, VenueId id) {
  auto found = require_venue(snapshot, id);
  require_role(caller, {Role::centre_manager, Role::station_keeper}, id);
  return found;
}

WeekView put_hours(Transaction& tx, const Caller& caller, const PutHours& wish) {
  const auto found = require_kept_venue(tx, caller, wish.venue);
  require_version(found.version, wish.version);
  require_live(found);
  auto week = week_of(wish.hours);
  write_week(tx, found.id, week);
  tx.run("update venues set hours_edited_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", found.id}});
  return {found.version + 1, std::move(week)};
}

ExceptionView put_exception(Transaction& tx, const Caller& caller, const PutException& wish) {
  const auto found = require_kept_venue(tx, caller, wish.venue);
  require_live(found);
  if (wish.day < local_zone(tx).day_of(caller.at)) throw Problem{"day_past", {}, "day"};
  ExceptionView exception{.day = wish.day,
                          .closed = wish.closed,
                          .openings = wish.openings.value_or(std::vector<Opening>{}),
                          .note = wish.note};
  if (exception.closed && !exception.openings.empty()) throw Problem{"hours_while_closed", {}, "openings"};
  std::ranges::sort(exception.openings, {}, &Opening::opens);
  require_sound(exception.openings, "openings");
  write_exception(tx, found.id, exception, caller.at);
  return exception;
}

Nothing remove_exception(Transaction& tx, const Caller& caller, const RemoveException& wish) {
  const auto found = require_kept_venue(tx, caller, wish.venue);
  require_live(found);
  // The row stays, so that an import does not bring the day back.
  tx.run("update venue_exceptions set removed = 1, edited_at = :at where venue = :venue and day = :day",
         {{"at", caller.at}, {"venue", found.id}, {"day", wish.day}});
  return {};
}

std::vector<WeekdayView> week_of(const std::vector<WeeklyHours>& hours) {
  std::vector<WeekdayView> week;
  for (std::int32_t weekday = 1; weekday <= days_of_week; ++weekday) {
    WeekdayView day{weekday, {}};
    for (const auto& span : hours) {
      for (const auto each : span.days) {
        if (each == weekday) day.openings.push_back({span.opens, span.closes});
      }
    }
    std::ranges::sort(day.openings, {}, &Opening::opens);
    require_sound(day.openings, "hours");
    week.push_back(std::move(day));
  }
  return week;
}

void write_week(Transaction& tx, VenueId venue, const std::vector<WeekdayView>& week) {
  tx.run("delete from venue_hours where venue = :venue", {{"venue", venue}});
  for (const auto& day : week) {
    for (const auto& span : day.openings) {
      tx.run(
          "insert into venue_hours (id, venue, weekday, opens, closes) values (:id, :venue, :weekday, :opens, :closes)",
          {{"id", tx.new_id<Id<HoursTag>>()},
           {"venue", venue},
           {"weekday", day.weekday},
           {"opens", span.opens},
           {"closes", span.closes}});
    }
  }
}

void write_exception(Transaction& tx, VenueId venue, const ExceptionView& exception,
                     const std::optional<Instant>& edited_at) {
  tx.run("delete from venue_exception_hours where venue = :venue and day = :day",
         {{"venue", venue}, {"day", exception.day}});
  tx.run(
      "insert into venue_exceptions (venue, day, closed, note_zh, note_en, edited_at)"
      " values (:venue, :day, :closed, :note_zh, :note_en, :edited_at)"
      " on conflict (venue, day) do update set closed = excluded.closed, note_zh = excluded.note_zh,"
      " note_en = excluded.note_en, edited_at = excluded.edited_at, removed = 0",
      {{"venue", venue},
       {"day", exception.day},
       {"closed", exception.closed},
       {"note_zh", exception.note.zh},
       {"note_en", exception.note.en},
       {"edited_at", edited_at}});
  for (const auto& span : exception.openings) {
    tx.run(
        "insert into venue_exception_hours (venue, day, opens, closes) values (:venue, :day, :opens, :closes)",
        {{"venue", venue}, {"day", exception.day}, {"opens", span.opens}, {"closes", span.closes}});
  }
}

}  // namespace doorstep::network
