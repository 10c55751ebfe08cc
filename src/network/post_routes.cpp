#include "network/absence.hpp"
#include "network/handover.hpp"
#include "network/list_sheets.hpp"
#include "network/roster.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

namespace {

void add_posts(api::Api& api) {
  const auto managers = api::Who::staff({Role::centre_manager});
  api.read<ListPosts, Page<PostView>>(
      "/api/venues/{venue}/posts", list_posts,
      {.who = api::Who::signed_in(),
       .summary = "A venue's posts, who has their two roles and who is there today",
       .problems = {"no_such_venue"},
       .queries = 7},
      post_sheet());
  api.write<RecordPost, PostView>("POST", "/api/venues/{venue}/posts", record_post,
                                  {.who = managers,
                                   .summary = "Record a post",
                                   .problems = {"no_such_venue", "venue_ended"},
                                   .queries = 2,
                                   .success = 201});
  api.write<EditPost, PostView>("PATCH", "/api/posts/{post}", edit_post,
                                {.who = managers,
                                 .summary = "Rename a post",
                                 .problems = {"no_such_post", "post_ended"},
                                 .queries = 8,
                                 .if_match = true});
  api.write<EndPost, PostView>("POST", "/api/posts/{post}/end", end_post,
                               {.who = managers,
                                .summary = "End a post; its history stays",
                                .problems = {"no_such_post", "post_ended", "post_in_use"},
                                .queries = 13,
                                .if_match = true});
  api.write<AppointToPost, PostView>(
      "POST", "/api/posts/{post}/holders", appoint_to_post,
      {.who = managers,
       .summary = "Give the A role or the B role of a post to somebody, from a day on",
       .problems = {"no_such_post", "post_ended", "day_has_passed", "no_such_staff", "has_the_other_role"},
       .queries = 13});
}

void add_roster(api::Api& api) {
  const api::Rules board{.who = api::Who::signed_in(),
                         .summary = "Who is on duty at each post, day by day",
                         .problems = {"no_such_venue"},
                         .queries = 10};
  api.read<ListRoster, Page<PostRoster>>("/api/venues/{venue}/roster", list_roster, board);
  api.read_sheet<ListRoster>("/api/venues/{venue}/roster.xlsx", roster_lines, board, roster_sheet());
  api.write<PutRoster, RosterDay>(
      "POST", "/api/posts/{post}/roster", put_roster,
      {.who = api::Who::staff({Role::centre_manager, Role::station_keeper}),
       .summary = "Put somebody on duty for a day, or let the day go by the roles again",
       .problems = {"no_such_post", "post_ended", "day_has_passed", "no_such_staff", "away_that_day"},
       .queries = 12});
}

void add_absences(api::Api& api) {
  api.read<ListAbsences, Page<AbsenceView>>(
      "/api/absences", list_absences,
      {.who = api::Who::signed_in(), .summary = "When somebody was, is and will be away", .queries = 3},
      absence_sheet());
  api.read<FindGaps, Gaps>("/api/absences/gaps", find_gaps,
                           {.who = api::Who::signed_in(),
                            .summary = "Which posts would be empty if somebody were away",
                            .problems = {"period_empty", "absence_too_long", "no_such_staff"},
                            .queries = 10});
  api.write<RecordAbsence, AbsenceRecorded>(
      "POST", "/api/absences", record_absence,
      {.who = api::Who::signed_in(),
       .summary = "Record that somebody is or will be away",
       .problems = {"no_such_staff", "period_empty", "absence_too_long", "day_has_passed", "sudden_is_today",
                    "away_already", "post_would_be_empty"},
       .queries = 15,
       .success = 201});
  api.write<EndAbsence, AbsenceView>("POST", "/api/absences/{absence}/end", end_absence,
                                     {.who = api::Who::signed_in(),
                                      .summary = "Back sooner, or not away at all",
                                      .problems = {"no_such_absence", "day_has_passed", "absence_over"},
                                      .queries = 6,
                                      .if_match = true});
}

void add_handovers(api::Api& api) {
  api.read<ListHandovers, Page<HandoverView>>(
      "/api/handovers", list_handovers,
      {.who = api::Who::signed_in(), .summary = "One's own handover slips, given and taken", .queries = 1},
      handover_sheet());
  api.write<WriteHandover, HandoverView>("POST", "/api/posts/{post}/handovers", write_handover,
                                         {.who = api::Who::signed_in(),
                                          .summary = "Hand a post over by slip",
                                          .problems = {"no_such_post", "post_ended", "no_such_staff"},
                                          .queries = 8,
                                          .success = 201});
  api.look<LookAtHandover, HandoverText>("/api/handovers/{handover}/text", look_at_handover,
                                         {.who = api::Who::signed_in(),
                                          .summary = "Read a slip and its report; the look is recorded",
                                          .problems = {"no_such_handover"},
                                          .queries = 4});
  api.write<TakeHandover, HandoverView>("POST", "/api/handovers/{handover}/take", take_handover,
                                        {.who = api::Who::signed_in(),
                                         .summary = "Take over",
                                         .problems = {"no_such_handover", "handover_elsewhere"},
                                         .queries = 3,
                                         .if_match = true});
  api.write<ReportHandover, HandoverView>("POST", "/api/handovers/{handover}/report", report_handover,
                                          {.who = api::Who::signed_in(),
                                           .summary = "Report back what was done",
                                           .problems = {"no_such_handover", "handover_elsewhere"},
                                           .queries = 3,
                                           .if_match = true});
  api.write<CloseHandover, HandoverView>("POST", "/api/handovers/{handover}/close", close_handover,
                                         {.who = api::Who::signed_in(),
                                          .summary = "The report was read: the post is back",
                                          .problems = {"no_such_handover", "handover_elsewhere"},
                                          .queries = 4,
                                          .if_match = true});
  api.write<WithdrawHandover, HandoverView>("POST", "/api/handovers/{handover}/withdraw", withdraw_handover,
                                            {.who = api::Who::signed_in(),
                                             .summary = "Take a slip back that nobody has taken over",
                                             .problems = {"no_such_handover", "handover_elsewhere"},
                                             .queries = 3,
                                             .if_match = true});
}

}  // namespace

void add_post_routes(api::Api& api) {
  add_posts(api);
  add_roster(api);
  add_absences(api);
  add_handovers(api);
}

}  // namespace doorstep::network
