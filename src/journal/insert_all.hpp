// Inserting more rows than go into one statement.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "journal/transaction.hpp"

namespace doorstep {

// As many at a time as go into one statement, in which `:rows` stands for them. Nothing where there are none.
template <class Row>
void insert_all(Transaction& tx, std::string_view statement, const std::vector<Row>& rows) {
  constexpr std::size_t width = boost::mp11::mp_size<storage::detail::Members<Row>>::value;
  constexpr std::size_t at_once = storage::list_items_max / width;
  for (std::span<const Row> left{rows}; !left.empty();) {
    const auto some = left.first(std::min(left.size(), at_once));
    tx.run(statement, {{"rows", storage::rows(some)}});
    left = left.subspan(some.size());
  }
}

}  // namespace doorstep
