#include "cases/precheck.hpp"

namespace doorstep::cases {

void add_matter_routes(api::Api& api, const Halls& halls) {
  const auto list = [halls](Snapshot& snapshot, const Caller& caller, const ListMatters& wish) {
    return list_matters(snapshot, caller, wish, halls);
  };
  api.read<ListMatters, Page<MatterRow>>(
      "/api/matters", list,
      {.who = api::anyone, .summary = "What people come for, found by words", .queries = 2}, matter_sheet());
  const auto check = [halls](Snapshot& snapshot, const Caller& caller, const ReadPrecheck& wish) {
    return read_precheck(snapshot, caller, wish, halls);
  };
  api.read<ReadPrecheck, PrecheckView>(
      "/api/matters/{matter}/precheck", check,
      {.who = api::anyone,
       .summary = "A few questions, then what to bring, whether to come at all, and where",
       .problems = {"no_such_matter"},
       .queries = 6});
}

}  // namespace doorstep::cases
