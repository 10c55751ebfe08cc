// How the hall's queries find their rows: a line that is long and a year of tickets cost a call nothing.
#include <gtest/gtest-spi.h>

#include "hall/desk.hpp"
#include "hall/place.hpp"
#include "hall/queue.hpp"
#include "hall/ticket.hpp"
#include "hall/window.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::hall {
namespace {

using testing::read_plans;

class HallPlans : public testing::HallTest {
 protected:
  void SetUp() override {
    for (int i = 0; i < 20; ++i) tokens_.push_back(take(i % 2 == 0 ? "transfer" : "question").text("token"));
    pressed("officer1", 1, "open");
  }

  HallId id() const { return *parse_id<HallTag>(town.hall); }
  WindowId window_id(std::size_t number = 1) const {
    return *parse_id<WindowTag>(town.windows.at(number - 1));
  }

  // Reads the plans of a command or query, as that member of staff.
  template <class F, class Wish>
  void read(const char* who, F run, const Wish& wish) {
    auto& caller = caller_of(who);
    caller.at = town.instant();
    read_plans(town, [&](Transaction& tx) { run(tx, caller, wish); });
  }

  std::vector<std::string> tokens_;
};

TEST_P(HallPlans, OfThosePagesThatEverybodyOpens) {
  read("officer1", read_queue, ReadQueue{id()});
  read("officer1", read_ticket, ReadTicket{tokens_.back()});
  read("officer1", read_town, ReadTown{});
  read("officer1", read_hall, ReadHall{id()});
  read("officer1", list_services, ListServices{.hall = id(), .cursor = {}, .limit = {}});
  read("officer1", list_windows, ListWindows{.hall = id(), .cursor = {}, .limit = {}});
  read("officer1", read_desk, ReadDesk{window_id()});
  read("officer1", listen_to_hall, town.hall);
  read("officer1", ticket_topic, tokens_.back());
}

TEST_P(HallPlans, OfTakingAndGivingBack) {
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  caller.device = "a browser";
  read_plans(town, [&](Transaction& tx) { take_ticket(tx, caller, {id(), "transfer"}); });
  read("officer1", cancel_ticket, CancelTicket{tokens_.back()});
}

TEST_P(HallPlans, OfEveryButtonAtTheWindow) {
  read("officer2", open_desk, OpenWindow{window_id(2)});
  read("officer1", open_desk, OpenWindow{window_id(2)});
  read("officer1", pause_desk, PauseWindow{window_id()});
  read("officer1", close_desk, CloseWindow{window_id()});
  read("officer1", call_next, CallNext{window_id()});
  pressed("officer1", 1, "call-next");
  read("officer1", recall_ticket, RecallTicket{window_id()});
  read("officer1", miss_ticket, MissTicket{window_id()});
  read("officer1", start_ticket, StartTicket{window_id()});
  pressed("officer1", 1, "start");
  read("officer1", finish_ticket, FinishTicket{window_id()});
  read("officer1", take_in_case,
       TakeInCase{.window = window_id(),
                  .matter = "transfer",
                  .materials_received = {"letter", "card"},
                  .applicant = cases::Applicant{"示例 王秀英", "13900000000"},
                  .note = "明天再来"});
  read("manager", edit_window,
       EditWindow{.window = window_id(), .version = 2, .name = {}, .note = {}, .groups = {}});
}

// The writer has a thread of its own, and so have its failures.
TEST_P(HallPlans, AreReadSoThatAScanWouldBeSeen) {
  const auto count_recalled = [](Transaction& tx) {
    tx.value<std::int64_t>("select count(*) from tickets t where t.times_called > :calls", {{"calls", 1}});
  };
  EXPECT_NONFATAL_FAILURE_ON_ALL_THREADS(read_plans(town, count_recalled), "tickets is scanned by");
}

TEST_P(HallPlans, OfTheEndOfTheDay) {
  read_plans(town, [&](Transaction& tx) {
    Caller the_town;
    the_town.at = town.instant();
    end_day(tx, the_town, "", R"({"hall":")" + town.hall + R"(","day":"2026-11-24"})");
  });
}

DOORSTEP_ON_ALL_ENGINES(HallPlans);

}  // namespace
}  // namespace doorstep::hall
