// The sheets of organisations and places.
#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "network/list_sheets.hpp"

namespace doorstep::network {

namespace {

// Each of these is followed by its id into other statements, which take no more of them.
constexpr int places_max = 1'000;
constexpr int devices_max = 500;  // of a venue

// Those standing below `parent`, each before those below it.
void add_below(Page<OrganisationLine>& tree,
               const std::map<std::optional<OrganisationId>, std::vector<OrganisationView>>& by_parent,
               const std::optional<OrganisationId>& parent, const std::optional<Text>& named,
               std::int32_t level) {
  const auto below = by_parent.find(parent);
  if (below == by_parent.end()) return;
  for (const auto& each : below->second) {
    tree.items.push_back({each, level, named});
    add_below(tree, by_parent, each.id, each.name, level + 1);
  }
}

std::string degrees(double value) { return fmt::format("{:.6f}", value); }

std::string functions_in(Language language, const std::vector<VenueFunction>& functions) {
  std::string all;
  for (const auto function : functions) {
    if (!all.empty()) all += language == Language::zh ? "、" : ", ";
    all += words_for(function).in(language);
  }
  return all;
}

// "1.5", to a hundredth at most.
std::string hours_in(std::int32_t minutes) { return fmt::format("{:g}", std::round(minutes / 0.6) / 100); }

// "08:30–11:30 13:00–17:00"
std::string hours_of(const std::vector<Opening>& openings) {
  std::string all;
  for (const auto& opening : openings) {
    if (!all.empty()) all += ' ';
    all += to_string(opening.opens) + "–" + to_string(opening.closes);
  }
  return all;
}

template <class Key, class Name>
std::optional<Name> name_in(const std::map<Key, Name>& names, const std::optional<Key>& key) {
  if (!key) return std::nullopt;
  const auto found = names.find(*key);
  return found == names.end() ? std::nullopt : std::optional{found->second};
}

// What the organisations that run some venues are called, and the communities where they are.
struct NamesAround {
  std::map<OrganisationId, Text> organisations;
  std::map<std::string, std::string> communities;

  PlaceLine line_of(const VenueView& venue) const {
    return {venue, name_in(organisations, venue.organisation), name_in(communities, venue.community)};
  }
};

NamesAround names_around(Snapshot& snapshot, const std::vector<VenueView>& venues) {
  std::vector<OrganisationId> organisations;
  std::vector<std::string> codes;
  for (const auto& venue : venues) {
    if (venue.organisation) organisations.push_back(*venue.organisation);
    if (venue.community) codes.push_back(*venue.community);
  }
  return {names_of(snapshot, organisations), community_names(snapshot, codes)};
}

// What every sheet of venues says of one.
template <class Line>
void add_name_columns(SheetOf<Line>& sheet) {
  sheet.column({"名称", "Name"}, [](const PlaceLine& line) { return line.venue.name; }, 30);
  sheet.column({"级别", "Level"}, [](const PlaceLine& line) { return words_for(line.venue.kind); });
}

template <class Line>
void add_address_columns(SheetOf<Line>& sheet) {
  sheet.column({"管理组织", "Run by"}, &Line::organisation, 30);
  sheet.column({"所在村居", "Community"}, &Line::community, 20);
  sheet.column({"地址", "Address"}, [](const PlaceLine& line) { return line.venue.address; }, 34);
}

template <class Line>
void add_way_columns(SheetOf<Line>& sheet) {
  sheet.column(
      {"无障碍", "Step-free"}, [](const PlaceLine& line) { return words_for(line.venue.step_free); }, 10);
  const auto place = [](auto member) {
    return [member](const PlaceLine& line) -> std::optional<std::string> {
      const auto& at = line.venue.place;
      if (!at) return std::nullopt;
      return degrees((*at).*member);
    };
  };
  sheet.number_column({"纬度", "Latitude"}, place(&Place::latitude));
  sheet.number_column({"经度", "Longitude"}, place(&Place::longitude));
}

}  // namespace

Page<OrganisationLine> organisation_lines(Snapshot& snapshot, const Caller& caller,
                                          const ListOrganisationTree& wish) {
  const auto found = list_organisation_tree(snapshot, caller, wish, sheet_file_rows_max);
  std::map<std::optional<OrganisationId>, std::vector<OrganisationView>> by_parent;
  for (const auto& each : found.items) by_parent[each.parent].push_back(each);
  Page<OrganisationLine> tree{.items = {}, .next = found.next};
  add_below(tree, by_parent, wish.parent, std::nullopt, 1);
  return tree;
}

SheetOf<OrganisationLine> organisation_sheet() {
  SheetOf<OrganisationLine> sheet{{"组织", "Organisations"}};
  sheet.column({"层级", "Level"}, &OrganisationLine::level, 8);
  sheet.column({"名称", "Name"}, [](const OrganisationLine& line) { return line.organisation.name; }, 30);
  sheet.column({"类型", "Kind"},
               [](const OrganisationLine& line) { return words_for(line.organisation.kind); });
  sheet.column({"上级组织", "Stands below"}, &OrganisationLine::parent, 30);
  sheet.column(
      {"全称", "Official name"}, [](const OrganisationLine& line) { return line.organisation.official_name; },
      44);
  sheet.column(
      {"下级组织数", "Directly below"}, [](const OrganisationLine& line) { return line.organisation.below; },
      14);
  sheet.column(
      {"场所数", "Venues"}, [](const OrganisationLine& line) { return line.organisation.venues; }, 10);
  return sheet;
}

Page<VenueLine> venue_lines(Snapshot& snapshot, const Caller& caller, const FindVenues& wish) {
  auto found = find_venues(snapshot, caller, wish);
  std::vector<VenueView> venues;
  for (const auto& each : found.items) venues.push_back(each.venue);
  const auto names = names_around(snapshot, venues);
  Page<VenueLine> lines{.items = {}, .next = std::move(found.next)};
  for (auto& each : found.items) {
    auto place = names.line_of(each.venue);
    lines.items.push_back({std::move(place), std::move(each)});
  }
  // As the page has them: the centre first, then branch centres, then stations.
  std::ranges::stable_sort(lines.items, {}, [](const VenueLine& line) { return line.listing.venue.kind; });
  return lines;
}

SheetOf<VenueLine> venue_sheet() {
  SheetOf<VenueLine> sheet{{"场所", "Venues"}, places_max};
  add_name_columns(sheet);
  sheet.column(
      {"功能", "Serves as"},
      [](const VenueLine& line, Language language) { return functions_in(language, line.listing.functions); },
      30);
  add_address_columns(sheet);
  sheet.column(
      {"今天开放", "Open today"}, [](const VenueLine& line) { return hours_of(line.listing.today); }, 26);
  sheet.column({"今天的说明", "Note of today"}, [](const VenueLine& line) { return line.listing.note; }, 24);
  add_way_columns(sheet);
  return sheet;
}

Page<PlaceLine> run_venue_lines(Snapshot& snapshot, const Caller& caller, const ListVenues& wish) {
  auto found = list_venues(snapshot, caller, wish);
  const auto names = names_around(snapshot, found.items);
  Page<PlaceLine> lines{.items = {}, .next = std::move(found.next)};
  for (const auto& each : found.items) lines.items.push_back(names.line_of(each));
  return lines;
}

SheetOf<PlaceLine> run_venue_sheet() {
  SheetOf<PlaceLine> sheet{{"组织管理的场所", "Venues of an organisation"}, places_max};
  add_name_columns(sheet);
  add_address_columns(sheet);
  add_way_columns(sheet);
  return sheet;
}

Page<GridLine> grid_lines(Snapshot& snapshot, const Caller& caller, const ListGrids& wish) {
  auto found = list_grids(snapshot, caller, wish);
  std::vector<OrganisationId> organisations;
  std::vector<std::string> codes;
  for (const auto& each : found.items) {
    organisations.push_back(each.organisation);
    if (each.community) codes.push_back(*each.community);
  }
  const auto answering = names_of(snapshot, organisations);
  const auto communities = community_names(snapshot, codes);
  Page<GridLine> lines{.items = {}, .next = std::move(found.next)};
  for (auto& each : found.items) {
    const auto& organisation = answering.at(each.organisation);
    const auto community = name_in(communities, each.community);
    lines.items.push_back({std::move(each), organisation, community});
  }
  return lines;
}

SheetOf<GridLine> grid_sheet() {
  SheetOf<GridLine> sheet{{"小微网格", "Micro-grids"}, places_max};
  sheet.column({"名称", "Name"}, [](const GridLine& line) { return line.grid.name; }, 30);
  sheet.column({"负责组织", "Organisation"}, &GridLine::organisation, 30);
  sheet.column({"所在村居", "Community"}, &GridLine::community, 20);
  sheet.column({"网格长", "Grid head"}, [](const GridLine& line) -> std::optional<std::string> {
    if (!line.grid.head) return std::nullopt;
    return line.grid.head->name;
  });
  return sheet;
}

SheetOf<CommunityView> community_sheet() {
  SheetOf<CommunityView> sheet{{"村居", "Communities"}, places_max};
  sheet.column({"区划代码", "Division code"}, &CommunityView::code, 20);
  sheet.column({"名称", "Name"}, &CommunityView::name, 24);
  const auto branch = [](auto member) {
    return [member](const CommunityView& community) {
      using Value = std::remove_cvref_t<decltype((*community.branch).*member)>;
      return community.branch ? (*community.branch).*member : Value{};
    };
  };
  sheet.column({"党支部", "Branch"}, branch(&BranchName::name), 30);
  sheet.column({"支部全称", "Official name of the branch"}, branch(&BranchName::official_name), 44);
  const auto served = [](auto member) {
    return [member](const CommunityView& community) {
      return community.venue ? (*community.venue).*member : Text{};
    };
  };
  sheet.column({"村居站点", "Venue"}, served(&ServingVenue::name), 30);
  sheet.column({"站点地址", "Its address"}, served(&ServingVenue::address), 34);
  return sheet;
}

Page<AddressRangeView> address_lines(Snapshot& snapshot, const Caller& caller, const ListAddresses& wish) {
  auto lines = list_addresses(snapshot, caller, wish);
  std::map<std::string, std::string> keys;
  for (const auto& each : lines.items) {
    auto& key = keys[each.street];
    if (key.empty()) key = sort_key(each.street);
  }
  std::ranges::stable_sort(lines.items, {}, [&](const AddressRangeView& range) {
    return std::tuple<const std::string&, std::int32_t, std::int32_t>{keys.at(range.street),
                                                                      range.lane.value_or(0), range.from};
  });
  return lines;
}

SheetOf<AddressRangeView> address_sheet() {
  SheetOf<AddressRangeView> sheet{{"门牌", "Houses"}};
  sheet.column({"路名、小区名或村名", "Street, estate or village"}, &AddressRangeView::street, 30);
  sheet.column({"几弄", "Lane"}, &AddressRangeView::lane, 10);
  sheet.column({"哪一侧", "Which side"}, [](const AddressRangeView& range) { return words_for(range.side); });
  sheet.column({"从几号", "From number"}, &AddressRangeView::from, 14);
  sheet.column(
      {"到几号（空着就是到最后）", "To number (empty: to the last)"},
      [](const AddressRangeView& range) {
        return range.to == house_number_max ? std::nullopt : std::optional{range.to};
      },
      30);
  return sheet;
}

SheetOf<DeviceView> device_sheet() {
  SheetOf<DeviceView> sheet{{"设备", "Devices"}, devices_max};
  sheet.column({"名称", "Name"}, &DeviceView::name, 24);
  sheet.column({"设备类型", "Kind"}, [](const DeviceView& device) { return words_for(device.kind); }, 20);
  sheet.column({"状态", "State"}, [](const DeviceView& device) { return words_for(device.state); });
  sheet.column({"停用原因", "Why it is out of use"}, &DeviceView::lock_reason, 30);
  sheet.column({"现在开放", "Open now"}, &DeviceView::open, 10);
  sheet.column(
      {"提前关到", "Closed early until"},
      [](const DeviceView& device) -> std::optional<Instant> {
        if (!device.closed_early) return std::nullopt;
        return device.closed_early->until;
      },
      18);
  sheet.column({"配对时间", "Paired"}, &DeviceView::paired_at, 18);
  sheet.column({"最近在线", "Last seen"}, &DeviceView::last_seen_at, 18);
  return sheet;
}

SheetOf<DeviceHistoryView> device_history_sheet() {
  SheetOf<DeviceHistoryView> sheet{{"设备记录", "Device history"}};
  sheet.column({"时间", "When"}, &DeviceHistoryView::at, 18);
  sheet.column({"工作人员", "By"}, [](const DeviceHistoryView& line) { return line.by.name; });
  sheet.column({"做了什么", "What"}, [](const DeviceHistoryView& line) { return words_for(line.what); }, 20);
  sheet.column({"说明", "Note"}, &DeviceHistoryView::note, 40);
  return sheet;
}

SheetOf<PastActivityView> past_activity_sheet() {
  SheetOf<PastActivityView> sheet{{"往期活动", "Past activities"}};
  sheet.column({"活动名称", "Title"}, &PastActivityView::title, 40);
  sheet.column({"日期", "Day"}, &PastActivityView::day, 14);
  sheet.column({"类型", "Kind"}, [](const PastActivityView& activity) { return words_for(activity.kind); });
  sheet.column({"主办组织", "Held by"}, &PastActivityView::organisation_name, 30);
  sheet.column({"场所", "Venue"}, &PastActivityView::venue_name, 30);
  sheet.column({"参加人数", "How many came"}, &PastActivityView::attended, 14);
  sheet.number_column({"时长（小时）", "Hours"}, [](const PastActivityView& activity) {
    return activity.minutes ? std::optional{hours_in(*activity.minutes)} : std::nullopt;
  });
  sheet.column({"备注", "Notes"}, &PastActivityView::note, 40);
  return sheet;
}

Page<CalendarDayView> calendar_lines(Snapshot& snapshot, const Caller& caller, const ReadCalendar& wish) {
  return {.items = read_calendar(snapshot, caller, wish).days, .next = {}};
}

SheetOf<CalendarDayView> calendar_sheet() {
  SheetOf<CalendarDayView> sheet{{"工作日历", "Calendar"}};
  sheet.column({"日期", "Day"}, &CalendarDayView::day, 14);
  sheet.column({"上班", "Working day"}, &CalendarDayView::workday, 12);
  sheet.column({"名称", "Name"}, &CalendarDayView::name, 24);
  sheet.column({"镇里定的", "The town's own"}, &CalendarDayView::towns_own, 14);
  return sheet;
}

}  // namespace doorstep::network
