#include "base/ids.hpp"

#include <limits>
#include <set>
#include <unordered_set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace doorstep {
namespace {

struct TicketTag {
  static constexpr std::string_view prefix = "tk";
};
using TicketId = Id<TicketTag>;

constexpr auto largest = std::numeric_limits<std::int64_t>::max();

TEST(Ids, AreWrittenWithTheirPrefix) {
  EXPECT_EQ(to_string(TicketId{0}), "tk_0");
  EXPECT_EQ(to_string(TicketId{31}), "tk_z");
  EXPECT_EQ(to_string(TicketId{32}), "tk_10");
  EXPECT_EQ(to_string(TicketId{largest}), "tk_7zzzzzzzzzzzz");
}

TEST(Ids, AreReadInOneSpellingOnly) {
  EXPECT_EQ(parse_id<TicketTag>("tk_10"), TicketId{32});
  EXPECT_EQ(parse_id("tk", "tk_7zzzzzzzzzzzz"), largest);
  for (const auto* text : {"",
                           "tk",
                           "tk_",
                           "tk_01",
                           "tk_00",
                           "tk_1A",
                           "tk_i",
                           "tk_l",
                           "tk_o",
                           "tk_u",
                           "tk_1 ",
                           " tk_1",
                           "tk_-1",
                           "tk-1",
                           "TK_1",
                           "ca_1",
                           "tkt_1",
                           "tk__1",
                           "tk_8000000000000",
                           "tk_zzzzzzzzzzzzz",
                           "tk_10000000000000",
                           "tk_g000000000000"}) {
    EXPECT_EQ(parse_id("tk", text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_id("tk", std::string_view("tk_1\0", 5)), std::nullopt);
}

TEST(Ids, OrderAndHashLikeNumbers) {
  EXPECT_LT(TicketId{1}, TicketId{2});
  EXPECT_TRUE((std::unordered_set<TicketId>{TicketId{1}}.contains(TicketId{1})));
  static_assert(is_id<TicketId> && !is_id<std::int64_t>);
}

TEST(IdsDeathTest, AreNeverNegative) { EXPECT_DEATH(id_text("tk", -1), "never negative"); }

RC_GTEST_PROP(IdsProperty, ReadBackAsWritten, ()) {
  const auto bits = *rc::gen::inRange(1, 64);
  const auto value = *rc::gen::inRange<std::int64_t>(0, bits == 63 ? largest : std::int64_t{1} << bits);
  RC_ASSERT(parse_id("tk", id_text("tk", value)) == value);
}

RC_GTEST_PROP(IdsProperty, WhatIsReadIsWrittenTheSame, (const std::string& text)) {
  const auto tried = "tk_" + text;
  const auto value = parse_id("tk", tried);
  if (value) RC_ASSERT(id_text("tk", *value) == tried);
}

}  // namespace
}  // namespace doorstep
