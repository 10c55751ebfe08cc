// A list as a sheet: its columns, each with a heading and how an item reads in it. It stands beside the
// list's view, and the list's row in the route table names it:
//
//   SheetOf<StaffView> staff_sheet() {
//     SheetOf<StaffView> sheet{{"工作人员", "Staff"}};
//     sheet.column({"姓名", "Name"}, &StaffView::name);
//     return sheet;
//   }
//   api.read<ListStaff, Page<StaffView>>("/api/staff", list_staff, {…}, staff_sheet());
//
// So "/api/staff.xlsx" is the same query by the same wish, for the same people: what the list leaves out or
// masks, the sheet has no way to show.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/page.hpp"
#include "api/sheet_file.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace doorstep {

// Who reads a sheet, and by which clock.
struct SheetReader {
  Language language{};
  Zone zone;
};

namespace sheet_detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

std::string cell_of(const SheetReader& reader, Instant at);
std::string cell_of(const SheetReader& reader, bool is_so);

// What a column may read: a text, a number, a day, a moment, yes or no; or nothing, which leaves the cell
// empty.
template <class T>
std::string cell(const SheetReader& reader, const T& value) {
  if constexpr (is_optional<T>)
    return value ? cell(reader, *value) : std::string{};
  else if constexpr (std::is_same_v<T, Text>)
    return value.in(reader.language);
  else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, bool>)
    return cell_of(reader, value);
  else if constexpr (std::is_same_v<T, Day>)
    return to_string(value);
  else if constexpr (std::is_integral_v<T>)
    return std::to_string(value);
  else
    return std::string{value};
}

template <class T>
constexpr sheets::CellKind kind_of() {
  if constexpr (is_optional<T>)
    return kind_of<typename T::value_type>();
  else if constexpr (std::is_same_v<T, Day>)
    return sheets::CellKind::day;
  else if constexpr (std::is_same_v<T, Instant>)
    return sheets::CellKind::moment;
  else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
    return sheets::CellKind::number;
  else
    return sheets::CellKind::text;
}

}  // namespace sheet_detail

template <class Item>
class SheetOf {
 public:
  // At most so many items: a query that asks for more by each item's id takes no more ids at once
  // (storage::list_items_max).
  explicit SheetOf(Text title, int items_max = sheet_file_rows_max)
      : title_(std::move(title)), items_max_(items_max) {}

  // `read(item)`: a member, or a function of it; of the item's words, too, `read(item, language)`.
  template <class Read>
  void column(Text heading, Read read, int width = 16) {
    column_of(std::move(heading), std::move(read), width, std::nullopt);
  }
  // Texts that are numbers: "31.295".
  template <class Read>
  void number_column(Text heading, Read read, int width = 12) {
    column_of(std::move(heading), std::move(read), width, sheets::CellKind::number);
  }

  int items_max() const { return items_max_; }
  // "工作人员 2026-11-30"
  std::string file_name(const SheetReader& reader, Instant at) const {
    return title_.in(reader.language) + " " + to_string(reader.zone.day_of(at));
  }
  sheets::NewSheet made_of(const std::vector<Item>& items, const SheetReader& reader) const {
    sheets::NewSheet sheet{.name = title_.in(reader.language), .columns = {}, .rows = {}};
    for (const auto& each : columns_)
      sheet.columns.push_back(
          {.heading = each.heading.in(reader.language), .width = each.width, .kind = each.kind});
    for (const auto& item : items) {
      auto& row = sheet.rows.emplace_back();
      for (const auto& each : columns_) row.push_back(each.read(item, reader));
    }
    return sheet;
  }

 private:
  struct Column {
    Text heading;
    int width = 0;
    sheets::CellKind kind{};
    std::function<std::string(const Item&, const SheetReader&)> read;
  };

  template <class Read>
  void column_of(Text heading, Read read, int width, std::optional<sheets::CellKind> kind) {
    if constexpr (std::is_invocable_v<Read, const Item&, Language>) {
      using Value = std::remove_cvref_t<std::invoke_result_t<Read, const Item&, Language>>;
      columns_.push_back({std::move(heading), width, kind.value_or(sheet_detail::kind_of<Value>()),
                          [read](const Item& item, const SheetReader& reader) {
                            return sheet_detail::cell(reader, std::invoke(read, item, reader.language));
                          }});
    } else {
      using Value = std::remove_cvref_t<std::invoke_result_t<Read, const Item&>>;
      columns_.push_back({std::move(heading), width, kind.value_or(sheet_detail::kind_of<Value>()),
                          [read](const Item& item, const SheetReader& reader) {
                            return sheet_detail::cell(reader, std::invoke(read, item));
                          }});
    }
  }

  Text title_;
  int items_max_ = 0;
  std::vector<Column> columns_;
};

// What a list's page holds.
template <class View>
using ItemOf = typename decltype(View::items)::value_type;

}  // namespace doorstep
