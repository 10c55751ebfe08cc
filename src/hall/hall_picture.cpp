#include "hall/hall_file.hpp"

namespace doorstep::hall {

namespace {

struct LineRow {
  std::string key, venue;
  std::optional<std::string> prefix, name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (key, venue, prefix, name_zh, name_en))

struct ServiceRow {
  std::string hall, service, prefix;
  std::int64_t position = 0;
  std::optional<std::string> matter;
  std::string name_zh, name_en, summary_zh, summary_en;
  std::optional<std::int32_t> minutes;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (),
                      (hall, service, prefix, position, matter, name_zh, name_en, summary_zh, summary_en,
                       minutes))

struct WindowRow {
  std::string hall;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  std::optional<std::string> prefix;
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (hall, number, name_zh, name_en, prefix))

std::string words(const std::string& zh, const std::string& en) { return write_json(zh + " / " + en); }

void draw_service(Facts& facts, const ServiceRow& row) {
  for (auto& [name, value] : facts_of(row)) {
    if (name != "hall" && name != "service") facts["service " + row.service + ' ' + name] = value;
  }
}

}  // namespace

void draw_halls(Snapshot& snapshot, Picture& picture) {
  for (
      const auto& row : snapshot.all<LineRow>(
          "select h.key, v.key as venue, g.prefix, g.name_zh, g.name_en from halls h join venues v on v.id = h.venue"
          " left join service_groups g on g.hall = h.id")) {
    auto& facts = picture[{"hall", row.key}];
    facts["venue"] = write_json(row.venue);
    if (row.prefix) facts["line " + *row.prefix] = words(row.name_zh.value_or(""), row.name_en.value_or(""));
  }
  for (
      const auto& row : snapshot.all<ServiceRow>(
          "select h.key as hall, s.key as service, s.prefix, s.position, s.matter, s.name_zh, s.name_en,"
          " s.summary_zh, s.summary_en, s.minutes from services s join halls h on h.id = s.hall where s.ended = 0"))
    draw_service(picture[{"hall", row.hall}], row);
  for (
      const auto& row : snapshot.all<WindowRow>(
          "select h.key as hall, w.number, w.name_zh, w.name_en, g.prefix from windows w join halls h on h.id = w.hall"
          " left join window_groups g on g.window_id = w.id order by w.number, g.prefix nulls first")) {
    auto& facts = picture[{"hall", row.hall}];
    const auto window = "window " + std::to_string(row.number);
    facts[window + " name"] = words(row.name_zh, row.name_en);
    if (row.prefix) facts[window + " line " + *row.prefix] = "true";
  }
}

}  // namespace doorstep::hall
