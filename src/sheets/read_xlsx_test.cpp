// Real clerks' files, and a stranger's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "sheets/test_book.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {
namespace {

using ::testing::ElementsAre;
using testing::make;
using testing::TestBook;

const std::string heading =
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c>"
    "<c r=\"B1\" t=\"inlineStr\"><is><t>电话</t></is></c></row>";

std::string text_cell(const std::string& at, const std::string& text) {
  return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

std::string refusal(std::string_view bytes, const ReadOptions& options = {}) {
  try {
    read_xlsx(bytes, options);
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "read";
}

std::vector<std::vector<std::string>> cells(const Sheet& sheet) {
  std::vector<std::vector<std::string>> all;
  for (const auto& row : sheet.rows) all.push_back(row.cells);
  return all;
}

TEST(ReadXlsx, TakesTextsInAllTheirForms) {
  const auto sheet = read_xlsx(make(
      {.rows =
           heading +
           "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c></row>"
           "<row r=\"3\"><c t=\"str\"><f>A1&amp;\"x\"</f><v>结果</v></c><c t=\"inlineStr\"><is><r><t>138</t></r><r><t>0013</t></r></is></c></row>"
           "<row r=\"5\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"B5\"><v>1.3800138E10</v></c></row>"
           "<row r=\"6\"><c r=\"A6\" s=\"1\"/></row>"
           "<row r=\"7\" hidden=\"1\"><c r=\"A7\"><v>46354</v></c><c r=\"B7\" s=\"1\"><v>46354</v></c></row>",
       .strings =
           "<si><t xml:space=\"preserve\"> 张　三　</t></si><si><r><rPr><b/></rPr><t>1</t></r><r><t>2</t></r>"
           "<rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh></si>",
       .formats = "<numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>",
       .cell_styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/>"}));
  EXPECT_EQ(sheet.name, "名单");
  EXPECT_EQ(sheet.heading_row, 1);
  EXPECT_THAT(sheet.columns, ElementsAre("姓名", "电话"));
  EXPECT_THAT(cells(sheet),
              ElementsAre(ElementsAre("张　三", "12"), ElementsAre("结果", "1380013"),
                          ElementsAre("TRUE", "13800138000"), ElementsAre("46354", "2026-11-28")));
  EXPECT_EQ(sheet.rows[2].number, 5);
  EXPECT_FALSE(sheet.rows[2].hidden);
  EXPECT_EQ(sheet.rows[3].number, 7);
  EXPECT_TRUE(sheet.rows[3].hidden);
  EXPECT_TRUE(sheet.doubts.empty());
}

TEST(ReadXlsx, DoubtsWhatWasLostBeforeItCame) {
  const auto sheet = read_xlsx(make(
      {.rows = heading + "<row r=\"2\"><c r=\"A2\"><v>310114200001011000</v></c>" +
               text_cell("B2", "3.10114E+17") +
               "</row><row r=\"3\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c><c r=\"B3\"><f>A9</f></c></row>"
               "<row r=\"4\">" +
               text_cell("A4", std::string(4'001, 'x')) + text_cell("B4", "310114200001011007") + "</row>"}));
  EXPECT_THAT(sheet.doubts,
              ElementsAre(CellDoubt{2, 0, Doubt::rounded}, CellDoubt{2, 1, Doubt::rounded},
                          CellDoubt{3, 0, Doubt::error_value}, CellDoubt{3, 1, Doubt::not_computed},
                          CellDoubt{4, 0, Doubt::too_long}));
  EXPECT_EQ(sheet.rows[2].cells[1], "310114200001011007") << "as text it is whole";
}

TEST(ReadXlsx, CountsFrom1904WhereTheBookDoes) {
  const auto sheet =
      read_xlsx(make({.rows = heading + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44892</v></c></row>",
                      .cell_styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>",
                      .book_head = "<workbookPr date1904=\"1\"/>"}));
  EXPECT_EQ(sheet.rows[0].cells[0], "2026-11-28");
}

TEST(ReadXlsx, FindsHeadingsBelowTitles) {
  const auto rows = "<row r=\"1\">" + text_cell("A1", "南翔镇人员名单（2026 年）") + "</row><row r=\"3\">" +
                    text_cell("A3", "填表人：示例") + text_cell("B3", "日期") + text_cell("C3", "备注") +
                    "</row><row r=\"4\">" + text_cell("A4", "*姓 名（必填）") + text_cell("B4", "电话：") +
                    "</row><row r=\"5\">" + text_cell("A5", "张三") + "</row>";
  const auto known = read_xlsx(make({.rows = rows}), {.known_headings = {"姓名", "电话", "邮箱"}});
  EXPECT_EQ(known.heading_row, 4);
  EXPECT_THAT(cells(known), ElementsAre(ElementsAre("张三", "")));
  const auto guessed = read_xlsx(make({.rows = rows}));
  EXPECT_EQ(guessed.heading_row, 3) << "the first that is as full as headings are";
  EXPECT_EQ(plain_heading("*姓 名（必填）"), plain_heading("姓名"));
  EXPECT_EQ(plain_heading("Ｎａｍｅ [required]"), plain_heading("name"));
}

TEST(ReadXlsx, SpreadsWhatIsMergedDownwards) {
  const auto sheet = read_xlsx(make(
      {.rows = heading + "<row r=\"2\">" + text_cell("A2", "第一支部") + text_cell("B2", "1") +
               "</row><row r=\"3\"><c r=\"A3\"/>" + text_cell("B3", "2") + "</row><row r=\"4\">" +
               text_cell("B4", "3") + "</row>",
       .after_rows =
           "<mergeCells count=\"2\"><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A9:A1048576\"/></mergeCells>"}));
  EXPECT_THAT(cells(sheet),
              ElementsAre(ElementsAre("第一支部", "1"), ElementsAre("第一支部", "2"), ElementsAre("", "3")));
}

TEST(ReadXlsx, TakesTheFirstSheetThatShowsOrOneByName) {
  TestBook book{
      .rows = heading,
      .sheets = "<sheet name=\"隐藏\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"第二张\" r:id=\"rId4\"/>",
      .second_rows = "<row>" + text_cell("A1", "单位") + "</row>"};
  EXPECT_EQ(read_xlsx(make(book)).name, "第二张");
  EXPECT_EQ(read_xlsx(make(book), {.sheet = "隐藏"}).columns[0], "姓名");
  EXPECT_EQ(refusal(make(book), {.sheet = "没有"}), "no_such_sheet");
}

TEST(ReadXlsx, TakesOtherProgramsWays) {
  // Prefixed names, absolute targets, references left out: as libraries and WPS Office write.
  const auto sheet =
      read_xlsx(make({.rows = "<x:row><x:c t=\"inlineStr\"><x:is><x:t>姓名</x:t></x:is></x:c></x:row>"
                              "<x:row><x:c><x:v>7</x:v></x:c></x:row>",
                      .prefix = "x:",
                      .target = "/xl/worksheets/../worksheets/Sheet1.xml"}));
  EXPECT_THAT(cells(sheet), ElementsAre(ElementsAre("7")));
  EXPECT_TRUE(read_xlsx(make({.rows = ""})).columns.empty());
}

TEST(ReadXlsx, RefusesWhatIsNoSheetInPlainWords) {
  const std::string box = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  std::string locked = box;
  for (const char c : std::string_view{"EncryptedPackage"}) locked += {c, '\0'};
  EXPECT_EQ(refusal(""), "not_a_sheet");
  EXPECT_EQ(refusal("姓名,电话\n"), "not_a_sheet");
  EXPECT_EQ(refusal(box + "..."), "sheet_old_format");
  EXPECT_EQ(refusal(locked), "sheet_encrypted");
  EXPECT_EQ(refusal(make_archive({{"readme.txt", "hello"}})), "not_a_sheet");
  auto cut = make({.rows = heading});
  EXPECT_EQ(refusal(std::string_view{cut}.substr(0, cut.size() / 2)), "not_a_sheet");
}

TEST(ReadXlsx, RefusesWhatIsMadeToTroubleUs) {
  const std::string entities = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
  const std::string files = "<!DOCTYPE w [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>";
  const auto at = [](const std::string& cell) { return heading + "<row r=\"2\">" + cell + "</row>"; };
  EXPECT_EQ(refusal(make({.rows = at(text_cell("A2", "&b;")), .head = entities})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at(text_cell("A2", "&f;")), .head = files})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = heading, .target = "../../../../etc/hostname"})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = heading, .target = "../../etc/hostname"})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at("<c r=\"A2\" t=\"s\"><v>7</v></c>")})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at("<c r=\"A2\" t=\"s\"><v>-1</v></c>")})), "read");
  EXPECT_EQ(refusal(make({.rows = at("<c r=\"AAAA2\"><v>7</v></c>")})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = heading + heading})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at("<c>")})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at(text_cell("A2", std::string(200'000, 'x')))})), "sheet_broken");
  EXPECT_EQ(refusal(make({.rows = at("<c r=\"A2\"><v>99999999999999999999999999</v></c>")})), "read");
}

TEST(ReadXlsx, HoldsItsLimits) {
  const auto rows = [](int count) {
    std::string all = heading;
    for (int row = 2; row < count + 2; ++row)
      all += "<row r=\"" + std::to_string(row) + "\">" + text_cell("A" + std::to_string(row), "x") + "</row>";
    return all;
  };
  Limits limits{.rows_max = 30};
  EXPECT_EQ(refusal(make({.rows = rows(30)}), {.limits = limits}), "read");
  EXPECT_EQ(refusal(make({.rows = rows(31)}), {.limits = limits}), "sheet_too_many_rows");
  EXPECT_EQ(refusal(make({.rows = rows(100)}), {.limits = limits}), "sheet_too_many_rows");
  EXPECT_EQ(refusal(make({.rows = rows(30)}), {.limits = {.bytes_max = 500}}), "sheet_too_large");
  // A bomb: some kilobytes that unpack to many.
  const std::string bomb = make({.rows = heading + "<row r=\"2\">" + std::string(4'000'000, ' ') + "</row>"});
  EXPECT_LT(bomb.size(), 20'000u);
  EXPECT_EQ(refusal(bomb, {.limits = {.unpacked_bytes_max = 1'000'000}}), "sheet_too_large");
  EXPECT_EQ(refusal(make({.rows = rows(30)}), {.limits = {.cells_max = 20}}), "sheet_too_large");
  EXPECT_EQ(refusal(make({.rows = heading, .strings = "<si/><si/><si/>"}), {.limits = {.strings_max = 2}}),
            "sheet_too_large");
  // One long text, named by each of many cells.
  std::string named = heading;
  for (int row = 2; row < 100; ++row)
    named += "<row r=\"" + std::to_string(row) + "\"><c t=\"s\"><v>0</v></c></row>";
  const auto many = make({.rows = named, .strings = "<si><t>" + std::string(3'000, 'x') + "</t></si>"});
  EXPECT_EQ(refusal(many), "read");
  EXPECT_EQ(refusal(many, {.limits = {.text_bytes_max = 100'000}}), "sheet_too_large");
  EXPECT_EQ(refusal(make({.rows = heading + "<row r=\"2\">" + text_cell("CW2", "x") + "</row>"})),
            "sheet_too_wide");
  EXPECT_EQ(refusal(make({.rows = heading + "<row r=\"2\"><c r=\"XFD2\" s=\"1\"/></row>"})), "read")
      << "empty, and only looks full";
  // A merge over everything spreads no further than the limits.
  EXPECT_EQ(refusal(make({.rows = rows(30),
                          .after_rows = "<mergeCell ref=\"A2:A99999999\"/><mergeCell ref=\"A3:A99\"/>"}),
                    {.limits = {.cells_max = 40}}),
            "sheet_too_large");
}

}  // namespace
}  // namespace doorstep::sheets
