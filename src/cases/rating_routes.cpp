#include "cases/rating.hpp"

namespace doorstep::cases {

void add_rating_routes(api::Api& api) {
  const auto managers = api::Who::staff({Role::centre_manager});
  api.write<RateCase, OwnRating>("POST", "/api/cases/{token}/rating", rate_case,
                                 {.who = api::anyone,
                                  .summary = "Say what one thought of it; of a low grade somebody calls back",
                                  .problems = {"no_such_case", "case_still_open", "already_rated"},
                                  .queries = 6,
                                  .success = 201});
  api.read<ReadRating, OwnRating>("/api/cases/{token}/rating", read_rating,
                                  {.who = api::anyone,
                                   .summary = "Whether it may be rated, and what came of it",
                                   .problems = {"no_such_case"},
                                   .queries = 2});
  api.write<AppealRating, OwnRating>("POST", "/api/cases/{token}/rating/appeal", appeal_rating,
                                     {.who = api::anyone,
                                      .summary = "Not content with the call back: somebody else looks at it",
                                      .problems = {"no_such_case", "no_appeal_now"},
                                      .queries = 4});
  api.read<ListRatings, Page<RatingView>>(
      "/api/desk/ratings", list_ratings,
      {.who = managers, .summary = "What people thought of a venue's matters", .queries = 2});
  api.read<CountRatings, RatingCounts>(
      "/api/desk/ratings/counts", count_ratings,
      {.who = managers, .summary = "How matters were rated in a time, never by officer", .queries = 2});
  api.look<LookAtRating, RatingWords>("/api/desk/ratings/{rating}/words", look_at_rating,
                                      {.who = api::Who::signed_in(),
                                       .summary = "Read what was written; the look is recorded",
                                       .problems = {"no_such_rating", "purpose_missing"},
                                       .queries = 3});
  api.write<RecordCallBack, RatingView>("POST", "/api/desk/ratings/{rating}/call-back", record_call_back,
                                        {.who = managers,
                                         .summary = "Somebody was called back",
                                         .problems = {"no_such_rating", "no_call_back_due"},
                                         .queries = 4,
                                         .if_match = true});
  api.write<ReviewAppeal, RatingView>(
      "POST", "/api/desk/ratings/{rating}/review", review_appeal,
      {.who = managers,
       .summary = "An appeal was looked at, by somebody who did not call back",
       .problems = {"no_such_rating", "no_appeal_now", "somebody_else_reviews"},
       .queries = 4,
       .if_match = true});
}

}  // namespace doorstep::cases
