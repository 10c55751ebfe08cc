#include "network/grid.hpp"
#include "network/list_sheets.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

void add_grid_routes(api::Api& api, const api::Who& managers) {
  api::Rules list{
      .who = api::anyone, .summary = "The micro-grids of the town, with their heads", .queries = 4};
  api.read<ListGrids, Page<GridView>>("/api/grids", list_grids, list);
  list.queries += 2;
  api.read_sheet<ListGrids>("/api/grids.xlsx", grid_lines, std::move(list), grid_sheet());
  api.read<FindGrids, GridsFound>(
      "/api/grids/at", find_grids,
      {.who = api::anyone,
       .summary = "The micro-grids that a point lies in; on a line between two, both",
       .queries = 3});
  api.read<ListGridAreas, Page<GridArea>>(
      "/api/grids/areas", list_grid_areas,
      {.who = api::anyone, .summary = "The lines around the micro-grids, to draw a map from", .queries = 1});
  api.read<ReadGrid, GridPage>("/api/grids/{grid}", read_grid,
                               {.who = api::anyone,
                                .summary = "A micro-grid with the line around it",
                                .problems = {"no_such_grid"},
                                .queries = 3});
  api.write<RecordGrid, GridView>(
      "POST", "/api/grids", record_grid,
      {.who = managers,
       .summary = "Record a micro-grid",
       .problems = {"no_such_organisation", "organisation_ended", "no_such_community", "no_such_staff",
                    "not_a_grid_head", "ring_not_closed", "ring_too_wide", "ring_crosses_itself"},
       .queries = 9,
       .success = 201});
  api.write<EditGrid, GridView>(
      "PATCH", "/api/grids/{grid}", edit_grid,
      {.who = managers,
       .summary = "Edit a micro-grid, give it another head or draw it anew",
       .problems = {"no_such_grid", "grid_ended", "no_such_community", "no_such_staff", "not_a_grid_head",
                    "ring_not_closed", "ring_too_wide", "ring_crosses_itself"},
       .queries = 9,
       .if_match = true});
  api.write<EndGrid, GridView>("POST", "/api/grids/{grid}/end", end_grid,
                               {.who = managers,
                                .summary = "End a micro-grid; its history stays",
                                .problems = {"no_such_grid", "grid_ended"},
                                .queries = 5,
                                .if_match = true});
}

}  // namespace doorstep::network
