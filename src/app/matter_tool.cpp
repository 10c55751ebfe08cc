#include <fmt/format.h>

#include "app/tools.hpp"
#include "app/town.hpp"
#include "cases/matter_move.hpp"

namespace doorstep::app {

namespace {

std::string why_of(const cases::StayingCase& stays) {
  switch (stays.why) {
    case cases::StaysFor::step:
      return fmt::format("is at the step {}, which is not there as it was", stays.key);
    case cases::StaysFor::paper:
      return fmt::format("has the paper {}, which is not asked for any more", stays.key);
    case cases::StaysFor::unit:
      return fmt::format("has named the unit {}, which is not there any more", stays.key);
    case cases::StaysFor::system:
      return fmt::format("was given to the system {}, which does not decide it any more", stays.key);
  }
  return {};
}

}  // namespace

int run_matter_move(const Config& config, const MoveWish& wish) {
  Books books{config, wish.dry_run ? Opening::as_it_is : Opening::brought_up_to_date};
  cases::MovedCases all;
  cases::MoveCases next{.matter = wish.matter, .after = {}, .dry_run = wish.dry_run};
  do {
    books.journal().write_now([&](Transaction& tx, Instant at) {
      Caller nobody;
      nobody.at = at;
      auto some = move_cases(tx, nobody, next);
      all.last = some.last;
      all.moved += some.moved;
      for (auto& stays : some.staying) all.staying.push_back(std::move(stays));
    });
    if (all.last) next.after = *all.last;
  } while (all.last);
  fmt::print("{} of {} {} by the current definition.\n", all.moved, wish.matter,
             wish.dry_run ? "would go on" : "go on");
  for (const auto& stays : all.staying) fmt::print("  {} stays: it {}.\n", stays.reference, why_of(stays));
  return all.staying.empty() ? 0 : would_change;
}

}  // namespace doorstep::app
