#include "cases/matter_list.hpp"

#include <algorithm>
#include <tuple>

#include "base/search_text.hpp"
#include "base/utf8.hpp"

namespace doorstep::cases {

namespace {

struct ListingRow {
  std::string key, name_zh, name_en, summary_zh, summary_en;
  std::optional<Audience> audience;
  std::optional<LifeEvent> life_event;
  std::string by_name, by_words, by_summary;
};
BOOST_DESCRIBE_STRUCT(ListingRow, (),
                      (key, name_zh, name_en, summary_zh, summary_en, audience, life_event, by_name, by_words,
                       by_summary))

struct Ranked {
  std::size_t rank = 0;
  std::string name_order;
  const ListingRow* row = nullptr;

  auto order() const { return std::tie(rank, name_order, row->key); }
};

// Those that are meant, in their order.
std::vector<Ranked> ranked(const std::vector<ListingRow>& rows, const Search& search) {
  std::vector<Ranked> meant;
  for (const auto& row : rows) {
    const std::string_view texts[] = {row.by_name, row.by_words, row.by_summary};
    const auto rank = search.says_something() ? search.rank(texts) : std::optional<std::size_t>{0};
    if (rank) meant.push_back({*rank, sort_key(row.name_zh), &row});
  }
  std::ranges::sort(meant, {}, &Ranked::order);
  return meant;
}

MatterRow view(const ListingRow& row, const std::set<std::string>& taken) {
  return {.key = row.key,
          .name = {row.name_zh, row.name_en},
          .summary = {row.summary_zh, row.summary_en},
          .audience = row.audience,
          .life_event = row.life_event,
          .at_a_hall = taken.contains(row.key)};
}

}  // namespace

void put_listing(Transaction& tx, const MatterDefinition& matter) {
  tx.run(
      "insert into matter_listings (key, name_zh, name_en, summary_zh, summary_en, audience, life_event,"
      " by_name, by_words, by_summary) values (:key, :name_zh, :name_en, :summary_zh, :summary_en, :audience,"
      " :life_event, :by_name, :by_words, :by_summary) on conflict (key) do update set"
      " name_zh = excluded.name_zh, name_en = excluded.name_en, summary_zh = excluded.summary_zh,"
      " summary_en = excluded.summary_en, audience = excluded.audience, life_event = excluded.life_event,"
      " by_name = excluded.by_name, by_words = excluded.by_words, by_summary = excluded.by_summary",
      {{"key", matter.key},
       {"name_zh", matter.name.zh},
       {"name_en", matter.name.en},
       {"summary_zh", matter.summary.zh},
       {"summary_en", matter.summary.en},
       {"audience", matter.audience},
       {"life_event", matter.life_event},
       {"by_name", search_text({matter.name.zh, matter.name.en})},
       {"by_words", search_text(matter.words.value_or(std::vector<std::string>{}))},
       {"by_summary", search_text({matter.summary.zh, matter.summary.en})}});
}

Page<MatterRow> list_matters(Snapshot& snapshot, const Caller&, const ListMatters& wish, const Halls& halls) {
  const auto rows = snapshot.all<ListingRow>(
      "select key, name_zh, name_en, summary_zh, summary_en, audience, life_event, by_name, by_words, by_summary"
      " from matter_listings where (:audience is null or audience = :audience)"
      " and (:life_event is null or life_event = :life_event)",
      {{"audience", wish.audience}, {"life_event", wish.life_event}});
  const auto taken = halls.matters_taken(snapshot);
  const auto meant = ranked(rows, Search{wish.words.value_or("")});
  const auto limit = page_limit(wish.limit);
  // The cursor is a place in the order: there is no id that would say where one was.
  const auto begin = std::min(page_after(wish.cursor), std::ssize(meant));
  const auto end = std::min<std::ptrdiff_t>(begin + limit, std::ssize(meant));
  Page<MatterRow> page;
  for (auto at = begin; at < end; ++at)
    page.items.push_back(view(*meant[static_cast<std::size_t>(at)].row, taken));
  if (end < std::ssize(meant)) page.next = cursor_after(end);
  return page;
}

}  // namespace doorstep::cases
