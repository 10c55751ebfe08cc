#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sheets/parts.hpp"
#include "sheets/test_office.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {
namespace {

using ::testing::ElementsAre;

// What other programs would take for a formula, a date, a number or markup.
const std::vector<std::string> odd_texts = {"=1+1",
                                            "+1",
                                            "-1",
                                            "@SUM(A1)",
                                            "=HYPERLINK(\"http://x\")",
                                            "00123",
                                            "2026-11-28",
                                            "TRUE",
                                            "310114200001011007",
                                            "<b>&\"'",
                                            "_x0041_",
                                            "1e5",
                                            " spaces ",
                                            "两行\n文字",
                                            "\ttab",
                                            "=cmd|' /C calc'!A0"};

NewSheet odd_sheet() {
  NewSheet sheet{
      .name = "名单[1]:*?/\\" + std::string(40, 'x'), .columns = {{"原文", 30}, {"=标题", 10}}, .rows = {}};
  for (const auto& text : odd_texts) sheet.rows.push_back({text, "x"});
  return sheet;
}

TEST(WriteXlsx, IsReadAgainAsItWas) {
  const auto sheet = read_xlsx(write_xlsx(odd_sheet()));
  EXPECT_EQ(sheet.name, "名单1" + std::string(28, 'x'));
  EXPECT_THAT(sheet.columns, ElementsAre("原文", "=标题"));
  ASSERT_EQ(sheet.rows.size(), odd_texts.size());
  for (std::size_t row = 0; row < odd_texts.size(); ++row) {
    auto expected = odd_texts[row];
    if (expected == " spaces ") expected = "spaces";
    if (expected == "\ttab") expected = "tab";
    EXPECT_EQ(sheet.rows[row].cells[0], expected);
  }
}

TEST(WriteXlsx, GivesTheSameBytesForTheSameSheet) {
  EXPECT_EQ(write_xlsx(odd_sheet()), write_xlsx(odd_sheet()));
}

class WriteXlsxFile : public ::testing::Test {
 protected:
  WriteXlsxFile() {
    auto name = (std::filesystem::temp_directory_path() / "doorstep-sheets-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
    folder = name;
  }
  ~WriteXlsxFile() override { std::filesystem::remove_all(folder); }

  // So many rows, made one by one.
  static SheetToCome counting(const std::string& name, int rows) {
    return {
        .name = name, .columns = {{"=数"}}, .next = [left = rows](std::vector<std::string>& cells) mutable {
          if (left == 0) return false;
          cells.push_back("=" + std::to_string(left--));
          return true;
        }};
  }
  std::string bytes_of(const std::filesystem::path& path) const {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
  }

  std::filesystem::path folder;
};

TEST_F(WriteXlsxFile, HasItsSheetsAsTheyCame) {
  const auto path = folder / "book.xlsx";
  write_xlsx_file(path, {counting("一", 20'000), counting("二", 0), counting("三", 1)});
  const auto book = bytes_of(path);
  const auto first = read_xlsx(book, {.sheet = "一"});
  ASSERT_EQ(first.rows.size(), 20'000U);
  EXPECT_EQ(first.rows.front().cells[0], "=20000");
  EXPECT_EQ(first.rows.back().cells[0], "=1");
  EXPECT_THAT(read_xlsx(book, {.sheet = "二"}).columns, ElementsAre("=数"));
  EXPECT_EQ(read_xlsx(book, {.sheet = "三"}).rows.size(), 1U);
  write_xlsx_file(folder / "again.xlsx", {counting("一", 20'000), counting("二", 0), counting("三", 1)});
  EXPECT_TRUE(bytes_of(folder / "again.xlsx") == book) << "the same rows are the same bytes";
}

TEST_F(WriteXlsxFile, IsNotThereWhenARowCannotBeMade) {
  const auto path = folder / "book.xlsx";
  const SheetToCome failing{
      .name = "x", .columns = {{"x"}}, .next = [](auto&) -> bool { throw std::logic_error{"no row"}; }};
  EXPECT_THROW(write_xlsx_file(path, {counting("一", 10), failing}), std::logic_error);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::ofstream{path} << "mine";
  EXPECT_THROW(write_xlsx_file(path, {counting("一", 1)}), std::runtime_error);
  EXPECT_EQ(bytes_of(path), "mine");
}

TEST(WriteXlsx, WritesWhatNoCellMayHold) {
  const auto sheet =
      read_xlsx(write_xlsx({.name = "",
                            .columns = {{"a"}},
                            .rows = {{std::string("x\x01y\rz", 5)}, {"\xFFz"}, {std::string(40'000, 'x')}}}),
                {.limits = {.cell_bytes_max = 100'000}});
  EXPECT_EQ(sheet.name, "Sheet1");
  EXPECT_EQ(sheet.rows[0].cells[0], "xyz");
  EXPECT_EQ(sheet.rows[1].cells[0], "\uFFFDz");
  EXPECT_EQ(sheet.rows[2].cells[0].size(), 32'767u);
}

// Columns to add up and to sort by; what does not read as such stays a text.
NewSheet counted_sheet() {
  return {.name = "数",
          .columns = {{.heading = "数", .kind = CellKind::number},
                      {.heading = "日", .kind = CellKind::day},
                      {.heading = "时", .kind = CellKind::moment}},
          .rows = {{"12", "2026-11-30", "2026-11-30 14:05"},
                   {"-3.5", "1900-03-01", "1900-03-01 06:00"},
                   {"=1+1", "=2+2", "=3+3"},
                   {"+7", "@x", "-8 10:00"},
                   {"007", "1899-12-31", "2026-11-30 24:01"},
                   {"12345678901", "2026-02-30", "2026-02-30 08:00"},
                   {"0", "2024-02-29", "2026-11-30 23:59"}}};
}

TEST(WriteXlsx, CountsWhatReadsAsANumberOrADayAndNothingElse) {
  const auto written = counted_sheet();
  const auto sheet = read_xlsx(write_xlsx(written));
  ASSERT_EQ(sheet.rows.size(), written.rows.size());
  for (std::size_t row = 0; row < written.rows.size(); ++row)
    EXPECT_EQ(sheet.rows[row].cells, written.rows[row]) << "row " << row;
  std::string counted, said;
  append_row(counted, 2, written.rows[0], Style::plain, written.columns);
  append_row(said, 2, written.rows[2], Style::plain, written.columns);
  EXPECT_EQ(counted,
            "<row r=\"2\"><c r=\"A2\" s=\"4\"><v>12</v></c><c r=\"B2\" s=\"5\"><v>46356</v></c>"
            "<c r=\"C2\" s=\"6\"><v>46356.586806</v></c></row>");
  EXPECT_EQ(said.find("<v>"), std::string::npos) << said;
}

class Office : public testing::Office {};

TEST_F(Office, ShowsTheTextAndNoFormula) {
  put("sheet.xlsx", write_xlsx({.name = "名单",
                                .columns = {{"原文"}, {"后面", 10, {"甲", "乙"}}},
                                .rows = {{"=1+1", "x"},
                                         {"+1", "x"},
                                         {"-2", "x"},
                                         {"@SUM(A1)", "x"},
                                         {"\t=1+1", "x"},
                                         {"310114200001011007", "x"},
                                         {"0013", "x"},
                                         {"<b>&_x0041_", "x"}},
                                .note_rows = 1}));
  EXPECT_EQ(
      as_csv("sheet.xlsx"),
      "原文,后面\n=1+1,x\n+1,x\n-2,x\n@SUM(A1),x\n\t=1+1,x\n310114200001011007,x\n0013,x\n<b>&_x0041_,x\n");
}

TEST_F(Office, CountsNumbersAndDays) {
  put("sheet.xlsx", write_xlsx(counted_sheet()));
  EXPECT_EQ(as_csv("sheet.xlsx"),
            "数,日,时\n12,2026-11-30,2026-11-30 14:05\n-3.5,1900-03-01,1900-03-01 06:00\n=1+1,=2+2,=3+3\n"
            "+7,@x,-8 10:00\n007,1899-12-31,2026-11-30 24:01\n12345678901,2026-02-30,2026-02-30 08:00\n"
            "0,2024-02-29,2026-11-30 23:59\n");
}

TEST_F(Office, WritesWhatWeRead) {
  put("list.csv", "名单,,\n姓名,生日,电话\n张三,1956-03-01,13800138000\n李四,2001-02-03,=1+2\n");
  const auto bytes =
      converted("list.csv", "xlsx:Calc MS Excel 2007 XML", "list.xlsx", "--infilter=CSV:44,34,76");
  const auto sheet = read_xlsx(bytes, {.known_headings = {"姓名", "电话"}});
  EXPECT_EQ(sheet.heading_row, 2);
  EXPECT_THAT(sheet.columns, ElementsAre("姓名", "生日", "电话"));
  ASSERT_EQ(sheet.rows.size(), 2u);
  EXPECT_THAT(sheet.rows[0].cells, ElementsAre("张三", "1956-03-01", "13800138000"));
  EXPECT_EQ(sheet.rows[1].number, 4);
}

}  // namespace
}  // namespace doorstep::sheets
