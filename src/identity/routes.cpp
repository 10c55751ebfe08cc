#include "identity/accounts.hpp"
#include "identity/identity.hpp"
#include "identity/person.hpp"
#include "identity/sessions.hpp"
#include "identity/staff.hpp"

namespace doorstep::identity {

namespace {

void add_people_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::greeter, Role::window_officer, Role::centre_manager});
  api.write<RecordPerson, PersonView>(
      "POST", "/api/people", record_person,
      {.who = staff,
       .summary = "Record somebody who is served",
       .problems = {"invalid_phone", "invalid_identity_number", "person_known"},
       .queries = 46,
       .success = 201});
  api.look<FindPeople, Page<PersonView>>(
      "/api/people/find", find_people,
      {.who = api::Who::signed_in(),
       .summary = "Find people by one of their details; masked, and recorded with its purpose",
       .problems = {"purpose_missing", "search_unclear"},
       .queries = 5});
  api.look<LookAtPerson, PersonFacts>(
      "/api/people/{person}/look", look_at_person,
      {.who = api::Who::signed_in(),
       .summary = "See a person's details; the look is recorded with its purpose",
       .problems = {"no_such_person", "purpose_missing", "person_erased"},
       .queries = 4});
  api.write<CorrectPerson, PersonView>("PATCH", "/api/people/{person}", correct_person,
                                       {.who = staff,
                                        .summary = "Correct what is known of a person",
                                        .problems = {"no_such_person", "person_erased", "invalid_phone",
                                                     "invalid_identity_number", "person_known"},
                                        .queries = 49,
                                        .if_match = true});
}

void add_staff_routes(api::Api& api, const PasswordCost& cost) {
  const auto managers = api::Who::staff({Role::centre_manager});
  const auto administrators = api::Who::staff({Role::administrator});
  const auto nothing = [](Snapshot&, const Caller&, const auto&) { return Nothing{}; };
  const auto hashed = [cost](const Nothing&, const auto& wish) { return hash_of(wish, cost); };
  api.read<ListStaff, Page<StaffView>>(
      "/api/staff", list_staff,
      {.who = managers, .summary = "The town's staff, with their roles", .queries = 2});
  api.prepared_write<RecordStaff, StaffView>(
      "POST", "/api/staff", nothing, hashed, record_staff,
      {.who = managers,
       .summary = "Make an account for a new colleague; it has no role yet",
       .problems = {"username_taken"},
       .queries = 2,
       .success = 201});
  api.prepared_write<ResetPassword, Nothing>(
      "POST", "/api/staff/{staff}/password", nothing, hashed, reset_password,
      {.who = administrators,
       .summary = "Give somebody another password; all their sessions end",
       .problems = {"no_such_staff"},
       .queries = 3,
       .success = 204});
  api.write<EndStaff, Nothing>("POST", "/api/staff/{staff}/end", end_staff,
                               {.who = administrators,
                                .summary = "End an account, with its roles and sessions",
                                .problems = {"no_such_staff", "own_account", "last_administrator"},
                                .queries = 5,
                                .success = 204});
}

void add_session_routes(api::Api& api, const PasswordCost& cost) {
  api.read<ListSessions, Page<SessionRow>>(
      "/api/session/all", list_sessions,
      {.who = api::Who::signed_in(), .summary = "Where one is signed in, the newest first", .queries = 1});
  api.write<EndSession, Nothing>("POST", "/api/session/all/{session}/end", end_session,
                                 {.who = api::Who::signed_in(),
                                  .summary = "Sign out somewhere else",
                                  .problems = {"no_such_session"},
                                  .queries = 2,
                                  .success = 204});
  const auto checked = [cost](const std::string& stored, const ChangePassword& wish) {
    return check_and_hash(stored, wish, cost);
  };
  api.prepared_write<ChangePassword, Nothing>("POST", "/api/session/password", own_password_hash, checked,
                                              change_password,
                                              {.who = api::Who::signed_in(),
                                               .summary = "Change one's own password; all other sessions end",
                                               .problems = {"wrong_credentials", "too_many_attempts"},
                                               .queries = 5,
                                               .success = 204,
                                               .attempts_per_minute = 30});
}

}  // namespace

void add_routes(api::Api& api, const PasswordCost& cost) {
  api.section("identity", "Signing in, and who is signed in.");
  api.authenticate_with(authenticate);

  const auto checked = [cost](const Account& account, const SignIn& wish) {
    return check_password(account, wish, cost);
  };
  api.prepared_write<SignIn, SessionView>("POST", "/api/session", find_account, checked, sign_in,
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
  add_session_routes(api, cost);
  add_staff_routes(api, cost);
  add_people_routes(api);
}

}  // namespace doorstep::identity
