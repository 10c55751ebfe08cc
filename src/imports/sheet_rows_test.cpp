// What a sheet alone tells of its rows: which column holds what, and what is wrong in each.
#include "imports/sheet_rows.hpp"

#include <gmock/gmock.h>

#include "base/problem.hpp"

namespace doorstep::imports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

Kind people() {
  return {.key = "people",
          .name = {"人", "People"},
          .columns = {{.key = "name",
                       .heading = {"姓名", "Name"},
                       .required = true,
                       .help = {},
                       .example = {},
                       .other_headings = {"名字"}},
                      {.key = "number",
                       .heading = {"号码", "Number"},
                       .help = {},
                       .example = {},
                       .other_headings = {"姓名号码", "电话"},
                       .unique = true,
                       .bytes_max = 20},
                      {.key = "kind",
                       .heading = {"类型", "Kind"},
                       .help = {},
                       .example = {},
                       .choices = {{"one", {"一类", "First"}}, {"two", {"二类", "Second"}}}}},
          .may = [](const Caller&) {},
          .record = [](Transaction&, const Caller&, const Cells&, const std::any&) { return Recorded{}; },
          .end = [](Transaction&, const Caller&, const Recorded&) {}};
}

SheetRows rows_of(const Kind& kind, const std::vector<std::vector<std::string>>& cells,
                  std::vector<sheets::CellDoubt> doubts = {}) {
  auto sheet = std::make_shared<sheets::Sheet>();
  sheet->columns = {"姓名", "号码", "类型"};
  std::int64_t number = 1;
  for (const auto& row : cells) sheet->rows.push_back({.number = ++number, .hidden = false, .cells = row});
  sheet->doubts = std::move(doubts);
  return {kind, sheet, {{"name", 0}, {"number", 1}, {"kind", 2}}};
}

std::vector<std::string> faulty_columns(const SheetRow& row) {
  std::vector<std::string> columns;
  for (const auto& fault : row.faults) columns.push_back(fault.column);
  return columns;
}

std::string refusal(const Mapping& mapping) {
  try {
    require_mapping(people(), mapping, 3);
    require_whole_mapping(people(), mapping);
  } catch (const Problem& problem) {
    return std::string{problem.code} + ' ' + problem.path;
  }
  return {};
}

TEST(WrittenDays, AreReadAsPeopleWriteThem) {
  for (const auto* text :
       {"2026-03-07", "2026-3-7", "2026/3/7", "2026/03/07", "2026.3.7", "2026年3月7日", "2026年03月07"})
    EXPECT_EQ(written_day(text), parse_day("2026-03-07")) << text;
  for (const auto* text : {"", "2026", "2026-03", "20260307", "7.3.2026", "2026-13-01", "2026-02-30", "去年",
                           "2026-03-07 8:00", "26-3-7"})
    EXPECT_EQ(written_day(text), std::nullopt) << text;
}

TEST(Columns, AreGuessedByTheirHeadings) {
  EXPECT_THAT(guess_columns(people(), {"*姓 名（必填）", "电话", "类型"}),
              UnorderedElementsAre(Pair("name", 0), Pair("number", 1), Pair("kind", 2)));
  EXPECT_THAT(guess_columns(people(), {"电话", "号码", "名字"}),
              UnorderedElementsAre(Pair("number", 1), Pair("name", 2)))
      << "its own word goes before what it is also called";
  EXPECT_THAT(guess_columns(people(), {"", "备注"}), IsEmpty());
}

TEST(Columns, AreMappedOnceEachAndThoseThatAreRequired) {
  EXPECT_EQ(refusal({{"name", 2}}), "");
  EXPECT_EQ(refusal({{"name", 3}}), "no_such_import_column columns.name");
  EXPECT_EQ(refusal({{"name", -1}}), "no_such_import_column columns.name");
  EXPECT_EQ(refusal({{"age", 0}}), "no_such_import_column columns.age");
  EXPECT_EQ(refusal({{"name", 1}, {"number", 1}}), "import_column_twice columns.number");
  EXPECT_EQ(refusal({{"number", 1}}), "import_columns_missing columns.name");
}

TEST(SheetRow, SaysWhatIsWrongInIt) {
  const auto kind = people();
  const auto rows = rows_of(kind, {{"甲", "1", "一类"},
                                   {"", "2", "second"},
                                   {"丙", "1", "三类"},
                                   {"丁", std::string(21, '3'), ""},
                                   {"戊\n己", "4", "ONE"}});
  EXPECT_THAT(faulty_columns(rows.row(0)), IsEmpty());
  EXPECT_EQ(rows.row(0).cells.at("kind"), "one");
  EXPECT_THAT(faulty_columns(rows.row(1)), ElementsAre("name"));
  EXPECT_EQ(rows.row(1).cells.at("kind"), "two") << "in either language";
  EXPECT_THAT(faulty_columns(rows.row(2)), ElementsAre("kind", "number"));
  EXPECT_THAT(faulty_columns(rows.row(3)), ElementsAre("number"));
  EXPECT_THAT(faulty_columns(rows.row(4)), ElementsAre("name"));
  EXPECT_EQ(rows.faulty(), 4);
}

TEST(SheetRow, IsFaultyWhereTheSheetIsInDoubt) {
  const auto kind = people();
  const auto rows = rows_of(kind, {{"甲", "310114194803070000", ""}, {"乙", "2", ""}},
                            {{.row = 2, .column = 1, .doubt = sheets::Doubt::rounded}});
  EXPECT_THAT(faulty_columns(rows.row(0)), ElementsAre("number"));
  EXPECT_THAT(faulty_columns(rows.row(1)), IsEmpty());
}

TEST(SheetRow, IsNoneOfTheTemplatesNotes) {
  const auto kind = people();
  const auto rows = rows_of(kind, {{"（说明）怎么填", "", ""}, {"（示例）王示例", "1", ""}, {"甲", "2", ""}});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.number(0), 4) << "it keeps its number";
}

}  // namespace
}  // namespace doorstep::imports
