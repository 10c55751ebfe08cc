// Venues from a sheet: stations above all, of which a town has many. Hours, rooms and functions are given to
// them on their own pages.
#include <charconv>

#include "base/problem.hpp"
#include "network/import_kinds.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

using imports::Cells;
using imports::Fault;

struct CodeRow {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code))

std::vector<imports::Column> place_columns() {
  return {{.key = "community",
           .heading = {"所在村居", "Community"},
           .help = {"名称或区划代码，按镇里的名单", "By its name or division code, as in the town's list"},
           .example = {"示例社区", "示例社区"},
           .other_headings = {"社区", "村居", "居村", "所属社区", "村居名称"}},
          {.key = "latitude",
           .heading = {"纬度", "Latitude"},
           .help = {"WGS-84，例如 31.2950；经纬度要么都填，要么都不填",
                    "WGS-84, as 31.2950; with the longitude or not at all"},
           .example = {"31.2950", "31.2950"},
           .other_headings = {"lat"}},
          {.key = "longitude",
           .heading = {"经度", "Longitude"},
           .help = {"WGS-84，例如 121.3150", "WGS-84, as 121.3150"},
           .example = {"121.3150", "121.3150"},
           .other_headings = {"lng", "lon"}},
          {.key = "step_free",
           .heading = {"无障碍", "Step-free"},
           .help = {"进门没有台阶，或有坡道；没看过就填“不清楚”",
                    "Whether one comes in without a step; if nobody has looked: not known"},
           .example = {"有", "Yes"},
           .choices = choices_of<StepFree>(),
           .other_headings = {"无障碍通道", "坡道"}}};
}

std::vector<imports::Column> columns() {
  std::vector<imports::Column> all{
      {.key = "name_zh",
       .heading = {"名称", "Name"},
       .required = true,
       .help = {"平时怎么叫，就怎么写", "As people call it, in Chinese"},
       .example = {"示例楼宇红吧", "示例楼宇红吧"},
       .other_headings = {"场所名称", "站点名称", "阵地名称"},
       .unique = true},
      {.key = "name_en",
       .heading = {"英文名称", "English name"},
       .help = {"没有就空着，先用中文名称", "Leave it empty to use the Chinese one for now"},
       .example = {"Sample tower station", "Sample tower station"}},
      {.key = "kind",
       .heading = {"级别", "Level"},
       .required = true,
       .help = {"从下拉列表里选", "Choose from the list"},
       .example = {"站点", "Station"},
       .choices = choices_of<VenueKind>(),
       .other_headings = {"类型", "层级", "场所类型"}},
      {.key = "organisation",
       .heading = {"管理组织", "Run by"},
       .help = {"哪个组织在管，写名称或全称", "Which organisation runs it, by its name or official name"},
       .example = {"示例社区党总支", "示例社区党总支"},
       .other_headings = {"所属组织", "管理单位", "责任单位", "所属党组织"}},
      {.key = "address_zh",
       .heading = {"地址", "Address"},
       .required = true,
       .help = {"路名和门牌号，让人找得到", "Street and number, so that one finds it"},
       .example = {"示例路 1 号", "示例路 1 号"},
       .other_headings = {"详细地址", "场所地址", "位置"}},
      {.key = "address_en",
       .heading = {"英文地址", "English address"},
       .help = {"没有就空着，先用中文地址", "Leave it empty to use the Chinese one for now"},
       .example = {"1 Sample Road", "1 Sample Road"}}};
  for (auto& column : place_columns()) all.push_back(std::move(column));
  return all;
}

std::optional<double> degrees(const Cells& cells, std::string_view column) {
  const auto text = imports::filled_cell(cells, column);
  if (!text) return std::nullopt;
  double number = 0;
  const auto bounds = Place::bounds(column);
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  return whole && number >= static_cast<double>(bounds.least) && number <= static_cast<double>(bounds.most)
             ? std::optional{number}
             : std::nullopt;
}

std::vector<Fault> check(const Cells& cells) {
  std::vector<Fault> faults;
  for (const std::string column : {"latitude", "longitude"}) {
    if (imports::filled_cell(cells, column) && !degrees(cells, column))
      faults.push_back({column,
                        {"这里要填度数，例如 31.2950。请改一下。",
                         "This has to be a number of degrees, as 31.2950. Please correct it."}});
  }
  if (imports::filled_cell(cells, "latitude").has_value() !=
      imports::filled_cell(cells, "longitude").has_value())
    faults.push_back(
        {imports::filled_cell(cells, "latitude") ? "longitude" : "latitude",
         {"经度和纬度要么都填，要么都不填。", "Please give both latitude and longitude, or neither."}});
  return faults;
}

std::optional<OrganisationId> run_by(Snapshot& snapshot, const Cells& cells) {
  const auto name = imports::filled_cell(cells, "organisation");
  if (!name) return std::nullopt;
  const auto found = organisation_named(snapshot, *name, "organisation");
  if (!found) throw Problem{"no_such_organisation", {}, "organisation"};
  return found;
}

// One statement, none when none is named.
std::optional<std::string> community_of(Snapshot& snapshot, const Cells& cells) {
  const auto text = imports::filled_cell(cells, "community");
  if (!text) return std::nullopt;
  const auto found = snapshot.all<CodeRow>(
      "select code from communities where code = :text or name_zh = :text order by code limit 2",
      {{"text", *text}});
  if (found.size() != 1) throw Problem{"no_such_community", {}, "community"};
  return found[0].code;
}

// One statement.
void require_new(Snapshot& snapshot, const std::string& name) {
  const auto known = snapshot.value<std::int64_t>(
      "select count(*) from venues where name_zh = :name and ended_at is null", {{"name", name}});
  if (known > 0) throw Problem{"venue_known", {}, "name_zh"};
}

std::vector<Fault> look_up(Snapshot& snapshot, const Caller& caller, const Cells& cells,
                           const imports::Above&) {
  try {
    const auto organisation = run_by(snapshot, cells);
    community_of(snapshot, cells);
    require_role(caller, {Role::centre_manager}, organisation ? Scope{*organisation} : Scope{WholeTown{}});
    require_new(snapshot, imports::cell(cells, "name_zh"));
  } catch (const Problem& problem) {
    return as_faults(problem);
  }
  return {};
}

Text in_both(const Cells& cells, std::string_view zh, std::string_view en) {
  return {imports::cell(cells, zh), imports::filled_cell(cells, en).value_or(imports::cell(cells, zh))};
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  RecordVenue wish{.kind = *enum_named<VenueKind>(imports::cell(cells, "kind")),
                   .name = in_both(cells, "name_zh", "name_en"),
                   .named_since = {},
                   .address = in_both(cells, "address_zh", "address_en"),
                   .organisation = run_by(tx, cells),
                   .community = community_of(tx, cells),
                   .place = {},
                   .step_free = {},
                   .step_free_note = {}};
  if (const auto latitude = degrees(cells, "latitude"))
    wish.place = Place{*latitude, degrees(cells, "longitude").value()};
  if (const auto step_free = imports::filled_cell(cells, "step_free"))
    wish.step_free = enum_named<StepFree>(*step_free);
  require_new(tx, wish.name.zh);
  const auto recorded = record_venue(tx, caller, wish);
  return {to_string(recorded.id), recorded.version};
}

// What has been given functions, rooms or days of its own is somebody's work by now. One statement.
void require_untouched(Snapshot& snapshot, VenueId venue) {
  const auto traces = snapshot.value<std::int64_t>(
      "select (select count(*) from venue_functions where venue = :venue)"
      " + (select count(*) from venue_rooms where venue = :venue)"
      " + (select count(*) from venue_exceptions where venue = :venue)",
      {{"venue", venue}});
  if (traces > 0) throw Problem{"touched_since_import"};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded,
         const std::vector<VenueUse>& uses) {
  const auto id = parse_id<VenueTag>(recorded.thing);
  if (!id) throw Problem{"no_such_venue"};
  require_untouched(tx, *id);
  end_venue(tx, caller, {*id, recorded.version}, uses);
}

}  // namespace

imports::Kind venues_kind(const std::vector<VenueUse>& uses) {
  return {.key = "venues",
          .name = {"场所", "Venues"},
          .columns = columns(),
          .may = require_manager_somewhere,
          .check = check,
          .look_up = look_up,
          .rows_a_run = 10,
          .record = record,
          .end = [uses](Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
            end(tx, caller, recorded, uses);
          }};
}

}  // namespace doorstep::network
