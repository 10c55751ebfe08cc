#include "identity/second_factor_routes.hpp"

#include "identity/own_password.hpp"
#include "identity/second_factor.hpp"

namespace doorstep::identity {

// An answer with a secret or with recovery codes is shown once: it is not kept for a repeated key.
void add_second_factor_routes(api::Api& api) {
  const auto anybody = api::Who::signed_in();
  api.read<ReadSecondFactor, SecondFactorView>(
      "/api/session/second-factor", read_second_factor,
      {.who = anybody, .summary = "Whether one's own account has a second step", .queries = 2});
  api.prepared_write<BeginSecondFactor, SecondFactorSecret>(
      "POST", "/api/session/second-factor", own_hash<BeginSecondFactor>, check_own<BeginSecondFactor>,
      begin_second_factor,
      {.who = anybody,
       .summary = "Begin with a second step: the secret for the app, shown once",
       .problems = {"wrong_credentials", "too_many_attempts", "second_factor_on"},
       .queries = 5,
       .once = false,
       .attempts_per_minute = 30});
  api.write<ConfirmSecondFactor, RecoveryCodes>(
      "POST", "/api/session/second-factor/confirm", confirm_second_factor,
      {.who = anybody,
       .summary = "Prove that the app has the secret; the recovery codes, shown once",
       .problems = {"second_factor_not_begun", "second_factor_on", "wrong_second_factor"},
       .queries = 14,
       .once = false,
       .attempts_per_minute = 30});
  api.prepared_write<EndSecondFactor, Nothing>(
      "POST", "/api/session/second-factor/end", own_hash<EndSecondFactor>, check_own<EndSecondFactor>,
      end_second_factor,
      {.who = anybody,
       .summary = "Sign in by password alone again",
       .problems = {"wrong_credentials", "too_many_attempts", "second_factor_off", "wrong_second_factor"},
       .queries = 7,
       .success = 204,
       .attempts_per_minute = 30});
  api.write<EndSecondFactorOf, Nothing>(
      "POST", "/api/staff/{staff}/second-factor/end", end_second_factor_of,
      {.who = api::Who::staff({Role::administrator}),
       .summary = "Take the second step away from somebody who lost the phone; all their sessions end",
       .problems = {"no_such_staff", "own_second_factor"},
       .queries = 4,
       .success = 204});
}

}  // namespace doorstep::identity
