#include "imports/steps.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::imports {

namespace {

const Kind& require_kind(const Desk& desk, const Caller& caller, std::string_view key) {
  const auto* kind = desk.kinds.find(key);
  if (kind == nullptr) throw Problem{"no_such_import_kind", {}, "kind"};
  kind->may(caller);
  return *kind;
}

const Kind& kind_of(const Desk& desk, const Import& import) {
  const auto* kind = desk.kinds.find(import.view.kind);
  if (kind == nullptr) throw Problem{"no_such_import"};  // of a newer program
  return *kind;
}

// A look that is refused is recorded, too.
std::optional<Refused> refused_look(Transaction& tx, const Caller& caller, const Kind& kind,
                                    const Import& import, bool as_written = false) {
  const auto id = to_string(import.view.id);
  try {
    kind.may(caller);
    // A column that is not mapped may hold anything.
    if ((kind.on_look || as_written) && import.view.started_by != require_staff(caller).id)
      throw Problem{"not_allowed"};
  } catch (const Problem& problem) {
    if (kind.on_look) kind.on_look(tx, caller, id, false);
    return Refused{problem};
  }
  if (kind.on_look) kind.on_look(tx, caller, id, true);
  return std::nullopt;
}

}  // namespace

ImportKinds list_import_kinds(const Desk& desk, const Caller& caller) {
  ImportKinds kinds;
  for (const auto& kind : desk.kinds.all()) {
    try {
      kind.may(caller);
    } catch (const Problem&) {
      continue;
    }
    ImportKindView view{
        .key = kind.key, .name = kind.name, .personal = kind.on_look != nullptr, .columns = {}};
    for (const auto& column : kind.columns)
      view.columns.push_back(
          {column.key, column.heading, column.required, column.help, column.example, column.choices});
    kinds.items.push_back(std::move(view));
  }
  return kinds;
}

SheetFile read_import_template(const Desk& desk, const Caller& caller, const ReadImportTemplate& wish) {
  const auto& kind = require_kind(desk, caller, wish.kind);
  const auto language = caller.language;
  const bool chinese = language == Language::zh;
  sheets::NewSheet sheet{.name = kind.name.in(language), .columns = {}, .rows = {{}, {}}, .note_rows = 2};
  for (const auto& column : kind.columns) {
    sheets::NewColumn made{.heading = (column.required ? "*" : "") + column.heading.in(language),
                           .width = 22};
    for (const auto& choice : column.choices) made.choices.push_back(choice.name.in(language));
    sheet.columns.push_back(std::move(made));
    sheet.rows[0].push_back(column.help.in(language));
    sheet.rows[1].push_back(column.example.in(language));
  }
  sheet.rows[0][0].insert(0, chinese ? "（说明）" : "(help) ");
  sheet.rows[1][0].insert(0, chinese ? "（示例）" : "(example) ");
  return {kind.name.in(language) + (chinese ? " 模板" : " template"), std::move(sheet)};
}

const Kind* kind_to_upload(const Desk& desk, const Caller& caller, const UploadSheet& wish) {
  return &require_kind(desk, caller, wish.kind);
}

NewImport take_in(Desk& desk, const Kind& kind, const UploadSheet& wish, const std::string& bytes) {
  auto read = std::make_shared<const sheets::Sheet>(
      sheets::read_sheet(bytes, {.sheet = wish.sheet.value_or(""), .known_headings = known_headings(kind)}));
  if (read->rows.empty()) throw Problem{"sheet_empty"};
  NewImport import{.kind = kind.key,
                   .file = {},
                   .file_name = wish.name,
                   .sheet = read->name,
                   .headings = read->columns,
                   .columns = guess_columns(kind, read->columns)};
  for (auto& heading : import.headings) cut_utf8(heading, heading_bytes_max);
  const SheetRows rows{kind, read, import.columns};
  if (rows.size() == 0) throw Problem{"sheet_empty"};
  import.total = static_cast<std::int64_t>(rows.size());
  import.faulty = rows.faulty();
  import.file = desk.uploads.keep(bytes);
  return import;
}

ImportView upload_sheet(const Desk& desk, Transaction& tx, const Caller& caller, const NewImport& import) {
  require_kind(desk, caller, import.kind);
  return put_import(tx, caller, import);
}

std::int64_t count_faulty(Desk& desk, const Import& import, const Mapping& mapping) {
  const auto& kind = kind_of(desk, import);
  require_mapping(kind, mapping, import.view.headings.size());
  auto mapped = import;
  mapped.view.columns = mapping;
  return desk.uploads.rows(kind, mapped)->faulty();
}

ImportView map_columns(const Desk& desk, Transaction& tx, const Caller& caller, const MapColumns& wish,
                       std::int64_t faulty) {
  auto import = require_step(tx, caller, desk.kinds, wish.import, wish.version, ImportStep::map);
  import.view.columns = wish.columns;
  import.view.faulty = faulty;
  save(tx, import);
  return seen_by(caller, std::move(import.view));
}

RowsToShow find_rows(Desk& desk, const Import& import, const ListImportRows& wish) {
  RowsToShow found;
  found.limit = std::min(page_limit(wish.limit), preview_rows_max);
  found.rows = desk.uploads.rows(kind_of(desk, import), import);
  const auto& rows = *found.rows;
  for (auto at = rows.first_after(page_after(wish.cursor));
       at < rows.size() && std::ssize(found.places) <= found.limit; ++at) {
    if (!wish.only_faulty.value_or(false) || !rows.row(at).faults.empty()) found.places.push_back(at);
  }
  return found;
}

namespace {

// A glimpse of each cell is enough to know its column by.
std::map<std::string, std::string> cells_as_written(const std::vector<std::string>& written) {
  std::map<std::string, std::string> cells;
  for (std::size_t place = 0; place < written.size(); ++place) {
    if (written[place].empty()) continue;
    auto glimpse = written[place];
    cut_utf8(glimpse, heading_bytes_max);
    cells.emplace(std::to_string(place), std::move(glimpse));
  }
  return cells;
}

}  // namespace

Outcome<Page<ImportRowView>> list_import_rows(const Desk& desk, Transaction& tx, const Caller& caller,
                                              const ListImportRows& wish, const RowsToShow& found) {
  const auto import = require_import(tx, caller, wish.import);
  const auto& kind = kind_of(desk, import);
  const bool as_written = wish.as_written.value_or(false);
  if (auto refused = refused_look(tx, caller, kind, import, as_written))
    return std::unexpected(*std::move(refused));
  const auto& rows = *found.rows;
  const bool is_draft = import.view.state == ImportState::draft;
  return page_of(
      found.places, found.limit, [&](std::size_t at) { return rows.number(at); },
      [&](std::size_t at) {
        auto row = rows.row(at);
        if (as_written) return ImportRowView{row.number, row.hidden, cells_as_written(rows.written(at)), {}};
        // What has been imported is in the town, and would be found twice.
        if (is_draft && kind.look_up && row.faults.empty()) {
          row.faults = kind.look_up(
              tx, caller, row.cells,
              [&](std::string_view column, const std::string& text) { return rows.above(at, column, text); });
        }
        return ImportRowView{
            row.number, row.hidden, {row.cells.begin(), row.cells.end()}, std::move(row.faults)};
      });
}

Chunk next_chunk(Desk& desk, const Import& import) {
  Chunk chunk{.version = import.view.version, .rows = {}, .last = false, .prepared = {}};
  const auto& kind = kind_of(desk, import);
  if (import.view.state == ImportState::undoing) return chunk;
  require_whole_mapping(kind, import.view.columns);
  const auto rows = desk.uploads.rows(kind, import);
  auto at = rows->first_after(import.last_row);
  for (; at < rows->size() && std::ssize(chunk.rows) < kind.rows_a_run; ++at)
    chunk.rows.push_back(rows->row(at));
  chunk.last = at == rows->size();
  const bool any = std::ranges::any_of(chunk.rows, [](const SheetRow& row) { return row.faults.empty(); });
  if (kind.prepare && any) chunk.prepared = kind.prepare();
  return chunk;
}

namespace {

std::map<const SheetRow*, Recorded> recorded_together(Transaction& tx, const Caller& caller, const Kind& kind,
                                                      const std::vector<SheetRow>& rows) {
  std::map<const SheetRow*, Recorded> recorded;
  if (!kind.record_together) return recorded;
  std::vector<const SheetRow*> sound;
  std::vector<const Cells*> cells;
  for (const auto& row : rows) {
    if (!row.faults.empty()) continue;
    sound.push_back(&row);
    cells.push_back(&row.cells);
  }
  const auto together = kind.record_together(tx, caller, cells);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    if (together[i]) recorded.emplace(sound[i], *together[i]);
  }
  return recorded;
}

// Each row is refused by itself; a kind writes nothing before it refuses, so nothing of it is left.
NewOutcome import_row(Transaction& tx, const Caller& caller, const Kind& kind, const SheetRow& row,
                      const std::any& prepared) {
  NewOutcome outcome{.number = row.number, .recorded = {}, .faults = row.faults};
  if (!outcome.faults.empty()) return outcome;
  try {
    outcome.recorded = kind.record(tx, caller, row.cells, prepared);
  } catch (const Problem& problem) {
    outcome.faults = faults_of(kind, problem);
  }
  return outcome;
}

void import_rows(Transaction& tx, const Caller& caller, const Kind& kind, Import& import,
                 const Chunk& chunk) {
  std::vector<NewOutcome> outcomes;
  const auto together = recorded_together(tx, caller, kind, chunk.rows);
  for (const auto& row : chunk.rows) {
    const auto done = together.find(&row);
    outcomes.push_back(done != together.end()
                           ? NewOutcome{.number = row.number, .recorded = done->second, .faults = {}}
                           : import_row(tx, caller, kind, row, chunk.prepared));
    ++(outcomes.back().recorded ? import.view.recorded : import.view.refused);
    import.last_row = row.number;
  }
  put_outcomes(tx, import.view.id, outcomes);
  import.view.state = chunk.last ? ImportState::done : ImportState::importing;
}

void take_back(Transaction& tx, const Caller& caller, const Kind& kind, Import& import,
               const RecordedRow& row) {
  std::vector<Fault> faults;
  try {
    kind.end(tx, caller, row.recorded);
  } catch (const Problem& problem) {
    // Somebody else may: nothing is decided yet.
    if (problem.code == "not_allowed") throw;
    // Of another version than was imported: somebody has put it right or made it different since.
    faults = faults_of(kind, problem.code == "version_differs" ? Problem{"touched_since_import"} : problem);
  }
  ++(faults.empty() ? import.view.ended : import.view.kept);
  end_row(tx, import.view.id, row.row, faults.empty() ? RowOutcome::ended : RowOutcome::kept, faults);
}

}  // namespace

ImportView run_import(const Desk& desk, Transaction& tx, const Caller& caller, const RunImport& wish,
                      const Chunk& chunk) {
  auto import = require_step(tx, caller, desk.kinds, wish.import, wish.version, ImportStep::run);
  // The rows were read for the state that was found then.
  require_version(import.view.version, chunk.version);
  const auto& kind = kind_of(desk, import);
  if (import.view.state == ImportState::undoing) {
    const auto rows = last_recorded(tx, import.view.id, kind.rows_a_run);
    for (const auto& row : rows) take_back(tx, caller, kind, import, row);
    if (std::ssize(rows) < kind.rows_a_run) import.view.state = ImportState::undone;
  } else {
    import_rows(tx, caller, kind, import, chunk);
  }
  // Of a sheet that is in the town whole nothing is left to give back, and what was taken back is not to stay
  // in one.
  const bool done_with = (import.view.state == ImportState::done && import.view.refused == 0) ||
                         import.view.state == ImportState::undone;
  if (done_with)
    save_without_file(tx, import, caller.at);
  else
    save(tx, import);
  return seen_by(caller, std::move(import.view));
}

FaultyRows find_faulty(const Caller& caller, Snapshot& snapshot, const ReturnFaultyRows& wish) {
  auto import = require_import(snapshot, caller, wish.import);
  return {std::move(import), refused_rows(snapshot, wish.import)};
}

SheetFile faulty_sheet(Desk& desk, const FaultyRows& found, Language language) {
  const auto& kind = kind_of(desk, found.import);
  const auto rows = desk.uploads.rows(kind, found.import);
  const auto why = [&](const std::vector<Fault>& faults) {
    std::string text;
    for (const auto& fault : faults) {
      const auto column = std::ranges::find(kind.columns, fault.column, &Column::key);
      text += (text.empty() ? "" : "\n");
      if (column != kind.columns.end())
        text += column->heading.in(language) + (language == Language::zh ? "：" : ": ");
      text += fault.why.in(language);
    }
    return text;
  };
  sheets::NewSheet sheet{.name = found.import.view.sheet, .columns = {}, .rows = {}};
  for (const auto& heading : found.import.view.headings)
    sheet.columns.push_back({.heading = heading, .width = 18});
  sheet.columns.push_back({.heading = language == Language::zh ? "问题" : "What is wrong", .width = 60});
  const bool is_draft = found.import.view.state == ImportState::draft;
  for (std::size_t at = 0; at < rows->size() && std::ssize(sheet.rows) < sheet_file_rows_max; ++at) {
    const auto refused = found.refused.find(rows->number(at));
    const auto faults = refused != found.refused.end() ? refused->second
                        : is_draft                     ? rows->row(at).faults
                                                       : std::vector<Fault>{};
    if (faults.empty()) continue;
    auto cells = rows->written(at);
    cells.push_back(why(faults));
    sheet.rows.push_back(std::move(cells));
  }
  return {kind.name.in(language) + (language == Language::zh ? " 待改的行" : " rows to correct"),
          std::move(sheet)};
}

Outcome<SheetFile> return_faulty_rows(const Desk& desk, Transaction& tx, const Caller& caller,
                                      const ReturnFaultyRows& wish, const SheetFile& sheet) {
  const auto import = require_import(tx, caller, wish.import);
  if (auto refused = refused_look(tx, caller, kind_of(desk, import), import))
    return std::unexpected(*std::move(refused));
  return sheet;
}

}  // namespace doorstep::imports
