// The lists of this room as sheets: the columns of each. Where a list names a place or an organisation by its
// id, for a page that knows what it is called, its sheet has a line that says so.
#pragma once

#include "api/sheet_of.hpp"
#include "network/addresses.hpp"
#include "network/community.hpp"
#include "network/directory.hpp"
#include "network/grants.hpp"
#include "network/grid.hpp"
#include "network/past_activity.hpp"
#include "network/roster.hpp"
#include "network/town_days.hpp"
#include "network/words.hpp"

namespace doorstep::network {

struct OrganisationLine {
  OrganisationView organisation;
  std::int32_t level = 1;
  std::optional<Text> parent;  // none: a root, or where the sheet begins
};
// As a tree is read: each before those below it. As many statements as the list.
Page<OrganisationLine> organisation_lines(Snapshot& snapshot, const Caller& caller,
                                          const ListOrganisationTree& wish);
SheetOf<OrganisationLine> organisation_sheet();

// A venue, with what those around it are called.
struct PlaceLine {
  VenueView venue;
  std::optional<Text> organisation;
  std::optional<std::string> community;
};
// Two statements more than the list.
Page<PlaceLine> run_venue_lines(Snapshot& snapshot, const Caller& caller, const ListVenues& wish);
SheetOf<PlaceLine> run_venue_sheet();

struct VenueLine : PlaceLine {
  VenueListing listing;
};
// In the order of the page. Two statements more than the list.
Page<VenueLine> venue_lines(Snapshot& snapshot, const Caller& caller, const FindVenues& wish);
SheetOf<VenueLine> venue_sheet();

struct GridLine {
  GridView grid;
  Text organisation;
  std::optional<std::string> community;
};
// Two statements more than the list.
Page<GridLine> grid_lines(Snapshot& snapshot, const Caller& caller, const ListGrids& wish);
SheetOf<GridLine> grid_sheet();

SheetOf<CommunityView> community_sheet();

// By street, as the page has them. As many statements as the list.
Page<AddressRangeView> address_lines(Snapshot& snapshot, const Caller& caller, const ListAddresses& wish);
SheetOf<AddressRangeView> address_sheet();

SheetOf<DeviceView> device_sheet();
SheetOf<DeviceHistoryView> device_history_sheet();
SheetOf<PastActivityView> past_activity_sheet();

// The days of a year that are not as the week says.
Page<CalendarDayView> calendar_lines(Snapshot& snapshot, const Caller& caller, const ReadCalendar& wish);
SheetOf<CalendarDayView> calendar_sheet();

struct GrantLine {
  GrantView grant;
  Text place;
};
// One statement more than the list.
Page<GrantLine> grant_lines(Snapshot& snapshot, const Caller& caller, const ListGrants& wish);
SheetOf<GrantLine> grant_sheet();

SheetOf<PostView> post_sheet();

struct RosterLine {
  RosterDay at;
  Text post;
};
// A line for each post and day, day by day. As many statements as the board.
Page<RosterLine> roster_lines(Snapshot& snapshot, const Caller& caller, const ListRoster& wish);
SheetOf<RosterLine> roster_sheet();

SheetOf<AbsenceView> absence_sheet();
SheetOf<HandoverView> handover_sheet();

}  // namespace doorstep::network
