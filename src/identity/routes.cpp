#include "identity/identity.hpp"
#include "identity/person.hpp"
#include "identity/sessions.hpp"

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

}  // namespace

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
  add_people_routes(api);
}

}  // namespace doorstep::identity
