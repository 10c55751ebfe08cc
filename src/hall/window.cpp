#include "hall/window.hpp"

#include <algorithm>
#include <map>

#include "base/problem.hpp"
#include "hall/events.hpp"
#include "hall/place.hpp"
#include "hall/ticket.hpp"

namespace doorstep::hall {

namespace {

struct DeskRow {
  WindowId id;
  HallId hall;
  VenueId venue;
  std::int64_t version = 0;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  WindowState state{};
  std::optional<StaffId> officer;
  std::optional<std::string> note_zh, note_en;
};
BOOST_DESCRIBE_STRUCT(DeskRow, (),
                      (id, hall, venue, version, number, name_zh, name_en, state, officer, note_zh, note_en))

struct ListRow {
  WindowId id;
  std::int64_t version = 0;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  WindowState state{};
  std::optional<StaffId> officer;
  std::optional<std::string> officer_name;
  std::optional<std::string> note_zh, note_en;
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, version, number, name_zh, name_en, state, officer, officer_name, note_zh, note_en))

struct GroupRow {
  WindowId window_id;
  std::string prefix;
};
BOOST_DESCRIBE_STRUCT(GroupRow, (), (window_id, prefix))

struct PrefixRow {
  std::string prefix;
};
BOOST_DESCRIBE_STRUCT(PrefixRow, (), (prefix))

struct WindowRow {
  WindowId id;
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (id))

struct ReturnedRow {
  std::string prefix;
  std::int64_t ordinal = 0;
};
BOOST_DESCRIBE_STRUCT(ReturnedRow, (), (prefix, ordinal))

constexpr std::initializer_list<Role> at_windows = {Role::window_officer, Role::centre_manager};

std::optional<Text> note_of(const std::optional<std::string>& zh, const std::optional<std::string>& en) {
  if (!zh) return std::nullopt;
  return Text{*zh, en.value_or("")};
}

bool has_ticket_in_hand(Snapshot& snapshot, WindowId window) {
  return snapshot.value<std::int64_t>(
             "select count(*) from tickets where window_id = :window and state in ('called', 'serving')",
             {{"window", window}}) > 0;
}

void set_state(Transaction& tx, const Desk& desk, WindowState state, const std::optional<StaffId>& officer) {
  tx.run("update windows set state = :state, officer = :officer, version = version + 1 where id = :id",
         {{"state", state}, {"officer", officer}, {"id", desk.id}});
  tx.emit(hall_topic(desk.hall), WindowChanged{desk.number});
}

void require_empty_hands(Snapshot& snapshot, const Desk& desk) {
  if (has_ticket_in_hand(snapshot, desk.id)) throw Problem{"window_busy", {std::to_string(desk.number)}};
}

void leave(Transaction& tx, const Desk& desk) {
  require_empty_hands(tx, desk);
  set_state(tx, desk, WindowState::closed, std::nullopt);
}

// Whoever was called by someone who has gone did nothing wrong: they wait again, in their old place.
void return_to_line(Transaction& tx, const Desk& desk) {
  const auto returned = tx.maybe<ReturnedRow>(
      "update tickets set state = 'waiting', window_id = null, called_at = null, times_called = 0,"
      " started_at = null, version = version + 1"
      " where window_id = :window and state in ('called', 'serving') returning prefix, ordinal",
      {{"window", desk.id}});
  if (returned)
    tx.emit(hall_topic(desk.hall), TicketReturned{ticket_number(returned->prefix, returned->ordinal)});
}

Desk desk_of(Snapshot& snapshot, WindowId window) {
  auto row = snapshot.maybe<DeskRow>(
      "select w.id, w.hall, h.venue, w.version, w.number, w.name_zh, w.name_en, w.state, w.officer, w.note_zh, w.note_en"
      " from windows w join halls h on h.id = w.hall where w.id = :window",
      {{"window", window}});
  if (!row) throw Problem{"no_such_window"};
  return {.id = row->id,
          .hall = row->hall,
          .venue = row->venue,
          .version = row->version,
          .number = row->number,
          .name = {std::move(row->name_zh), std::move(row->name_en)},
          .state = row->state,
          .officer = row->officer,
          .note = note_of(row->note_zh, row->note_en)};
}

// An officer sits at one window: opening another closes the first, be it at a venue that they have left.
void leave_other_windows(Transaction& tx, const Desk& desk, StaffId officer) {
  for (const auto& other : tx.all<WindowRow>("select id from windows where officer = :officer and id <> :id",
                                             {{"officer", officer}, {"id", desk.id}})) {
    leave(tx, desk_of(tx, other.id));
  }
}

void set_groups(Transaction& tx, const Desk& desk, std::vector<std::string> groups) {
  std::ranges::sort(groups);
  const auto known =
      tx.all<PrefixRow>("select prefix from service_groups where hall = :hall", {{"hall", desk.hall}});
  for (const auto& prefix : groups) {
    if (std::ranges::find(known, prefix, &PrefixRow::prefix) == known.end()) {
      throw Problem{"no_such_service", {}, "groups"};
    }
  }
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  tx.run("delete from window_groups where window_id = :window", {{"window", desk.id}});
  for (const auto& prefix : groups) {
    tx.run("insert into window_groups (window_id, prefix) values (:window, :prefix)",
           {{"window", desk.id}, {"prefix", prefix}});
  }
}

}  // namespace

Desk require_desk(Snapshot& snapshot, const Caller& caller, WindowId window) {
  auto desk = desk_of(snapshot, window);
  require_role(caller, at_windows, desk.venue);
  return desk;
}

Desk require_own_open_desk(Snapshot& snapshot, const Caller& caller, WindowId window) {
  auto desk = require_desk(snapshot, caller, window);
  if (desk.state != WindowState::open) throw Problem{"window_not_open"};
  if (desk.officer != require_staff(caller).id) throw Problem{"window_taken"};
  return desk;
}

WindowView view(Snapshot& snapshot, const Desk& desk) {
  WindowView window{.id = desk.id,
                    .version = desk.version,
                    .number = desk.number,
                    .name = desk.name,
                    .state = desk.state,
                    .groups = {},
                    .officer = std::nullopt,
                    .note = desk.note};
  if (desk.officer)
    window.officer = identity::StaffName{*desk.officer, identity::officer(snapshot, *desk.officer).name};
  for (auto& row :
       snapshot.all<PrefixRow>("select prefix from window_groups where window_id = :window order by prefix",
                               {{"window", desk.id}})) {
    window.groups.push_back(std::move(row.prefix));
  }
  return window;
}

Page<WindowView> list_windows(Snapshot& snapshot, const Caller& caller, const ListWindows& wish) {
  require_role(caller, at_windows, place_of(snapshot, wish.hall, caller.at).venue);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<ListRow>(
      "select w.id, w.version, w.number, w.name_zh, w.name_en, w.state, w.officer, s.name as officer_name,"
      " w.note_zh, w.note_en from windows w left join staff s on s.id = w.officer"
      " where w.hall = :hall and w.number > :after order by w.number limit :limit",
      {{"hall", wish.hall}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  std::map<WindowId, std::vector<std::string>> groups;
  for (auto& row : snapshot.all<GroupRow>("select wg.window_id, wg.prefix from window_groups wg"
                                          " join windows w on w.id = wg.window_id where w.hall = :hall"
                                          " order by wg.window_id, wg.prefix",
                                          {{"hall", wish.hall}})) {
    groups[row.window_id].push_back(std::move(row.prefix));
  }
  return page_of(
      rows, limit, [](const ListRow& row) { return std::int64_t{row.number}; },
      [&](const ListRow& row) {
        WindowView window{.id = row.id,
                          .version = row.version,
                          .number = row.number,
                          .name = {row.name_zh, row.name_en},
                          .state = row.state,
                          .groups = groups[row.id],
                          .officer = std::nullopt,
                          .note = note_of(row.note_zh, row.note_en)};
        if (row.officer) window.officer = identity::StaffName{*row.officer, row.officer_name.value_or("")};
        return window;
      });
}

WindowView edit_window(Transaction& tx, const Caller& caller, const EditWindow& wish) {
  const auto desk = require_desk(tx, caller, wish.window);
  require_role(caller, {Role::centre_manager}, desk.venue);
  require_version(desk.version, wish.version);
  const auto name = wish.name ? wish.name.value : desk.name;
  const auto note = wish.note ? wish.note.value : desk.note;
  tx.run(
      "update windows set name_zh = :name_zh, name_en = :name_en, note_zh = :note_zh, note_en = :note_en,"
      " edited_at = :at, version = version + 1 where id = :id",
      {{"name_zh", name.zh},
       {"name_en", name.en},
       {"note_zh", note ? std::optional{note->zh} : std::nullopt},
       {"note_en", note ? std::optional{note->en} : std::nullopt},
       {"at", caller.at},
       {"id", desk.id}});
  if (wish.groups) set_groups(tx, desk, wish.groups.value);
  tx.emit(hall_topic(desk.hall), WindowChanged{desk.number});
  return view(tx, require_desk(tx, caller, wish.window));
}

void open_window(Transaction& tx, const Caller& caller, WindowId window) {
  const auto desk = require_desk(tx, caller, window);
  const auto me = require_staff(caller).id;
  if (desk.officer && *desk.officer != me) throw Problem{"window_taken"};
  if (desk.state == WindowState::open) return;
  leave_other_windows(tx, desk, me);
  set_state(tx, desk, WindowState::open, me);
}

void pause_window(Transaction& tx, const Caller& caller, WindowId window) {
  const auto desk = require_own_open_desk(tx, caller, window);
  require_empty_hands(tx, desk);
  set_state(tx, desk, WindowState::paused, desk.officer);
}

void close_window(Transaction& tx, const Caller& caller, WindowId window) {
  const auto desk = require_desk(tx, caller, window);
  if (desk.state == WindowState::closed) return;
  if (desk.officer != require_staff(caller).id) {
    // A manager frees the window of someone who has gone.
    if (!caller.has(Role::centre_manager, desk.venue)) throw Problem{"window_taken"};
    return_to_line(tx, desk);
  }
  leave(tx, desk);
}

}  // namespace doorstep::hall
