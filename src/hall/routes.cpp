#include "hall/desk.hpp"
#include "hall/front.hpp"
#include "hall/queue.hpp"
#include "hall/ticket.hpp"

namespace doorstep::hall {

namespace {

void add_public_routes(api::Api& api) {
  api.read<ReadTown, TownView>("/api/town", read_town,
                               {.who = api::anyone,
                                .summary = "The town and its halls, with today's opening hours",
                                .problems = {"no_such_hall"},
                                .queries = 5});
  api.read<ReadFront, FrontView>("/api/front", read_front,
                                 {.who = api::anyone,
                                  .summary = "All that the first page shows, in one answer",
                                  .problems = {"no_such_hall"},
                                  .queries = 14});
  api.read<ReadHall, HallView>("/api/halls/{hall}", read_hall,
                               {.who = api::anyone,
                                .summary = "A hall: where it is and whether it is open",
                                .problems = {"no_such_hall"},
                                .queries = 5});
  api.read<ListServices, Page<ServiceView>>(
      "/api/halls/{hall}/services", list_services,
      {.who = api::anyone, .summary = "What can be done at a hall", .queries = 1});
  api.read<ReadQueue, QueueView>("/api/halls/{hall}/queue", read_queue,
                                 {.who = api::anyone,
                                  .summary = "The lines, the windows and the newest calls",
                                  .problems = {"no_such_hall"},
                                  .queries = 8});
  api.write<TakeTicket, TicketView>(
      "POST", "/api/halls/{hall}/tickets", take_ticket,
      {.who = api::anyone,
       .summary = "Take a ticket",
       .problems = {"no_such_hall", "hall_closed", "no_such_service", "too_many_tickets"},
       .queries = 12,
       .success = 201});
  api.read<ReadTicket, TicketView>(
      "/api/tickets/{token}", read_ticket,
      {.who = api::anyone, .summary = "How a ticket stands", .problems = {"no_such_ticket"}, .queries = 2});
  api.write<CancelTicket, TicketView>("POST", "/api/tickets/{token}/cancel", cancel_ticket,
                                      {.who = api::anyone,
                                       .summary = "Give a ticket back",
                                       .problems = {"no_such_ticket", "ticket_over"},
                                       .queries = 3});
  api.topic("hall", {"no_such_hall"}, listen_to_hall);
  api.topic("ticket", {"no_such_ticket"}, ticket_topic);
}

void add_window_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.read<ListWindows, Page<WindowView>>(
      "/api/halls/{hall}/windows", list_windows,
      {.who = staff, .summary = "A hall's windows", .problems = {"no_such_hall"}, .queries = 4});
  api.write<EditWindow, WindowView>("PATCH", "/api/windows/{window}", edit_window,
                                    {.who = api::Who::staff({Role::centre_manager}),
                                     .summary = "Change a window's sign, note or lines",
                                     .problems = {"no_such_window", "no_such_service"},
                                     .queries = 33,
                                     .if_match = true});
  api.write<OpenWindow, DeskView>("POST", "/api/windows/{window}/open", open_desk,
                                  {.who = staff,
                                   .summary = "Sit down at a window and open it",
                                   .problems = {"no_such_window", "window_taken", "window_busy"},
                                   .queries = 12});
  api.write<PauseWindow, DeskView>(
      "POST", "/api/windows/{window}/pause", pause_desk,
      {.who = staff,
       .summary = "Pause a window",
       .problems = {"no_such_window", "window_not_open", "window_taken", "window_busy"},
       .queries = 9});
  api.write<CloseWindow, DeskView>("POST", "/api/windows/{window}/close", close_desk,
                                   {.who = staff,
                                    .summary = "Close a window",
                                    .problems = {"no_such_window", "window_taken", "window_busy"},
                                    .queries = 9});
}

void add_desk_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  const std::vector<std::string_view> in_hand = {"no_such_window", "window_not_open", "window_taken",
                                                 "no_ticket_in_hand"};
  const auto with = [&](std::initializer_list<std::string_view> more) {
    auto all = in_hand;
    all.insert(all.end(), more);
    return all;
  };
  api.read<ReadDesk, DeskView>("/api/windows/{window}", read_desk,
                               {.who = staff,
                                .summary = "A window, as its officer sees it",
                                .problems = {"no_such_window"},
                                .queries = 7});
  api.write<CallNext, DeskView>(
      "POST", "/api/windows/{window}/call-next", call_next,
      {.who = staff,
       .summary = "Call the one who waited longest",
       .problems = {"no_such_window", "window_not_open", "window_taken", "ticket_in_hand", "queue_empty"},
       .queries = 11});
  api.write<RecallTicket, DeskView>("POST", "/api/windows/{window}/recall", recall_ticket,
                                    {.who = staff,
                                     .summary = "Call the same one again",
                                     .problems = with({"ticket_not_called", "recalled_three_times"}),
                                     .queries = 10});
  api.write<StartTicket, DeskView>(
      "POST", "/api/windows/{window}/start", start_ticket,
      {.who = staff, .summary = "They are here", .problems = with({"ticket_not_called"}), .queries = 10});
  api.write<MissTicket, DeskView>(
      "POST", "/api/windows/{window}/missed", miss_ticket,
      {.who = staff, .summary = "They did not come", .problems = with({"ticket_not_called"}), .queries = 9});
  api.write<FinishTicket, DeskView>(
      "POST", "/api/windows/{window}/finish", finish_ticket,
      {.who = staff, .summary = "They were served", .problems = with({"ticket_not_serving"}), .queries = 9});
  api.write<TakeInCase, cases::CaseView>(
      "POST", "/api/windows/{window}/cases", take_in_case,
      {.who = staff,
       .summary = "Take in a case for the one at the window",
       .problems = with({"ticket_not_serving", "case_already_open", "no_such_matter", "unknown_material"}),
       .queries = 91,
       .success = 201});
}

}  // namespace

void add_routes(api::Api& api) {
  api.section("hall", "Tickets, windows, calling, and live events.");
  add_public_routes(api);
  add_window_routes(api);
  add_desk_routes(api);
}

void add_timers(Journal& journal) { journal.on_timer(std::string{day_ends_timer}, end_day); }

}  // namespace doorstep::hall
