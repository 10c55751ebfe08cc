#include "identity/second_factor_routes.hpp"

#include "identity/own_password.hpp"
#include "identity/passkeys.hpp"
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
       .summary =
           "Take second step and passkeys away from somebody who lost the phone; all their sessions end",
       .problems = {"no_such_staff", "own_second_factor"},
       .queries = 5,
       .success = 204});
}

void add_passkey_routes(api::Api& api) {
  const auto anybody = api::Who::signed_in();
  api.read<ListPasskeys, Page<PasskeyView>>(
      "/api/session/passkeys", list_passkeys,
      {.who = anybody, .summary = "The passkeys of one's own account", .queries = 1});
  api.prepared_write<BeginPasskey, PasskeyWish>(
      "POST", "/api/session/passkeys/challenge", own_hash<BeginPasskey>, check_own<BeginPasskey>,
      begin_passkey,
      {.who = anybody,
       .summary = "What a browser needs to have a passkey made",
       .problems = {"wrong_credentials", "too_many_attempts", "second_factor_needed", "wrong_second_factor",
                    "too_many_passkeys"},
       .queries = 8,
       .once = false,
       .attempts_per_minute = 30});
  api.write<RecordPasskey, PasskeyView>(
      "POST", "/api/session/passkeys", record_passkey,
      {.who = anybody,
       .summary = "Add a passkey that was just made",
       .problems = {"passkey_not_accepted", "passkey_challenge_gone", "passkey_known", "too_many_passkeys"},
       .queries = 3,
       .success = 201});
  api.write<EndPasskey, Nothing>("POST", "/api/session/passkeys/{passkey}/end", end_passkey,
                                 {.who = anybody,
                                  .summary = "Sign in by this passkey no more",
                                  .problems = {"no_such_passkey"},
                                  .queries = 2,
                                  .success = 204});
  api.write<AskForChallenge, PasskeyChallenge>(
      "POST", "/api/session/passkey/challenge", ask_for_challenge,
      {.who = api::anyone,
       .summary = "What a passkey has to sign, once and within minutes",
       .queries = 1,
       .once = false,
       .attempts_per_minute = 30});
  api.prepared_write<SignInByPasskey, SessionView>(
      "POST", "/api/session/passkey", find_passkey, check_passkey, sign_in_by_passkey,
      {.who = api::anyone,
       .summary = "Sign a member of staff in by a passkey",
       .problems = {"passkey_not_accepted", "passkey_challenge_gone", "passkey_copied"},
       .queries = 5,
       .once = false,
       .attempts_per_minute = 30});
}

}  // namespace doorstep::identity
