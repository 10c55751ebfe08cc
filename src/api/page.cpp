#include "api/page.hpp"

#include "base/ids.hpp"
#include "base/problem.hpp"

namespace doorstep {

namespace {
constexpr std::string_view cursor_prefix = "c";
}

std::int64_t page_after(const std::optional<std::string>& cursor) {
  if (!cursor) return 0;
  const auto id = parse_id(cursor_prefix, *cursor);
  if (!id) throw Problem{"bad_cursor", {}, "cursor"};
  return *id;
}

void require_page(const std::optional<std::int32_t>& limit) {
  if (limit && (*limit < 1 || *limit > static_cast<std::int32_t>(page_items_max)))
    throw Problem{"out_of_range", {"1", std::to_string(page_items_max)}, "limit"};
}

int page_limit(const std::optional<std::int32_t>& limit) {
  return limit.value_or(static_cast<std::int32_t>(page_items_default));
}

std::string cursor_after(std::int64_t id) { return id_text(cursor_prefix, id); }

}  // namespace doorstep
