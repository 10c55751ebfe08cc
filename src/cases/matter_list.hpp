// Matters as people find them: by who they are, by what has happened, and by what they type.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "api/page.hpp"
#include "api/sheet_of.hpp"
#include "cases/matter.hpp"
#include "network/network.hpp"

namespace doorstep::cases {

// A hall that takes a matter in: the rooms of halls stand above this one.
struct TakenAt {
  network::HallId hall;
  std::string service;  // by which one takes a ticket there
  Text venue;
  Text address;
  bool open = false;
  std::vector<network::Opening> today;
  std::optional<std::int32_t> minutes;  // at the window
};
BOOST_DESCRIBE_STRUCT(TakenAt, (), (hall, service, venue, address, open, today, minutes))

// What is asked of those rooms.
struct Halls {
  std::function<std::set<std::string>(Snapshot&)> matters_taken;
  std::function<std::vector<TakenAt>(Snapshot&, const std::string& matter, Instant at)> taking;
};

// Those that fit all that is asked for. Without words in the order of their names; with words those first
// whose name holds them, then those that people call so, then those whose summary does.
struct ListMatters {
  std::optional<std::string> words;
  std::optional<Audience> audience;
  std::optional<LifeEvent> life_event;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "words" ? Bounds{.length_max = name_bytes_max} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(ListMatters, (), (words, audience, life_event, cursor, limit))

struct MatterRow {
  std::string key;
  Text name;
  Text summary;
  std::optional<Audience> audience;
  std::optional<LifeEvent> life_event;
  bool at_a_hall = false;  // one takes it in
};
BOOST_DESCRIBE_STRUCT(MatterRow, (), (key, name, summary, audience, life_event, at_a_hall))

// What the list shows of a matter, and what it is found by. One statement.
void put_listing(Transaction& tx, const MatterDefinition& matter);

// Two statements: a town has tens of matters, so all of them are ranked, and a page is cut from that.
Page<MatterRow> list_matters(Snapshot& snapshot, const Caller& caller, const ListMatters& wish,
                             const Halls& halls);
SheetOf<MatterRow> matter_sheet();

}  // namespace doorstep::cases
