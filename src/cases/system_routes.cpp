#include "cases/system.hpp"
#include "cases/system_files.hpp"

namespace doorstep::cases {

namespace {

void add_case_routes(api::Api& api) {
  const auto staff = api::Who::staff(at_cases);
  api.read<ReadSystem, SystemView>(
      "/api/desk/cases/{id}/system", read_system,
      {.who = staff,
       .summary = "How a case stands in the city's system that decides it, as far as anybody has noted it",
       .problems = {"no_such_case"},
       .queries = 10});
  api.write<HandOverToSystem, CaseView>(
      "POST", "/api/desk/cases/{id}/system/hand-over", hand_over_to_system,
      {.who = staff,
       .summary = "Into the next file for that system; again, where it is silent or has returned it",
       .problems = {"no_such_case", "not_your_case", "case_over", "no_system", "no_applicant",
                    "system_waits_already", "system_settled"},
       .queries = 34,
       .if_match = true});
  api.write<RecordSystemReference, CaseView>(
      "POST", "/api/desk/cases/{id}/system/reference", record_system_reference,
      {.who = staff,
       .summary = "Note its number there, or correct it",
       .problems = {"no_such_case", "not_your_case", "no_system", "system_settled"},
       .queries = 34,
       .if_match = true});
  api.write<ConfirmInSystem, CaseView>(
      "POST", "/api/desk/cases/{id}/system/confirm", confirm_in_system,
      {.who = staff,
       .summary = "Somebody looked there: what it says",
       .problems = {"no_such_case", "not_your_case", "no_system", "no_system_reference", "system_settled"},
       .queries = 34,
       .if_match = true});
}

void add_file_routes(api::Api& api) {
  const auto managers = api::Who::staff({Role::centre_manager});
  api.read<CountSystems, SystemCounts>(
      "/api/desk/systems", count_systems,
      {.who = api::Who::staff(at_cases),
       .summary = "What waits at a venue for each of the city's systems, or for its answer",
       .queries = 1});
  api.read<ListSystemCases, Page<SystemCaseRow>>(
      "/api/desk/systems/cases", list_system_cases,
      {.who = api::Who::staff(at_cases),
       .summary = "Cases under way by how they stand in one of these systems",
       .queries = 1});
  api.write<MakeSystemFile, SystemFileView>("POST", "/api/desk/systems/files", make_system_file,
                                            {.who = managers,
                                             .summary = "A file of all that waits for one of these systems",
                                             .problems = {"nothing_to_send"},
                                             .queries = 7,
                                             .success = 201});
  api.read<ListSystemFiles, Page<SystemFileView>>(
      "/api/desk/systems/files", list_system_files,
      {.who = managers, .summary = "The files that were made, the newest first", .queries = 1});
  api.look<FetchSystemFile, CsvFile>("/api/desk/systems/files/{file}/csv", fetch_system_file,
                                     {.who = api::Who::signed_in(),
                                      .summary = "The file itself; the look is recorded with its purpose",
                                      .problems = {"no_such_system_file", "purpose_missing"},
                                      .queries = 7});
}

}  // namespace

void add_system_routes(api::Api& api) {
  add_case_routes(api);
  add_file_routes(api);
  api.read<ReadSystemProgress, SystemProgress>(
      "/api/cases/{token}/system", read_system_progress,
      {.who = api::anyone,
       .summary = "How a case stands in the city's system that decides it, for the one who holds its token",
       .problems = {"no_such_case"},
       .queries = 3});
}

}  // namespace doorstep::cases
