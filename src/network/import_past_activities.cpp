// Past activities from a sheet: what a centre kept in spreadsheets over the years. No names of people.
#include <charconv>
#include <cmath>

#include "base/problem.hpp"
#include "network/import_kinds.hpp"
#include "network/past_activity.hpp"

namespace doorstep::network {

namespace {

using imports::Cells;
using imports::Fault;

constexpr double minutes_an_hour = 60;

std::vector<imports::Column> number_columns() {
  return {{.key = "attended",
           .heading = {"参加人数", "How many came"},
           .help = {"只写数字；没数过就空着", "A number alone; leave it empty if nobody counted"},
           .example = {"35", "35"},
           .other_headings = {"人数", "参与人数", "到场人数", "服务人数"}},
          {.key = "hours",
           .heading = {"时长（小时）", "Hours"},
           .help = {"活动一共多少小时，例如 2 或 1.5；不清楚就空着",
                    "How long it was, as 2 or 1.5; leave it empty if that is not known"},
           .example = {"1.5", "1.5"},
           .other_headings = {"时长", "小时", "活动时长", "服务时长"}},
          {.key = "note",
           .heading = {"备注", "Notes"},
           .help = {"请不要写参加者的姓名和电话", "Please no names and phones of those who came"},
           .example = {"雨天改在室内", "Moved indoors for the rain"},
           .other_headings = {"说明", "活动内容", "活动简介"},
           .bytes_max = note_bytes_max}};
}

std::vector<imports::Column> columns() {
  std::vector<imports::Column> all{
      {.key = "title",
       .heading = {"活动名称", "Title"},
       .required = true,
       .help = {"活动叫什么；请不要写参加者的姓名", "What it was called; please no names of those who came"},
       .example = {"示例：邻里磨刀日", "Sample: a day to sharpen knives"},
       .other_headings = {"名称", "活动主题", "主题", "标题"},
       .bytes_max = title_bytes_max},
      {.key = "day",
       .heading = {"日期", "Day"},
       .required = true,
       .help = {"写成 2026-03-07；几天的活动写第一天", "As 2026-03-07; of several days the first"},
       .example = {"2026-03-07", "2026-03-07"},
       .other_headings = {"活动日期", "时间", "活动时间", "举办日期"}},
      {.key = "kind",
       .heading = {"类型", "Kind"},
       .required = true,
       .help = {"从下拉列表里选", "Choose from the list"},
       .example = {"志愿服务", "Volunteering"},
       .choices = choices_of<ActivityKind>(),
       .other_headings = {"活动类型", "类别", "活动类别"}},
      {.key = "organisation",
       .heading = {"主办组织", "Held by"},
       .required = true,
       .help = {"写名称或全称", "By its name or official name"},
       .example = {"示例社区党总支", "示例社区党总支"},
       .other_headings = {"主办单位", "主办", "组织单位", "举办单位", "主办方"}},
      {.key = "venue",
       .heading = {"场所", "Venue"},
       .help = {"场所的名称；不在镇里的场所办的，就空着",
                "The venue's name; leave it empty if it was held elsewhere"},
       .example = {"示例中心", "示例中心"},
       .other_headings = {"活动场所", "地点", "活动地点", "举办地点"}}};
  for (auto& column : number_columns()) all.push_back(std::move(column));
  return all;
}

// A number that is written alone, or with its unit behind it.
std::optional<double> number_in(std::string_view text, std::string_view unit) {
  if (text.ends_with(unit)) text.remove_suffix(unit.size());
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

std::optional<std::int32_t> attended_in(const Cells& cells) {
  const auto number = number_in(imports::cell(cells, "attended"), "人");
  if (!number || *number < 0 || *number > attended_max || *number != std::floor(*number)) return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

std::optional<std::int32_t> minutes_in(const Cells& cells) {
  const auto hours = number_in(imports::cell(cells, "hours"), "小时");
  if (!hours || *hours * minutes_an_hour < 1 || *hours * minutes_an_hour > activity_minutes_max)
    return std::nullopt;
  return static_cast<std::int32_t>(std::lround(*hours * minutes_an_hour));
}

std::vector<Fault> check(const Cells& cells) {
  std::vector<Fault> faults;
  const auto day = imports::filled_cell(cells, "day");
  if (day && !imports::written_day(*day))
    faults.push_back({"day",
                      {"看不出是哪一天。请写成 2026-03-07 这样。",
                       "This is no day that can be read. Please write it as 2026-03-07."}});
  if (imports::filled_cell(cells, "attended") && !attended_in(cells))
    faults.push_back({"attended",
                      {"人数要写成一个整数，例如 35。请改一下。",
                       "This has to be a whole number, as 35. Please correct it."}});
  if (imports::filled_cell(cells, "hours") && !minutes_in(cells))
    faults.push_back({"hours",
                      {"时长要写成小时数，例如 2 或 1.5。请改一下。",
                       "This has to be a number of hours, as 2 or 1.5. Please correct it."}});
  return faults;
}

OrganisationId held_by(Snapshot& snapshot, const Cells& cells) {
  const auto found = organisation_named(snapshot, imports::cell(cells, "organisation"), "organisation");
  if (!found) throw Problem{"no_such_organisation", {}, "organisation"};
  return *found;
}

// The same on the same day: the sheet was imported before, or somebody recorded it. One statement.
void require_new(Snapshot& snapshot, const Cells& cells, OrganisationId organisation) {
  const auto known = snapshot.value<std::int64_t>(
      "select count(*) from past_activities where organisation = :organisation and day = :day and title = :title"
      " and ended_at is null",
      {{"organisation", organisation},
       {"day", imports::written_day(imports::cell(cells, "day")).value()},  // checked
       {"title", imports::cell(cells, "title")}});
  if (known > 0) throw Problem{"past_activity_known", {}, "title"};
}

std::vector<Fault> look_up(Snapshot& snapshot, const Caller& caller, const Cells& cells,
                           const imports::Above&) {
  try {
    const auto organisation = held_by(snapshot, cells);
    venue_named(snapshot, cells, "venue");
    require_role(caller, {Role::centre_manager}, organisation);
    require_new(snapshot, cells, organisation);
  } catch (const Problem& problem) {
    return as_faults(problem);
  }
  return {};
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  const auto organisation = held_by(tx, cells);
  require_new(tx, cells, organisation);
  const auto recorded =
      record_past_activity(tx, caller,
                           {.title = imports::cell(cells, "title"),
                            .day = imports::written_day(imports::cell(cells, "day")).value(),
                            .kind = *enum_named<ActivityKind>(imports::cell(cells, "kind")),
                            .organisation = organisation,
                            .venue = venue_named(tx, cells, "venue"),
                            .attended = attended_in(cells),
                            .minutes = minutes_in(cells),
                            .note = imports::filled_cell(cells, "note")});
  return {to_string(recorded.id), recorded.version};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
  const auto id = parse_id<PastActivityTag>(recorded.thing);
  if (!id) throw Problem{"no_such_past_activity"};
  end_past_activity(tx, caller, {*id, recorded.version});
}

}  // namespace

imports::Kind past_activities_kind() {
  return {.key = "past_activities",
          .name = {"往期活动", "Past activities"},
          .columns = columns(),
          .may = require_manager_somewhere,
          .check = check,
          .look_up = look_up,
          .rows_a_run = 10,
          .record = record,
          .end = end};
}

}  // namespace doorstep::network
