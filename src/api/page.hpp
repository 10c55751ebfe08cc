// Cursor pagination: a list is answered a page at a time, with an opaque cursor for the next one.
//
// Keyset, not offset: a cursor is the last id seen, so a page costs the same however far down it lies.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/limits.hpp"

namespace doorstep {

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;

  BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

// A wish for a page of a list.
template <class Wish>
concept Paged = requires(Wish& wish) {
  { wish.cursor } -> std::same_as<std::optional<std::string>&>;
  { wish.limit } -> std::same_as<std::optional<std::int32_t>&>;
};

// What a client may ask for: throws Problem out_of_range outside 1 to page_items_max. The route table asks it
// of every paged wish, before the query: a sheet asks the same query for more (sheet_of.hpp).
void require_page(const std::optional<std::int32_t>& limit);
// The last id seen, zero for the first page; throws Problem bad_cursor.
std::int64_t page_after(const std::optional<std::string>& cursor);
// The default without a wish.
int page_limit(const std::optional<std::int32_t>& limit);
std::string cursor_after(std::int64_t id);

// A page of what a query returned when it was asked for one row more than `limit`; `id_of` gives a row's id.
template <class Row, class IdOf, class ViewOf>
auto page_of(const std::vector<Row>& rows, int limit, IdOf id_of, ViewOf view_of) {
  Page<decltype(view_of(rows.front()))> page;
  for (const auto& row : rows) {
    if (std::ssize(page.items) == limit) {
      page.next = cursor_after(id_of(*(&row - 1)));
      break;
    }
    page.items.push_back(view_of(row));
  }
  return page;
}

}  // namespace doorstep
