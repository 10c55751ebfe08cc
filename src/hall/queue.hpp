// The state of a hall's lines, for displays and for those at home: numbers and windows, nothing of anybody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "hall/hall.hpp"
#include "hall/window.hpp"
#include "journal/transaction.hpp"

namespace doorstep::hall {

struct ReadQueue {
  HallId hall;
};
BOOST_DESCRIBE_STRUCT(ReadQueue, (), (hall))

struct LineView {
  std::string prefix;
  Text name;
  std::int32_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(LineView, (), (prefix, name, waiting))

struct QueueWindow {
  WindowId id;
  std::int32_t number = 0;
  Text name;
  WindowState state{};
  std::optional<std::string> serving;
  std::vector<std::string> groups;
};
BOOST_DESCRIBE_STRUCT(QueueWindow, (), (id, number, name, state, serving, groups))

struct CallView {
  std::string number;
  std::int32_t window = 0;
  Text window_name;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CallView, (), (number, window, window_name, at))

struct QueueView {
  HallId hall;
  std::int64_t seq = 0;  // of the newest event that this view knows
  std::int32_t waiting = 0;
  std::vector<LineView> groups;
  std::vector<QueueWindow> windows;
  std::vector<CallView> calls;  // newest first
};
BOOST_DESCRIBE_STRUCT(QueueView, (), (hall, seq, waiting, groups, windows, calls))

inline constexpr int calls_shown = 10;

QueueView read_queue(Snapshot& snapshot, const Caller& caller, const ReadQueue& wish);

// The topic of a hall that exists; throws Problem no_such_hall.
Topic listen_to_hall(Snapshot& snapshot, const Caller& caller, const std::string& asked);

}  // namespace doorstep::hall
