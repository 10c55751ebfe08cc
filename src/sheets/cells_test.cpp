#include "sheets/cells.hpp"

#include <gtest/gtest.h>

namespace doorstep::sheets {
namespace {

TEST(Cells, TellDaysFromNumbersByTheirFormat) {
  struct Case {
    std::string_view code;
    bool day, time;
  };
  for (const auto& [code, day, time] : {
           Case{"General", false, false},
           Case{"yyyy-mm-dd", true, false},
           Case{"yyyy\"年\"m\"月\"d\"日\"", true, false},
           Case{"[$-804]yyyy\"年\"m\"月\"d\"日\";@", true, false},
           Case{"m/d/yy h:mm", true, true},
           Case{"h:mm AM/PM", false, true},
           Case{"mm:ss", false, true},
           Case{"[h]:mm", false, true},
           Case{"mm", true, false},
           Case{"#,##0.00_);[Red](#,##0.00)", false, false},
           Case{"0.00\"days\"", false, false},
           Case{"0.00\\d", false, false},
           Case{"@", false, false},
           Case{"\"unclosed d", false, false},
           Case{"[unclosed", false, false},
       }) {
    const auto format = number_format(code);
    EXPECT_EQ(format.day, day) << code;
    EXPECT_EQ(format.time, time) << code;
  }
  EXPECT_TRUE(built_in_format(14).day);
  EXPECT_TRUE(built_in_format(31).day);  // as Chinese programs have it
  EXPECT_TRUE(built_in_format(57).day);
  EXPECT_FALSE(built_in_format(0).day);
  EXPECT_FALSE(built_in_format(49).day);
}

TEST(Cells, ShowNumbersAsTheyWereTyped) {
  const NumberFormat plain, day{.day = true}, moment{.day = true, .time = true}, clock{.time = true};
  struct Case {
    std::string_view stored;
    NumberFormat format;
    bool from_1904;
    std::string_view text;
    std::optional<Doubt> doubt = {};
  };
  for (const auto& [stored, format, from_1904, text, doubt] : {
           Case{"13800138000", plain, false, "13800138000"},
           Case{"1.3800138E10", plain, false, "13800138000"},
           Case{"0.1", plain, false, "0.1"},
           Case{"0.30000000000000004", plain, false, "0.3"},
           Case{"-7", plain, false, "-7"},
           Case{"7", number_format("0000"), false, "0007"},
           Case{"7", number_format("0"), false, "7"},
           Case{"7.5", number_format("0.00"), false, "7.5"},
           Case{"999999999999999", plain, false, "999999999999999"},
           Case{"310114200001011230", plain, false, "310114200001011200", Doubt::rounded},
           Case{"3.10114200001011E+17", plain, false, "310114200001011008", Doubt::rounded},
           Case{"1", day, false, "1900-01-01"},
           Case{"59", day, false, "1900-02-28"},
           Case{"60", day, false, "60", Doubt::no_such_day},
           Case{"61", day, false, "1900-03-01"},
           Case{"25569", day, false, "1970-01-01"},
           Case{"46354", day, false, "2026-11-28"},
           Case{"44892", day, true, "2026-11-28"},
           Case{"0", day, true, "1904-01-01"},
           Case{"0", day, false, "0", Doubt::no_such_day},
           Case{"-1", day, false, "-1", Doubt::no_such_day},
           Case{"1e300", day, false, "1e+300", Doubt::no_such_day},
           Case{"46354.604166666664", moment, false, "2026-11-28 14:30"},
           Case{"46354.999999", moment, false, "2026-11-29"},
           Case{"46354.604166666664", day, false, "2026-11-28"},
           Case{"0.604166666666667", clock, false, "14:30"},
           Case{"1.5", number_format("[h]:mm"), false, "36:00"},
           Case{"1e999", plain, false, "1e999", Doubt::error_value},
           Case{"seven", plain, false, "seven", Doubt::error_value},
       }) {
    const auto shown = number_text(stored, format, from_1904);
    if (doubt == Doubt::rounded) {
      EXPECT_EQ(shown.text.substr(0, 15), text.substr(0, 15)) << stored;
    } else {
      EXPECT_EQ(shown.text, text) << stored;
    }
    EXPECT_EQ(shown.doubt, doubt) << stored;
  }
}

TEST(Cells, KnowARoundedNumberThatBecameText) {
  for (const auto text : {"3.10114E+17", "3E17", "1.38E+10"}) EXPECT_TRUE(is_rounded_number(text)) << text;
  for (const auto text : {"E+17", "3E5", "3.1.4E+17", "A3E+17", "310114", "3E+1a", "", "3e+170"})
    EXPECT_FALSE(is_rounded_number(text)) << text;
}

TEST(Cells, UnescapeWhatXmlCannotSay) {
  EXPECT_EQ(unescaped("a_x000A_b"), "a\nb");
  EXPECT_EQ(unescaped("a_x000D__x000A_b"), "a\nb");
  EXPECT_EQ(unescaped("_x005F_x0041_"), "_x0041_");
  EXPECT_EQ(unescaped("_x0000_"), "");
  EXPECT_EQ(unescaped("_x4E2D_"), "_x4E2D_");  // nobody needs to escape that: it is what was typed
  EXPECT_EQ(unescaped("_x00"), "_x00");
  EXPECT_EQ(unescaped("snake_case_x"), "snake_case_x");
}

TEST(Cells, NameColumns) {
  EXPECT_EQ(column_of("A1"), 0u);
  EXPECT_EQ(column_of("BC12"), 54u);
  EXPECT_EQ(column_of("xfd1"), 16'383u);
  EXPECT_EQ(column_of("12"), std::nullopt);
  EXPECT_EQ(column_of("AAAA1"), std::nullopt);
  for (const std::size_t column : {0u, 25u, 26u, 701u, 702u, 16'383u})
    EXPECT_EQ(column_of(column_name(column)), column);
}

}  // namespace
}  // namespace doorstep::sheets
