#include "network/address.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.hpp"

namespace doorstep::network {
namespace {

TEST(AnAddress, IsReadAsPeopleSayIt) {
  const struct {
    const char *text, *street;
    int lane, number;  // 0: none
  } table[] = {
      {"真南路1051弄12号", "真南路", 1051, 12},
      {"真南路 1051 弄 12 号", "真南路", 1051, 12},
      {"真南路１０５１弄１２号", "真南路", 1051, 12},
      {"真南路　1051弄，12号", "真南路", 1051, 12},
      {"上海市嘉定区南翔镇真南路1051弄12号301室", "真南路", 1051, 12},
      {"南翔镇古镇路8号", "古镇路", 0, 8},
      {"古镇路8号", "古镇路", 0, 8},
      {"示例路十二号", "示例路", 0, 12},
      {"示例路一百零五弄二十号", "示例路", 105, 20},
      {"示例路一〇五一弄三号", "示例路", 1051, 3},
      {"三新路两百一十号", "三新路", 0, 210},
      {"示例路12-14号", "示例路", 0, 12},
      {"示例路1051弄12", "示例路", 1051, 12},
      {"示例路12", "示例路", 0, 12},
      {"示例路1051弄", "示例路", 1051, 0},
      {"示例路1051弄5支弄12号", "示例路", 1051, 12},
      {"嘉绣小区12号", "嘉绣小区", 0, 12},
      {"永丰村12号", "永丰村", 0, 12},
      {"示例路12号3楼301室", "示例路", 0, 12},
      {"示例路12幢101", "示例路", 0, 0},
      {"示例路12#1", "示例路", 0, 12},
      {"示例路12＃101", "示例路", 0, 12},
      {"示例路 12 301", "示例路", 0, 12},
      {"示例路12/301", "示例路", 0, 12},
      {"示例路1051弄5幢42", "示例路", 1051, 0},
      {"示例路1051弄5幢42号", "示例路", 1051, 42},
      {"示例路1051弄 12，301", "示例路", 1051, 12},
      {"示例路1234567号", "示例路", 0, 0},
      {"示例路", "示例路", 0, 0},
      {"12号", "", 0, 12},
      {"", "", 0, 0},
      {"？！ ，", "", 0, 0},
  };
  for (const auto& row : table) {
    const auto found = parse_address(row.text);
    EXPECT_EQ(found.street, row.street) << row.text;
    EXPECT_EQ(found.lane.value_or(0), row.lane) << row.text;
    EXPECT_EQ(found.number.value_or(0), row.number) << row.text;
  }
}

std::string wide(const std::string& digits) {
  std::string text;
  for (const char digit : digits) text += std::string{"\xEF\xBC"} + static_cast<char>(0x90 + (digit - '0'));
  return text;
}

RC_GTEST_PROP(Addresses, AreTheSameHoweverTheyAreWritten, ()) {
  const std::string streets[] = {"真南路", "古镇路", "三新路", "嘉绣小区", "永丰村", "德华一村"};
  const std::string befores[] = {"", "上海市", "南翔镇", "上海市嘉定区", "上海 嘉定区 南翔镇 "};
  const auto& street = streets[*rc::gen::inRange(0, 6)];
  const auto& before = befores[*rc::gen::inRange(0, 5)];
  const int lane = *rc::gen::inRange(1, 10'000), number = *rc::gen::inRange(1, 10'000);
  const auto digits = [](int value) {
    return *rc::gen::arbitrary<bool>() ? wide(std::to_string(value)) : std::to_string(value);
  };
  const auto space = [] { return std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 3)), ' '); };
  const auto text =
      before + street + space() + digits(lane) + space() + "弄" + space() + digits(number) + space() + "号";
  RC_ASSERT((parse_address(text) == Address{street, lane, number}));
}

RC_GTEST_PROP(Addresses, OfAnyTextAreReadAndStayNormal, ()) {
  const std::string pieces[] = {"路", "弄", "号", "区", "镇", "市", "小", "十", "百",
                                "〇", "1",  "９", " ",  "-",  "，", "a",  "古"};
  std::string text;
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i) text += pieces[*rc::gen::inRange(0, 17)];
  const auto found = parse_address(text);
  RC_ASSERT(valid_utf8(found.street));
  RC_ASSERT(found.lane.value_or(0) >= 0);
  RC_ASSERT(found.number.value_or(0) >= 0);
  RC_ASSERT(normal_street(found.street) == found.street);
}

}  // namespace
}  // namespace doorstep::network
