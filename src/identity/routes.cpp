#include "identity/accounts.hpp"
#include "identity/audit_reading.hpp"
#include "identity/devices.hpp"
#include "identity/erasure.hpp"
#include "identity/identity.hpp"
#include "identity/list_sheets.hpp"
#include "identity/mandates.hpp"
#include "identity/merges.hpp"
#include "identity/own_export.hpp"
#include "identity/own_password.hpp"
#include "identity/own_people.hpp"
#include "identity/person.hpp"
#include "identity/phones.hpp"
#include "identity/resident.hpp"
#include "identity/resident_sessions.hpp"
#include "identity/second_factor_routes.hpp"
#include "identity/sessions.hpp"
#include "identity/staff.hpp"

namespace doorstep::identity {

namespace {

void add_people_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::greeter, Role::window_officer, Role::centre_manager});
  const auto at_window = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.write<RecordPerson, PersonView>(
      "POST", "/api/people", record_person,
      {.who = staff,
       .summary = "Record somebody who is served",
       .problems = {"invalid_phone", "invalid_identity_number", "person_known"},
       .queries = 7,
       .success = 201});
  api.look<FindPeople, Page<PersonView>>(
      "/api/people/find", find_people,
      {.who = api::Who::signed_in(),
       .summary = "Find people by one of their details; masked, and recorded with its purpose",
       .problems = {"purpose_missing", "search_unclear"},
       .queries = 6});
  api.look<LookAtPerson, PersonFacts>(
      "/api/people/{person}/look", look_at_person,
      {.who = api::Who::signed_in(),
       .summary = "See a person's details; the look is recorded with its purpose",
       .problems = {"no_such_person", "purpose_missing", "person_erased"},
       .queries = 5});
  api.write<CorrectPerson, PersonView>("PATCH", "/api/people/{person}", correct_person,
                                       {.who = staff,
                                        .summary = "Correct what is known of a person",
                                        .problems = {"no_such_person", "person_erased", "invalid_phone",
                                                     "invalid_identity_number", "person_known"},
                                        .queries = 17,
                                        .if_match = true});
  api.write<ErasePerson, Erased>("POST", "/api/people/{person}/erase", erase,
                                 {.who = api::Who::staff({Role::centre_manager}),
                                  .summary = "Erase a person, who asked for it; it cannot be undone",
                                  .problems = {"no_such_person", "person_erased", "purpose_missing"},
                                  .queries = 25,
                                  .if_match = true});
  api.write<LinkPhone, Nothing>(
      "POST", "/api/people/{person}/phones", link_phone,
      {.who = at_window,
       .summary = "Let a phone speak for a person, who is at the window",
       .problems = {"no_such_person", "person_erased", "invalid_phone", "wrong_code", "too_many_attempts"},
       .queries = 16,
       .success = 204});
  api.write<UnlinkPhones, Nothing>("POST", "/api/people/{person}/phones/end", unlink_phones,
                                   {.who = at_window,
                                    .summary = "No phone speaks for the person any more: it is lost",
                                    .problems = {"no_such_person", "person_erased"},
                                    .queries = 7,
                                    .success = 204});
}

void add_audit_routes(api::Api& api) {
  api.look<ReadAudit, Page<AuditView>>(
      "/api/audit/read", read_audit,
      {.who = api::Who::signed_in(),
       .summary = "Who looked at whom, and for what; the newest first. Reading it is recorded as well",
       .problems = {"no_such_person", "purpose_missing", "one_filter_at_a_time"},
       .queries = 7},
      audit_sheet());
}

void add_merge_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::greeter, Role::window_officer, Role::centre_manager});
  api.write<MergePeople, PersonView>(
      "POST", "/api/people/{person}/merge", merge_people,
      {.who = staff,
       .summary = "One human being was recorded twice: another record stands for this one from now on",
       .problems = {"no_such_person", "person_erased", "merged_with_itself", "already_merged",
                    "too_many_merged", "too_many_mandates", "two_identity_numbers"},
       .queries = 17,
       .if_match = true});
  api.write<UnmergePeople, TakenApart>("POST", "/api/people/{person}/unmerge", unmerge_people,
                                       {.who = staff,
                                        .summary = "It was a mistake: this record stands for itself again",
                                        .problems = {"no_such_person", "person_erased", "not_merged",
                                                     "merged_further", "same_identity_number"},
                                        .queries = 32,
                                        .if_match = true});
  api.look<ListMerges, Page<MergeView>>(
      "/api/people/{person}/merges", list_merges,
      {.who = api::Who::signed_in(),
       .summary =
           "What was merged with a record and taken out of it again; the look is recorded with its purpose",
       .problems = {"no_such_person", "purpose_missing"},
       .queries = 7});
}

void add_mandate_routes(api::Api& api) {
  const auto at_window = api::Who::staff({Role::window_officer, Role::centre_manager});
  const auto resident = api::Who::resident();
  api.write<GiveMandate, MandateView>(
      "POST", "/api/people/{person}/mandates", give_mandate,
      {.who = at_window,
       .summary = "Somebody may act for a person, who is at the window and said so",
       .problems = {"no_such_person", "person_erased", "period_empty", "mandate_too_long",
                    "mandate_for_oneself", "mandate_known", "too_many_mandates", "no_phone_on_record",
                    "wrong_code", "too_many_attempts"},
       .queries = 19,
       .success = 201});
  api.write<EndMandate, MandateView>("POST", "/api/people/{person}/mandates/{mandate}/end",
                                     end_mandate_at_window,
                                     {.who = at_window,
                                      .summary = "A mandate ends, as one of the two asked at the window",
                                      .problems = {"no_such_person", "no_such_mandate", "mandate_over"},
                                      .queries = 10});
  api.look<LookAtMandates, Page<MandateView>>(
      "/api/people/{person}/mandates/look", look_at_mandates,
      {.who = api::Who::signed_in(),
       .summary = "Who may act for a person and for whom they may; the look is recorded with its purpose",
       .problems = {"no_such_person", "purpose_missing"},
       .queries = 7});
  api.read<ListOwnMandates, Page<MandateView>>(
      "/api/my/people/{person}/mandates", list_own_mandates,
      {.who = resident,
       .summary = "Who may act for oneself, for whom one may, and what one is offered; the newest first",
       .problems = {"no_such_person"},
       .queries = 7});
  api.write<OfferMandate, MandateView>(
      "POST", "/api/my/people/{person}/mandates", offer_mandate,
      {.who = resident,
       .summary =
           "Let somebody act for oneself, once they accept; whether there is such a person is not told",
       .problems = {"no_such_person", "fresh_code_needed", "invalid_phone", "period_empty",
                    "mandate_too_long", "mandate_for_oneself", "too_many_mandates"},
       .queries = 12,
       .success = 201});
  api.write<AcceptMandate, MandateView>(
      "POST", "/api/my/people/{person}/mandates/{mandate}/accept", accept_mandate,
      {.who = resident,
       .summary = "Act for somebody who offered it",
       .problems = {"no_such_person", "no_such_mandate", "mandate_not_offered", "mandate_for_oneself",
                    "mandate_known", "too_many_mandates"},
       .queries = 16});
  api.write<EndOwnMandate, MandateView>("POST", "/api/my/people/{person}/mandates/{mandate}/end",
                                        end_own_mandate,
                                        {.who = resident,
                                         .summary = "Take a mandate back, give it up, or decline it",
                                         .problems = {"no_such_person", "no_such_mandate", "mandate_over"},
                                         .queries = 13});
}

void add_resident_routes(api::Api& api) {
  api.write<AskForCode, Nothing>("POST", "/api/my/codes", ask_for_code,
                                 {.who = api::anyone,
                                  .summary = "Have a one-time code sent to a phone",
                                  .problems = {"invalid_phone", "code_too_soon"},
                                  .queries = 3,
                                  .success = 204,
                                  .attempts_per_minute = 6});
  api.write<SignInByCode, ResidentSession>("POST", "/api/my/session", sign_in_by_code,
                                           {.who = api::anyone,
                                            .summary = "Sign a resident in by phone and code",
                                            .problems = {"wrong_code", "too_many_attempts"},
                                            .queries = 9,
                                            .once = false,
                                            .attempts_per_minute = 10});
  api.read<ReadResidentSession, ResidentSession>(
      "/api/my/session", read_resident_session,
      {.who = api::Who::resident(), .summary = "The resident's session", .queries = 1});
  api.write<SignOutResident, Nothing>(
      "DELETE", "/api/my/session", sign_out_resident,
      {.who = api::Who::resident(), .summary = "Sign out", .queries = 1, .success = 204, .once = false});
  api.read<ListResidentSessions, Page<SessionRow>>(
      "/api/my/session/all", list_resident_sessions,
      {.who = api::Who::resident(), .summary = "Where one is signed in, the newest first", .queries = 1});
  api.write<EndResidentSession, Nothing>("POST", "/api/my/session/all/{session}/end", end_resident_session,
                                         {.who = api::Who::resident(),
                                          .summary = "Sign out somewhere else",
                                          .problems = {"no_such_session"},
                                          .queries = 2,
                                          .success = 204,
                                          .ends_session = true});
  api.write<EndOtherResidentSessions, Nothing>(
      "POST", "/api/my/session/others/end", end_other_resident_sessions,
      {.who = api::Who::resident(), .summary = "Sign out everywhere but here", .queries = 1, .success = 204});
}

// Where devices stand, and what is done to them there, is network's.
void add_device_routes(api::Api& api) {
  api.write<StartPairing, PairingView>(
      "POST", "/api/device/pairing", start_pairing,
      {.who = api::anyone,
       .summary = "A device asks for a code, which a colleague types in the console",
       .queries = 2,
       .success = 201,
       .attempts_per_minute = 10});
  api.write<CollectPairing, DeviceSession>(
      "POST", "/api/device/session", collect_pairing,
      {.who = api::anyone,
       .summary = "A device fetches its session, once a colleague has typed its code",
       .problems = {"no_such_pairing", "pairing_waits"},
       .queries = 1,
       .once = false,
       .attempts_per_minute = 240});
  api.write<NoteSeen, Nothing>("POST", "/api/device/seen", note_seen,
                               {.who = api::Who::device(),
                                .summary = "A device says that it is there; its cookie begins anew",
                                .queries = 1,
                                .success = 204,
                                .once = false});
}

void add_own_people_routes(api::Api& api) {
  const auto resident = api::Who::resident();
  api.read<ListOwnPeople, Page<PersonView>>(
      "/api/my/people", list_own_people,
      {.who = resident, .summary = "Whom the account speaks for; masked", .queries = 3});
  api.write<RecordSelf, PersonView>("POST", "/api/my/people", record_self,
                                    {.who = resident,
                                     .summary = "Say who one is; somebody on record, or new",
                                     .problems = {"too_many_people", "not_on_record", "too_many_attempts",
                                                  "phone_needed", "invalid_phone", "wrong_code"},
                                     .queries = 15,
                                     .success = 201});
  api.look<LookAtSelf, PersonFacts>("/api/my/people/{person}/look", look_at_self,
                                    {.who = resident,
                                     .summary = "What is held of oneself, in full",
                                     .problems = {"no_such_person"},
                                     .queries = 6});
  api.write<CorrectSelf, PersonView>("PATCH", "/api/my/people/{person}", correct_self,
                                     {.who = resident,
                                      .summary = "Put right what is held of oneself",
                                      .problems = {"no_such_person", "invalid_phone"},
                                      .queries = 17,
                                      .if_match = true});
  api.read<ListLooks, Page<LookView>>("/api/my/people/{person}/looks", list_looks,
                                      {.who = resident,
                                       .summary = "Who has looked, or wanted to; the newest first",
                                       .problems = {"no_such_person"},
                                       .queries = 3});
  api.look<ExportSelf, PersonExport>("/api/my/people/{person}/export", export_self,
                                     {.who = resident,
                                      .summary = "All that is held of oneself, to take along",
                                      .problems = {"no_such_person", "fresh_code_needed"},
                                      .queries = 16});
  api.write<EraseSelf, Erased>("POST", "/api/my/people/{person}/erase", erase_self,
                               {.who = resident,
                                .summary = "Have oneself erased; it cannot be undone",
                                .problems = {"no_such_person", "fresh_code_needed"},
                                .queries = 26,
                                .ends_session = true});
}

void add_staff_routes(api::Api& api, const PasswordCost& cost) {
  const auto managers = api::Who::staff({Role::centre_manager});
  const auto administrators = api::Who::staff({Role::administrator});
  const auto nothing = [](Snapshot&, const Caller&, const auto&) { return Nothing{}; };
  const auto hashed = [cost](const Nothing&, const auto& wish) { return hash_of(wish, cost); };
  api.read<ListStaff, Page<StaffView>>(
      "/api/staff", list_staff,
      {.who = managers, .summary = "The town's staff, with their roles", .queries = 2}, staff_sheet());
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
                                  .success = 204,
                                  .ends_session = true});
  const auto checked = [cost](const std::string& stored, const ChangePassword& wish) {
    return check_and_hash(stored, wish, cost);
  };
  api.prepared_write<ChangePassword, Nothing>("POST", "/api/session/password", own_hash<ChangePassword>,
                                              checked, change_password,
                                              {.who = api::Who::signed_in(),
                                               .summary = "Change one's own password; all other sessions end",
                                               .problems = {"wrong_credentials", "too_many_attempts"},
                                               .queries = 6,
                                               .success = 204,
                                               .attempts_per_minute = 30});
}

}  // namespace

void add_timers(Journal& journal) { journal.on_timer(std::string{mandate_timer}, expire_mandate); }

void add_routes(api::Api& api, const PasswordCost& cost) {
  api.section("identity", "Signing in, and who is signed in.");
  api.authenticate_with(authenticate, authenticate_resident, authenticate_device);

  const auto checked = [cost](const Account& account, const SignIn& wish) {
    return check_password(account, wish, cost);
  };
  api.prepared_write<SignIn, SessionView>(
      "POST", "/api/session", find_account, checked, sign_in,
      {.who = api::anyone,
       .summary = "Sign a member of staff in by username and password",
       .problems = {"wrong_credentials", "too_many_attempts", "second_factor_needed", "wrong_second_factor"},
       .queries = 7,
       .once = false,
       .attempts_per_minute = 30});
  api.read<ReadSession, SessionView>(
      "/api/session", read_session,
      {.who = api::Who::signed_in(), .summary = "Who is signed in, and what they may do", .queries = 1});
  api.write<SignOut, Nothing>(
      "DELETE", "/api/session", sign_out,
      {.who = api::Who::signed_in(), .summary = "Sign out", .queries = 1, .success = 204, .once = false});
  add_session_routes(api, cost);
  add_second_factor_routes(api);
  add_passkey_routes(api);
  add_staff_routes(api, cost);
  add_people_routes(api);
  add_audit_routes(api);
  add_merge_routes(api);
  add_mandate_routes(api);
  add_resident_routes(api);
  add_own_people_routes(api);
  add_device_routes(api);
}

}  // namespace doorstep::identity
