#include "network/duty.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace doorstep::network {
namespace {

Day day(int number) { return {20'000 + number}; }
constexpr StaffId a{1}, b{2}, c{3}, d{4};

PostDuties post() {
  return {.holders = {{PostRole::a, a, day(0), {}}, {PostRole::b, b, day(0), {}}}, .roster = {}};
}

TEST(Duty, GoesFromTheRosterToTheRolesToTheThird) {
  auto rostered = post();
  rostered.roster[day(5)] = c;
  const struct {
    const char* what;
    std::vector<Away> away;
    std::optional<OnDuty> plain, with_roster;
  } table[] = {
      {"all there", {}, OnDuty{a, DutyBy::a}, OnDuty{c, DutyBy::roster}},
      {"A away", {{a, day(5), day(5), {}}}, OnDuty{b, DutyBy::b}, OnDuty{c, DutyBy::roster}},
      {"B away", {{b, day(5), day(5), {}}}, OnDuty{a, DutyBy::a}, OnDuty{c, DutyBy::roster}},
      {"C away", {{c, day(1), day(9), {}}}, OnDuty{a, DutyBy::a}, OnDuty{a, DutyBy::a}},
      {"both away", {{a, day(5), day(5), {}}, {b, day(4), day(6), {}}}, {}, OnDuty{c, DutyBy::roster}},
      {"both away, a third named",
       {{a, day(5), day(5), {}}, {b, day(4), day(6), d}},
       OnDuty{d, DutyBy::third},
       OnDuty{c, DutyBy::roster}},
      {"the third away as well",
       {{a, day(5), day(5), d}, {b, day(4), day(6), {}}, {d, day(5), day(5), {}}},
       {},
       OnDuty{c, DutyBy::roster}},
      {"A's third goes first",
       {{a, day(5), day(5), d}, {b, day(4), day(6), c}},
       OnDuty{d, DutyBy::third},
       OnDuty{c, DutyBy::roster}},
      {"away on other days",
       {{a, day(4), day(4), {}}, {a, day(6), day(9), {}}},
       OnDuty{a, DutyBy::a},
       OnDuty{c, DutyBy::roster}},
  };
  for (const auto& row : table) {
    EXPECT_EQ(on_duty(post(), row.away, day(5)), row.plain) << row.what;
    EXPECT_EQ(on_duty(rostered, row.away, day(5)), row.with_roster) << row.what << ", with a roster";
  }
}

TEST(Duty, IsHeldFromTheFirstDayToTheLast) {
  const PostDuties handed_on{.holders = {{PostRole::a, a, day(1), day(3)},
                                         {PostRole::a, b, day(4), {}},
                                         {PostRole::b, c, day(9), day(8)}},
                             .roster = {}};
  EXPECT_EQ(holder_on(handed_on, PostRole::a, day(0)), std::nullopt);
  EXPECT_EQ(holder_on(handed_on, PostRole::a, day(1)), a);
  EXPECT_EQ(holder_on(handed_on, PostRole::a, day(3)), a);
  EXPECT_EQ(holder_on(handed_on, PostRole::a, day(4)), b);
  EXPECT_EQ(holder_on(handed_on, PostRole::b, day(9)), std::nullopt) << "replaced before it began";
  EXPECT_EQ(on_duty(handed_on, {}, day(0)), std::nullopt);
}

std::vector<Away> any_absences() {
  std::vector<Away> away;
  for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
    const auto from = day(*rc::gen::inRange(0, 10));
    const auto third = *rc::gen::inRange(0, 5);
    away.push_back({StaffId{*rc::gen::inRange(1, 5)}, from, from + *rc::gen::inRange(0, 4),
                    third == 0 ? std::nullopt : std::optional{StaffId{third}}});
  }
  return away;
}

RC_GTEST_PROP(AnyAbsences, NeverLeaveSomebodyOnDutyWhoIsAway, ()) {
  auto any = post();
  if (*rc::gen::arbitrary<bool>()) any.roster[day(5)] = StaffId{*rc::gen::inRange(1, 5)};
  const auto away = any_absences();
  const auto duty = on_duty(any, away, day(5));
  if (duty) RC_ASSERT(!is_away(away, duty->staff, day(5)));
}

RC_GTEST_PROP(AnyAbsences, LeaveAPostEmptyOnlyWhenBothRolesAreAway, ()) {
  const auto away = any_absences();
  if (!on_duty(post(), away, day(5))) RC_ASSERT(is_away(away, a, day(5)) && is_away(away, b, day(5)));
}

}  // namespace
}  // namespace doorstep::network
