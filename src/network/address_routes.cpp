#include "network/addresses.hpp"
#include "network/list_sheets.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

void add_address_routes(api::Api& api, const api::Who& managers) {
  api.read<FindAddress, AddressAnswer>(
      "/api/address", find_address,
      {.who = api::anyone,
       .summary =
           "Which community an address belongs to, with the branch and the venue of those who live there",
       .queries = 4});
  api.read<ListCommunities, Page<CommunityView>>(
      "/api/communities", list_communities,
      {.who = api::anyone,
       .summary = "The communities and villages, each with its branch and the venue that serves it",
       .queries = 3},
      community_sheet());
  api.write<EditCommunity, CommunityView>(
      "PATCH", "/api/communities/{community}", edit_community,
      {.who = managers,
       .summary = "Say which branch those who live in a community belong to",
       .problems = {"no_such_community", "no_such_organisation", "organisation_ended", "not_a_branch"},
       .queries = 6,
       .if_match = true});
  const api::Rules houses{.who = api::anyone,
                          .summary = "The houses that belong to a community, by street",
                          .problems = {"no_such_community"},
                          .queries = 2};
  api.read<ListAddresses, Page<AddressRangeView>>("/api/communities/{community}/addresses", list_addresses,
                                                  houses);
  api.read_sheet<ListAddresses>("/api/communities/{community}/addresses.xlsx", address_lines, houses,
                                address_sheet());
  api.write<RecordAddresses, AddressRangeView>(
      "POST", "/api/communities/{community}/addresses", record_addresses,
      {.who = managers,
       .summary = "Houses of a street belong to a community",
       .problems = {"no_such_community", "street_unclear", "numbers_backwards", "addresses_overlap"},
       .queries = 3,
       .success = 201});
  api.write<ReplaceAddresses, AddressRangeView>(
      "POST", "/api/addresses/{range}/replace", replace_addresses,
      {.who = managers,
       .summary = "Other houses in the place of these, at once; nothing changes when they are refused",
       .problems = {"no_such_addresses", "street_unclear", "numbers_backwards", "addresses_overlap"},
       .queries = 5,
       .success = 201});
  api.write<EndAddresses, Nothing>("POST", "/api/addresses/{range}/end", end_addresses,
                                   {.who = managers,
                                    .summary = "Houses of a street belong to a community no longer",
                                    .problems = {"no_such_addresses"},
                                    .queries = 3,
                                    .success = 204});
}

}  // namespace doorstep::network
