// The sheets of organisations and places.
#include <algorithm>

#include <fmt/format.h>

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
  std::vector<OrganisationId> organisations;
  std::vector<std::string> codes;
  for (const auto& each : found.items) {
    if (each.venue.organisation) organisations.push_back(*each.venue.organisation);
    if (each.venue.community) codes.push_back(*each.venue.community);
  }
  const auto run_by = names_of(snapshot, organisations);
  const auto communities = community_names(snapshot, codes);
  Page<VenueLine> lines{.items = {}, .next = std::move(found.next)};
  for (auto& each : found.items) {
    const auto organisation = name_in(run_by, each.venue.organisation);
    const auto community = name_in(communities, each.venue.community);
    lines.items.push_back({std::move(each), organisation, community});
  }
  return lines;
}

SheetOf<VenueLine> venue_sheet() {
  SheetOf<VenueLine> sheet{{"场所", "Venues"}, places_max};
  sheet.column({"名称", "Name"}, [](const VenueLine& line) { return line.listing.venue.name; }, 30);
  sheet.column({"级别", "Level"}, [](const VenueLine& line) { return words_for(line.listing.venue.kind); });
  sheet.column(
      {"功能", "Serves as"},
      [](const VenueLine& line, Language language) { return functions_in(language, line.listing.functions); },
      30);
  sheet.column({"管理组织", "Run by"}, &VenueLine::organisation, 30);
  sheet.column({"所在村居", "Community"}, &VenueLine::community, 20);
  sheet.column({"地址", "Address"}, [](const VenueLine& line) { return line.listing.venue.address; }, 34);
  sheet.column(
      {"今天开放", "Open today"}, [](const VenueLine& line) { return hours_of(line.listing.today); }, 26);
  sheet.column({"今天的说明", "Note of today"}, [](const VenueLine& line) { return line.listing.note; }, 24);
  sheet.column(
      {"无障碍", "Step-free"}, [](const VenueLine& line) { return words_for(line.listing.venue.step_free); },
      10);
  const auto place = [](auto member) {
    return [member](const VenueLine& line) -> std::optional<std::string> {
      const auto& at = line.listing.venue.place;
      if (!at) return std::nullopt;
      return degrees((*at).*member);
    };
  };
  sheet.number_column({"纬度", "Latitude"}, place(&Place::latitude));
  sheet.number_column({"经度", "Longitude"}, place(&Place::longitude));
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
