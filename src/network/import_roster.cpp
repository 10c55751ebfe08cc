// The month board from a sheet: who is on duty at a post on a day, where it is not the A role.
#include "base/problem.hpp"
#include "identity/staff.hpp"
#include "network/import_kinds.hpp"
#include "network/roster.hpp"

namespace doorstep::network {

namespace {

using imports::Cells;
using imports::Fault;

struct PostIdRow {
  PostId id;
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(PostIdRow, (), (id, venue))

struct StaffRow {
  StaffId staff;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (staff))

// A row of the sheet, with what it names.
struct Line {
  PostIdRow post;
  Day day;
  StaffId staff;
};

std::vector<imports::Column> columns() {
  return {{.key = "venue",
           .heading = {"场所", "Venue"},
           .required = true,
           .help = {"场所的名称", "The venue's name"},
           .example = {"示例中心", "示例中心"},
           .other_headings = {"场所名称", "地点", "站点"}},
          {.key = "post",
           .heading = {"岗位", "Post"},
           .required = true,
           .help = {"岗位的名称", "The post's name"},
           .example = {"综合窗口", "综合窗口"},
           .other_headings = {"岗位名称", "窗口"}},
          {.key = "day",
           .heading = {"日期", "Day"},
           .required = true,
           .help = {"写成 2026-03-07", "As 2026-03-07"},
           .example = {"2026-03-07", "2026-03-07"},
           .other_headings = {"值班日期"}},
          {.key = "staff",
           .heading = {"值班人员", "On duty"},
           .required = true,
           .help = {"姓名；有重名的写用户名", "By name; by user name where several have it"},
           .example = {"王示例", "王示例"},
           .other_headings = {"值班人", "人员", "姓名"}}};
}

std::vector<Fault> check(const Cells& cells) {
  const auto written = imports::filled_cell(cells, "day");
  if (!written || imports::written_day(*written)) return {};
  return {{"day",
           {"看不出是哪一天。请写成 2026-03-07 这样。",
            "This is no day that can be read. Please write it as 2026-03-07."}}};
}

// One statement.
PostIdRow require_post_named(Snapshot& snapshot, const Cells& cells) {
  const auto found = snapshot.all<PostIdRow>(
      "select p.id, p.venue from venues v join posts p on p.venue = v.id where v.name_zh = :venue"
      " and p.name_zh = :post and v.ended_at is null and p.ended_at is null order by p.id limit 2",
      {{"venue", imports::cell(cells, "venue")}, {"post", imports::cell(cells, "post")}});
  if (found.empty()) throw Problem{"no_such_post", {}, "post"};
  if (found.size() > 1) throw Problem{"several_such_posts", {}, "post"};
  return found[0];
}

// One statement.
std::optional<StaffId> rostered(Snapshot& snapshot, PostId post, Day day) {
  const auto row = snapshot.maybe<StaffRow>("select staff from roster where post = :post and day = :day",
                                            {{"post", post}, {"day", day}});
  return row ? std::optional{row->staff} : std::nullopt;
}

// Three statements.
Line require_new_line(Snapshot& snapshot, const Caller& caller, const Cells& cells) {
  const auto post = require_post_named(snapshot, cells);
  require_role(caller, {Role::centre_manager, Role::station_keeper}, post.venue);
  const auto day = imports::written_day(imports::cell(cells, "day")).value();  // checked
  const auto staff = identity::working_here_as(snapshot, imports::cell(cells, "staff"));
  if (!staff) throw Problem{"no_such_staff", {}, "staff"};
  if (rostered(snapshot, post.id, day)) throw Problem{"roster_known", {}, "day"};
  return {post, day, *staff};
}

std::vector<Fault> look_up(Snapshot& snapshot, const Caller& caller, const Cells& cells,
                           const imports::Above&) {
  try {
    require_new_line(snapshot, caller, cells);
  } catch (const Problem& problem) {
    return as_faults(problem);
  }
  return {};
}

// An entry has no id of its own: it is told by its post, its day, and whom it names.
std::string thing_of(const Line& line) {
  return to_string(line.post.id) + ' ' + to_string(line.day) + ' ' + to_string(line.staff);
}

std::optional<Line> line_of(const std::string& thing) {
  const auto first = thing.find(' '), second = thing.rfind(' ');
  if (first == second) return std::nullopt;
  const auto post = parse_id<PostTag>(thing.substr(0, first));
  const auto day = parse_day(thing.substr(first + 1, second - first - 1));
  const auto staff = parse_id<StaffTag>(thing.substr(second + 1));
  return post && day && staff ? std::optional{Line{{*post, {}}, *day, *staff}} : std::nullopt;
}

imports::Recorded record(Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
  const auto line = require_new_line(tx, caller, cells);
  put_roster(tx, caller, {line.post.id, line.day, line.staff});
  return {thing_of(line)};
}

void end(Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
  const auto line = line_of(recorded.thing);
  if (!line) throw Problem{"no_such_post"};
  if (rostered(tx, line->post.id, line->day) != line->staff) throw Problem{"touched_since_import"};
  put_roster(tx, caller, {line->post.id, line->day, std::nullopt});
}

}  // namespace

imports::Kind roster_kind() {
  return {.key = "roster",
          .name = {"值班表", "Roster"},
          .columns = columns(),
          .may = require_manager_somewhere,
          .check = check,
          .look_up = look_up,
          .rows_a_run = 10,
          .record = record,
          .end = end};
}

}  // namespace doorstep::network
