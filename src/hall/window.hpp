// Windows: opened by an officer, paused, closed; what stands on their sign is the manager's.
//
//   closed → open ⇄ paused;  open, paused → closed.  Nothing but open with a ticket in hand, save that a
//   manager frees the window of someone who has gone: its ticket goes back to its place in the line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "hall/hall.hpp"
#include "identity/identity.hpp"
#include "journal/transaction.hpp"

namespace doorstep::hall {

enum class WindowState { closed, open, paused };
BOOST_DESCRIBE_ENUM(WindowState, closed, open, paused)

struct WindowView {
  WindowId id;
  std::int64_t version = 0;
  std::int32_t number = 0;
  Text name;
  WindowState state{};
  std::vector<std::string> groups;
  std::optional<identity::StaffName> officer;
  std::optional<Text> note;
};
BOOST_DESCRIBE_STRUCT(WindowView, (), (id, version, number, name, state, groups, officer, note))

struct ListWindows {
  HallId hall;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListWindows, (), (hall, cursor, limit))

struct OpenWindow {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(OpenWindow, (), (window))

struct PauseWindow {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(PauseWindow, (), (window))

struct CloseWindow {
  WindowId window;
};
BOOST_DESCRIBE_STRUCT(CloseWindow, (), (window))

struct EditWindow {
  WindowId window;
  std::int64_t version = 0;
  Patch<Text> name;
  Patch<std::optional<Text>> note;
  Patch<std::vector<std::string>> groups;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "groups") return {.length_min = 1, .length_max = 26};
    if (member == "name") return {.length_min = 1, .length_max = name_bytes_max};
    return {.length_min = 1};
  }
};
BOOST_DESCRIBE_STRUCT(EditWindow, (), (window, version, name, note, groups))

// A window and its hall's venue, as commands need them.
struct Desk {
  WindowId id;
  HallId hall;
  VenueId venue;
  std::int64_t version = 0;
  std::int32_t number = 0;
  Text name;
  WindowState state{};
  std::optional<StaffId> officer;
  std::optional<Text> note;
};

// Throws Problem no_such_window, not_allowed. One statement.
Desk require_desk(Snapshot& snapshot, const Caller& caller, WindowId window);
// The same, for the officer who sits there, while it is open; throws window_not_open, window_taken.
Desk require_own_open_desk(Snapshot& snapshot, const Caller& caller, WindowId window);

WindowView view(Snapshot& snapshot, const Desk& desk);

Page<WindowView> list_windows(Snapshot& snapshot, const Caller& caller, const ListWindows& wish);
WindowView edit_window(Transaction& tx, const Caller& caller, const EditWindow& wish);

void open_window(Transaction& tx, const Caller& caller, WindowId window);
void pause_window(Transaction& tx, const Caller& caller, WindowId window);
void close_window(Transaction& tx, const Caller& caller, WindowId window);

}  // namespace doorstep::hall
