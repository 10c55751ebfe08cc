// Every state of a ticket and of a window, and every button pressed in it.
#include <algorithm>
#include <map>
#include <set>

#include "base/enums.hpp"
#include "hall/ticket.hpp"
#include "hall/window.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

constexpr TicketState all_states[] = {TicketState::waiting,  TicketState::called, TicketState::serving,
                                      TicketState::finished, TicketState::missed, TicketState::cancelled,
                                      TicketState::expired};

TEST(TicketStates, BecomeNothingButThis) {
  const std::set<std::pair<TicketState, TicketState>> allowed = {
      {TicketState::waiting, TicketState::called},  {TicketState::waiting, TicketState::cancelled},
      {TicketState::waiting, TicketState::expired}, {TicketState::called, TicketState::serving},
      {TicketState::called, TicketState::missed},   {TicketState::called, TicketState::cancelled},
      {TicketState::called, TicketState::expired},  {TicketState::called, TicketState::waiting},
      {TicketState::serving, TicketState::waiting}, {TicketState::serving, TicketState::finished},
      {TicketState::serving, TicketState::expired},
  };
  for (const auto from : all_states) {
    for (const auto to : all_states) {
      EXPECT_EQ(may_become(from, to), allowed.contains({from, to})) << name_of(from) << " to " << name_of(to);
    }
    const bool ends = std::ranges::none_of(all_states, [&](TicketState to) { return may_become(from, to); });
    EXPECT_EQ(is_live(from), !ends) << name_of(from) << " is live as long as something may follow";
  }
}

class States : public testing::HallTest {
 protected:
  // The window closed, the line empty.
  void clear() {
    const auto desk = get("manager", window(1));
    if (!desk.at("serving").is_null()) {
      if (press("officer1", 1, "missed").status != 200) pressed("officer1", 1, "finish");
    }
    town.write([](Transaction& tx, Instant at) {
      tx.run("update tickets set state = 'cancelled', ended_at = :at where state = 'waiting'", {{"at", at}});
    });
    pressed("manager", 1, "close");
  }

  void end_the_day() {
    town.write([&](Transaction& tx, Instant at) {
      Caller the_town;
      the_town.at = at;
      end_day(tx, the_town, "", R"({"hall":")" + town.hall + R"(","day":"2026-11-24"})");
    });
  }

  // A ticket in that state, while officer1 sits at window 1, which is open.
  testing::Answer ticket_that_is(TicketState state) {
    pressed("officer1", 1, "open");
    auto taken = take();
    const auto press_all = [&](std::initializer_list<const char*> buttons) {
      for (const auto* button : buttons) pressed("officer1", 1, button);
    };
    switch (state) {
      case TicketState::waiting: break;
      case TicketState::called: press_all({"call-next"}); break;
      case TicketState::serving: press_all({"call-next", "start"}); break;
      case TicketState::finished: press_all({"call-next", "start", "finish"}); break;
      case TicketState::missed: press_all({"call-next", "missed"}); break;
      case TicketState::cancelled: cancel(taken); break;
      case TicketState::expired: end_the_day(); break;
    }
    EXPECT_EQ(ticket(taken).text("state"), name_of(state));
    return taken;
  }

  std::string do_to_ticket(const std::string& act, const testing::Answer& taken) {
    if (act == "cancel") return cancel(taken).problem();
    if (act == "cases")
      return press("officer1", 1, act, R"({"matter":"transfer","materials_received":[]})").problem();
    if (act == "day ends") {
      end_the_day();
      return "";
    }
    return press("officer1", 1, act).problem();
  }
};

TEST_P(States, OfATicketAnswerEveryActAsTheTableSays) {
  // What an act makes of the ticket: a state, or the refusal, after which the state is the same.
  const char* acts[] = {"call-next", "recall", "start", "missed", "finish", "cases", "cancel", "day ends"};
  const std::map<TicketState, std::vector<const char*>> table = {
      {TicketState::waiting,
       {"called", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand",
        "no_ticket_in_hand", "cancelled", "expired"}},
      {TicketState::called,
       {"ticket_in_hand", "called", "serving", "missed", "ticket_not_serving", "ticket_not_serving",
        "cancelled", "expired"}},
      {TicketState::serving,
       {"ticket_in_hand", "ticket_not_called", "ticket_not_called", "ticket_not_called", "finished",
        "serving", "ticket_over", "expired"}},
      {TicketState::finished,
       {"queue_empty", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand",
        "no_ticket_in_hand", "ticket_over", "finished"}},
      {TicketState::missed,
       {"queue_empty", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand",
        "no_ticket_in_hand", "ticket_over", "missed"}},
      {TicketState::cancelled,
       {"queue_empty", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand",
        "no_ticket_in_hand", "ticket_over", "cancelled"}},
      {TicketState::expired,
       {"queue_empty", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand", "no_ticket_in_hand",
        "no_ticket_in_hand", "ticket_over", "expired"}},
  };
  for (const auto& [state, expected] : table) {
    ASSERT_EQ(expected.size(), std::size(acts));
    for (std::size_t i = 0; i < expected.size(); ++i) {
      SCOPED_TRACE(std::string{name_of(state)} + ", then " + acts[i]);
      const auto taken = ticket_that_is(state);
      const auto problem = do_to_ticket(acts[i], taken);
      const auto after = ticket(taken).text("state");
      EXPECT_EQ(problem.empty() ? after : problem, expected[i]);
      if (!problem.empty()) {
        EXPECT_EQ(after, name_of(state)) << "a refusal changes nothing";
      }
      clear();
    }
  }
}

TEST_P(States, OfAWindowAnswerEveryActAsTheTableSays) {
  struct Row {
    const char* before;
    const char* who;
    std::vector<const char*> to_bring_about;  // officer1, at window 1
    const char *open, *pause, *close;
  };
  const Row table[] = {
      {"closed", "officer1", {}, "open", "window_not_open", "closed"},
      {"open", "officer1", {"open"}, "open", "paused", "closed"},
      {"paused", "officer1", {"open", "pause"}, "open", "window_not_open", "closed"},
      {"busy", "officer1", {"open", "call-next"}, "open", "window_busy", "window_busy"},
      {"serving", "officer1", {"open", "call-next", "start"}, "open", "window_busy", "window_busy"},
      {"open", "officer2", {"open"}, "window_taken", "window_taken", "window_taken"},
      {"paused", "officer2", {"open", "pause"}, "window_taken", "window_not_open", "window_taken"},
      {"closed", "manager", {}, "open", "window_not_open", "closed"},
      {"open", "manager", {"open"}, "window_taken", "window_taken", "closed"},
      {"paused", "manager", {"open", "pause"}, "window_taken", "window_not_open", "closed"},
      {"busy", "manager", {"open", "call-next"}, "window_taken", "window_taken", "closed"},
      {"serving", "manager", {"open", "call-next", "start"}, "window_taken", "window_taken", "closed"},
      {"busy", "officer2", {"open", "call-next"}, "window_taken", "window_taken", "window_taken"},
      {"open", "admin", {"open"}, "window_taken", "window_taken", "closed"},
  };
  for (const auto& row : table) {
    const std::pair<const char*, const char*> acts[] = {
        {"open", row.open}, {"pause", row.pause}, {"close", row.close}};
    for (const auto& [act, expected] : acts) {
      SCOPED_TRACE(std::string{row.who} + " at one that is " + row.before + ": " + act);
      take();
      for (const auto* button : row.to_bring_about) pressed("officer1", 1, button);
      const auto before = get("manager", window(1)).at("window");
      const auto answer = press(row.who, 1, act);
      const auto after = get("manager", window(1)).at("window");
      const std::string state{after.at("state").as_string()};
      EXPECT_EQ(answer.problem().empty() ? state : answer.problem(), expected);
      if (!answer.problem().empty()) {
        EXPECT_EQ(after, before) << "a refusal changes nothing";
      }
      clear();
    }
  }
}

DOORSTEP_ON_ALL_ENGINES(States);

}  // namespace
}  // namespace doorstep::hall
