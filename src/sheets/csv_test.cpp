// What other systems hand over as .csv, and what they are given.
#include "sheets/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::StartsWith;

const ReadOptions numbers{.known_headings = {"编号", "姓名"}};

std::string refusal(std::string_view bytes, const ReadOptions& options = numbers) {
  try {
    read_csv(bytes, options);
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

TEST(ReadCsv, TakesQuotationMarksCommasAndLineEnds) {
  const auto sheet =
      read_csv("\xEF\xBB\xBF编号,姓名,说明\r\n1, 王示例 ,\"一,二\"\r\n\r\n2,\"\"\"小\"\"王\",\"上\r\n下\"\n3",
               numbers);
  EXPECT_EQ(sheet.name, csv_sheet_name);
  EXPECT_THAT(sheet.columns, ElementsAre("编号", "姓名", "说明"));
  EXPECT_THAT(cells(sheet), ElementsAre(ElementsAre("1", "王示例", "一,二"),
                                        ElementsAre("2", "\"小\"王", "上\n下"), ElementsAre("3", "", "")));
  EXPECT_EQ(sheet.rows[1].number, 4) << "an empty line counts, as it does on the screen";
}

TEST(ReadCsv, TakesWhatChineseProgramsWrite) {
  EXPECT_THAT(
      read_csv("\xB1\xE0\xBA\xC5,\xD0\xD5\xC3\xFB\n1,\xCD\xF5\xCA\xBE\xC0\xFD\n", numbers).rows.front().cells,
      ElementsAre("1", "王示例"));
}

TEST(ReadCsv, LooksForTheHeadingsBelowATitle) {
  const auto sheet = read_csv("导出结果\n2026-11-30\n编号,姓名\n1,王示例\n", numbers);
  EXPECT_EQ(sheet.heading_row, 3);
  EXPECT_THAT(cells(sheet), ElementsAre(ElementsAre("1", "王示例")));
}

TEST(ReadCsv, DoubtsWhatAProgramRounded) {
  const auto sheet = read_csv("编号,姓名\n3.10114E+17,王示例\n", numbers);
  ASSERT_EQ(sheet.doubts.size(), 1U);
  EXPECT_EQ(sheet.doubts.front(), (CellDoubt{2, 0, Doubt::rounded}));
}

TEST(ReadCsv, RefusesWhatIsNoTable) {
  EXPECT_EQ(refusal("编号,姓名\n1,\"没有关"), "sheet_broken");
  EXPECT_EQ(refusal("编号,姓名\n1,\"关\"了又写\n"), "sheet_broken");
  EXPECT_EQ(refusal(std::string_view{"编号\0,姓名", 14}), "not_a_sheet");
  EXPECT_EQ(refusal("编号,\xFF\xFF"), "not_a_sheet");
  EXPECT_EQ(refusal("一封信，没有表格。"), "not_a_sheet");
  EXPECT_EQ(refusal("编号,姓名\n", {.sheet = "名单"}), "no_such_sheet");
}

TEST(ReadCsv, HoldsItsLimits) {
  const std::string three = "编号,姓名\n1,甲\n2,乙\n3,丙\n";
  EXPECT_EQ(refusal(three, {.known_headings = {"编号"}, .limits = {.bytes_max = 20}}), "sheet_too_large");
  EXPECT_EQ(refusal(three, {.known_headings = {"编号"}, .limits = {.rows_max = 2}}), "sheet_too_many_rows");
  EXPECT_EQ(refusal(three, {.known_headings = {"编号"}, .limits = {.columns_max = 1}}), "sheet_too_wide");
  EXPECT_EQ(refusal(three, {.known_headings = {"编号"}, .limits = {.cells_max = 5}}), "sheet_too_large");
  EXPECT_EQ(refusal(three, {.known_headings = {"编号"}, .limits = {.text_bytes_max = 10}}),
            "sheet_too_large");
  EXPECT_EQ(read_csv("编号,姓名\n1," + std::string(5000, 'a') + "\n").doubts.front().doubt, Doubt::too_long);
}

TEST(ReadCsv, IsFoundOutByWhatAFileHolds) {
  EXPECT_EQ(read_sheet("编号,姓名\n1,王示例\n").name, csv_sheet_name);
  EXPECT_EQ(
      read_sheet(
          write_xlsx({.name = "名单", .columns = {{.heading = "编号"}, {.heading = "姓名"}}, .rows = {}}))
          .name,
      "名单");
}

TEST(WriteCsv, GivesNothingThatBecomesAFormula) {
  const auto bytes = write_csv({.name = "说明",
                                .columns = {{.heading = "编号"}, {.heading = "说明"}},
                                .rows = {{"=1+1", "+86 000"}, {"-1", "@a"}, {"'=1", "a=1"}}});
  EXPECT_THAT(bytes, StartsWith("\xEF\xBB\xBF\"编号\",\"说明\"\r\n"));
  EXPECT_THAT(bytes, EndsWith("\"'=1+1\",\"'+86 000\"\r\n\"'-1\",\"'@a\"\r\n\"''=1\",\"a=1\"\r\n"));
  EXPECT_THAT(cells(read_csv(bytes)), ElementsAre(ElementsAre("=1+1", "+86 000"), ElementsAre("-1", "@a"),
                                                  ElementsAre("'=1", "a=1")));
}

}  // namespace
}  // namespace doorstep::sheets
