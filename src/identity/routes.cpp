#include "identity/identity.hpp"
#include "identity/sessions.hpp"

namespace doorstep::identity {

void add_routes(api::Api& api) {
  api.section("identity", "Signing in, and who is signed in.");
  api.authenticate_with(authenticate);

  api.prepared_write<SignIn, SessionView>("POST", "/api/session", find_account, check_password, sign_in,
                                          {.who = api::anyone,
                                           .summary = "Sign a member of staff in by username and password",
                                           .problems = {"wrong_credentials", "too_many_attempts"},
                                           .queries = 5,
                                           .once = false,
                                           .attempts_per_minute = 30});
  api.read<ReadSession, SessionView>(
      "/api/session", read_session,
      {.who = api::Who::signed_in(), .summary = "Who is signed in, and what they may do", .queries = 1});
  api.write<SignOut, Nothing>(
      "DELETE", "/api/session", sign_out,
      {.who = api::Who::signed_in(), .summary = "Sign out", .queries = 1, .success = 204, .once = false});
}

}  // namespace doorstep::identity
