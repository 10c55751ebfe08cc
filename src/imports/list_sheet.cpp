#include "imports/list_sheet.hpp"

namespace doorstep::imports {

namespace {

// What each is called is opened first, for it lies sealed.
constexpr int imports_max = 5'000;

// Those that it was stopped before.
std::int64_t rows_left(const ImportView& import) { return import.total - import.recorded - import.refused; }

// As the console says it.
Text words_for(const ImportView& import) {
  switch (import.state) {
    case ImportState::draft: return {"草稿，还没导入", "Draft, not imported yet"};
    case ImportState::importing: return {"导入了一半", "Imported in part"};
    case ImportState::done:
      return rows_left(import) > 0 ? Text{"中途停下了", "Stopped half-way"} : Text{"导入好了", "Imported"};
    case ImportState::undoing: return {"撤销了一半", "Taken back in part"};
    case ImportState::undone: return {"撤销了", "Taken back"};
    case ImportState::dropped: return {"草稿删掉了", "Draft deleted"};
  }
  return {};
}

// Of a newer program, nothing is known but that it is one.
Text called(const Kinds& kinds, const std::string& key) {
  const auto* kind = kinds.find(key);
  return kind == nullptr ? Text{"表格", "Sheet"} : kind->name;
}

}  // namespace

Page<ImportLine> import_lines(Snapshot& snapshot, const Caller& caller, const ListImports& wish,
                              const Kinds& kinds, const StaffNames& names) {
  auto found = list_imports(snapshot, caller, wish);
  std::vector<StaffId> staff;
  for (const auto& each : found.items) staff.push_back(each.started_by);
  const auto by = names(snapshot, staff);
  Page<ImportLine> lines{.items = {}, .next = std::move(found.next)};
  for (auto& each : found.items) {
    const auto name = by.find(each.started_by);
    auto& line = lines.items.emplace_back();
    line.kind = called(kinds, each.kind);
    if (name != by.end()) line.by = name->second;
    line.import = std::move(each);
  }
  return lines;
}

SheetOf<ImportLine> import_sheet() {
  SheetOf<ImportLine> sheet{{"导入记录", "Imports"}, imports_max};
  const auto of = [](auto member) {
    return [member](const ImportLine& line) { return line.import.*member; };
  };
  sheet.column({"上传时间", "Uploaded"}, of(&ImportView::created_at), 18);
  sheet.column({"导入的是什么", "What"}, &ImportLine::kind, 20);
  sheet.column({"文件", "File"}, of(&ImportView::file_name), 36);
  sheet.column({"上传的人", "By"}, &ImportLine::by);
  sheet.column({"状态", "State"}, [](const ImportLine& line) { return words_for(line.import); }, 24);
  sheet.column({"共几行", "Rows"}, of(&ImportView::total), 10);
  sheet.column({"有问题", "Faulty"}, of(&ImportView::faulty), 10);
  sheet.column({"导入了", "Imported"}, of(&ImportView::recorded), 10);
  sheet.column({"没有导入", "Refused"}, of(&ImportView::refused), 10);
  sheet.column({"撤销了", "Taken back"}, of(&ImportView::ended), 12);
  sheet.column({"留着", "Kept"}, of(&ImportView::kept), 10);
  return sheet;
}

}  // namespace doorstep::imports
