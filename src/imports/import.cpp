#include "imports/import.hpp"

#include <utility>

#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "journal/bytes.hpp"

namespace doorstep::imports {

namespace {

struct Row {
  ImportId id;
  std::string kind;
  ImportState state{};
  std::int64_t version = 0;
  StaffId started_by;
  Instant created_at;
  std::optional<std::string> file;
  storage::Bytes labels;
  std::string columns;
  std::int64_t total = 0, faulty = 0, last_row = 0, recorded = 0, refused = 0, ended = 0, kept = 0;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, kind, state, version, started_by, created_at, file, labels, columns, total, faulty,
                       last_row, recorded, refused, ended, kept))

// A file is called after people now and then, and a row of them may have been taken for the headings.
struct Labels {
  std::string file_name, sheet;
  std::vector<std::string> headings;
};
BOOST_DESCRIBE_STRUCT(Labels, (), (file_name, sheet, headings))

struct OutcomeRow {
  std::int64_t number = 0;
  RowOutcome outcome{};
  std::optional<std::string> thing;
  std::string faults;
};
BOOST_DESCRIBE_STRUCT(OutcomeRow, (), (number, outcome, thing, faults))

struct NewOutcomeRow {
  ImportId import;
  std::int64_t number = 0;
  RowOutcome outcome{};
  std::optional<std::string> thing;
  std::int64_t version = 0;
  std::string faults;
};
BOOST_DESCRIBE_STRUCT(NewOutcomeRow, (), (import, number, outcome, thing, version, faults))

struct RefusedRow {
  std::int64_t number = 0;
  std::string faults;
};
BOOST_DESCRIBE_STRUCT(RefusedRow, (), (number, faults))

constexpr std::string_view by_id =
    "select id, kind, state, version, started_by, created_at, file, labels, columns, total, faulty,"
    " last_row, recorded, refused, ended, kept from imports where id = :id";

struct RecordedThing {
  std::int64_t number = 0;
  std::string thing;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RecordedThing, (), (number, thing, version))

SealContext place_of(ImportId id) { return {"imports", "labels", id.value}; }

// Of a sheet without headings its first row was taken for them: with the file they go, too.
Sealed<Labels> labels_of(const KeyRing& keys, const Import& import) {
  const auto& view = import.view;
  return seal(keys,
              import.file ? Labels{view.file_name, view.sheet, view.headings}
                          : Labels{view.file_name, view.sheet, {}},
              place_of(view.id));
}

Import import_of(Snapshot& snapshot, const Row& row) {
  Import import;
  import.last_row = row.last_row;
  if (row.file) import.file = FileAddress{*row.file};
  const Sealed<Labels> sealed{std::string{row.labels.begin(), row.labels.end()}};
  auto labels = open(snapshot.keys(), sealed, place_of(row.id));
  import.view = {.id = row.id,
                 .version = row.version,
                 .kind = row.kind,
                 .state = row.state,
                 .started_by = row.started_by,
                 .created_at = row.created_at,
                 .file_name = std::move(labels.file_name),
                 .sheet = std::move(labels.sheet),
                 .headings = std::move(labels.headings),
                 .columns = read_json<Mapping>(row.columns),
                 .total = row.total,
                 .faulty = row.faulty,
                 .recorded = row.recorded,
                 .refused = row.refused,
                 .ended = row.ended,
                 .kept = row.kept,
                 .file_gone = !row.file};
  return import;
}

// Unless the same file was uploaded twice. Two statements.
void let_go_of(Transaction& tx, const FileAddress& file, Instant at) {
  const auto others =
      tx.value<std::int64_t>("select count(*) from imports where file = :file", {{"file", file.text}});
  if (others == 0) files::release(tx, file, at);
}

bool sees_all(const Caller& caller) { return caller.has(Role::administrator, WholeTown{}); }

}  // namespace

bool allows(ImportState state, ImportStep step) {
  switch (state) {
    case ImportState::draft:
      return step == ImportStep::map || step == ImportStep::run || step == ImportStep::stop;
    case ImportState::importing: return step == ImportStep::run || step == ImportStep::stop;
    case ImportState::done: return step == ImportStep::undo;
    case ImportState::undoing: return step == ImportStep::run;
    case ImportState::undone:
    case ImportState::dropped: return false;
  }
  return false;
}

Import require_import(Snapshot& snapshot, const Caller& caller, ImportId id) {
  const auto& staff = require_staff(caller);
  const auto row = snapshot.maybe<Row>(by_id, {{"id", id}});
  // Somebody else's is not there for those who may not see it.
  if (!row || (row->started_by != staff.id && !sees_all(caller))) throw Problem{"no_such_import"};
  return import_of(snapshot, *row);
}

Import require_step(Snapshot& snapshot, const Caller& caller, const Kinds& kinds, ImportId id,
                    std::int64_t version, ImportStep step) {
  auto import = require_import(snapshot, caller, id);
  const auto* kind = kinds.find(import.view.kind);
  if (kind == nullptr) throw Problem{"no_such_import"};  // of a newer program
  kind->may(caller);
  require_version(import.view.version, version);
  if (!allows(import.view.state, step)) throw Problem{"import_step_not_possible"};
  return import;
}

ImportView seen_by(const Caller& caller, ImportView view) {
  if (view.started_by == require_staff(caller).id) return view;
  view.file_name.clear();
  view.sheet.clear();
  view.headings.clear();
  return view;
}

ImportView put_import(Transaction& tx, const Caller& caller, const NewImport& import) {
  const auto id = tx.new_id<ImportId>();
  files::keep(tx, import.file);
  const auto labels = seal(tx.keys(), Labels{import.file_name, import.sheet, import.headings}, place_of(id));
  tx.run(
      "insert into imports (id, kind, state, version, started_by, created_at, file, labels, columns, total, faulty,"
      " last_row, recorded, refused, ended, kept) values (:id, :kind, :state, 1, :started_by, :at, :file, :labels,"
      " :columns, :total, :faulty, 0, 0, 0, 0, 0)",
      {{"id", id},
       {"kind", import.kind},
       {"state", ImportState::draft},
       {"started_by", require_staff(caller).id},
       {"at", caller.at},
       {"file", import.file.text},
       {"labels", as_column(labels.bytes())},
       {"columns", write_json(import.columns)},
       {"total", import.total},
       {"faulty", import.faulty}});
  tx.set_timer(forget_timer, to_string(id), caller.at + file_kept_for);
  return require_import(tx, caller, id).view;
}

void save(Transaction& tx, Import& import) {
  auto& view = import.view;
  const auto labels = labels_of(tx.keys(), import);
  tx.run(
      "update imports set state = :state, version = version + 1, file = :file, labels = :labels, columns = :columns, faulty = :faulty,"
      " last_row = :last_row, recorded = :recorded, refused = :refused, ended = :ended, kept = :kept where id = :id",
      {{"state", view.state},
       {"file", import.file ? std::optional{import.file->text} : std::nullopt},
       {"labels", as_column(labels.bytes())},
       {"columns", write_json(view.columns)},
       {"faulty", view.faulty},
       {"last_row", import.last_row},
       {"recorded", view.recorded},
       {"refused", view.refused},
       {"ended", view.ended},
       {"kept", view.kept},
       {"id", view.id}});
  ++view.version;
  view.file_gone = !import.file;
}

void save_without_file(Transaction& tx, Import& import, Instant at) {
  const auto file = std::exchange(import.file, std::nullopt);
  save(tx, import);
  if (file) let_go_of(tx, *file, at);
}

Page<ImportView> list_imports(Snapshot& snapshot, const Caller& caller, const ListImports& wish) {
  const auto& staff = require_staff(caller);
  const int limit = page_limit(wish.limit);
  const auto after = page_after(wish.cursor);
  const auto before = after == 0 ? INT64_MAX : after;
  const auto rows =
      sees_all(caller) && !wish.mine.value_or(false)
          ? snapshot.all<Row>(
                "select id, kind, state, version, started_by, created_at, file, labels, columns, total,"
                " faulty, last_row, recorded, refused, ended, kept from imports where id < :before"
                " order by id desc limit :limit",
                {{"before", before}, {"limit", limit + 1}})
          : snapshot.all<Row>(
                "select id, kind, state, version, started_by, created_at, file, labels, columns, total,"
                " faulty, last_row, recorded, refused, ended, kept from imports"
                " where started_by = :staff and id < :before order by id desc limit :limit",
                {{"staff", staff.id}, {"before", before}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const Row& row) { return row.id.value; },
      [&](const Row& row) { return seen_by(caller, import_of(snapshot, row).view); });
}

ImportView read_import(Snapshot& snapshot, const Caller& caller, const ReadImport& wish) {
  return seen_by(caller, require_import(snapshot, caller, wish.import).view);
}

Page<OutcomeView> list_import_outcomes(Snapshot& snapshot, const Caller& caller,
                                       const ListImportOutcomes& wish) {
  require_import(snapshot, caller, wish.import);
  const auto outcome = enum_named<RowOutcome>(wish.outcome);
  if (!outcome) throw Problem{"bad_query", {}, "outcome"};
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<OutcomeRow>(
      "select number, outcome, thing, faults from import_rows"
      " where import = :import and outcome = :outcome and number > :after order by number limit :limit",
      {{"import", wish.import},
       {"outcome", *outcome},
       {"after", page_after(wish.cursor)},
       {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const OutcomeRow& row) { return row.number; },
      [](const OutcomeRow& row) {
        return OutcomeView{row.number, row.outcome, row.thing, read_json<std::vector<Fault>>(row.faults)};
      });
}

ImportView stop_import(Transaction& tx, const Caller& caller, const Kinds& kinds, const StopImport& wish) {
  auto import = require_step(tx, caller, kinds, wish.import, wish.version, ImportStep::stop);
  if (import.view.state == ImportState::draft) {
    import.view.state = ImportState::dropped;
    save_without_file(tx, import, caller.at);
  } else {
    import.view.state = ImportState::done;
    save(tx, import);
  }
  return seen_by(caller, std::move(import.view));
}

ImportView undo_import(Transaction& tx, const Caller& caller, const Kinds& kinds, const UndoImport& wish) {
  auto import = require_step(tx, caller, kinds, wish.import, wish.version, ImportStep::undo);
  import.view.state = ImportState::undoing;
  save(tx, import);
  return seen_by(caller, std::move(import.view));
}

std::map<std::int64_t, std::vector<Fault>> refused_rows(Snapshot& snapshot, ImportId import) {
  std::map<std::int64_t, std::vector<Fault>> refused;
  for (const auto& row : snapshot.all<RefusedRow>(
           "select number, faults from import_rows where import = :import and outcome = 'refused'"
           " order by number limit :limit",
           {{"import", import}, {"limit", sheet_file_rows_max}}))
    refused.emplace(row.number, read_json<std::vector<Fault>>(row.faults));
  return refused;
}

void put_outcomes(Transaction& tx, ImportId import, const std::vector<NewOutcome>& outcomes) {
  std::vector<NewOutcomeRow> rows;
  for (const auto& [number, recorded, faults] : outcomes) {
    rows.push_back({.import = import,
                    .number = number,
                    .outcome = recorded ? RowOutcome::recorded : RowOutcome::refused,
                    .thing = recorded ? std::optional{recorded->thing} : std::nullopt,
                    .version = recorded ? recorded->version : 0,
                    .faults = write_json(faults)});
  }
  if (rows.empty()) return;
  tx.run("insert into import_rows (import, number, outcome, thing, version, faults) values (:rows)",
         {{"rows", storage::rows(rows)}});
}

std::vector<RecordedRow> last_recorded(Snapshot& snapshot, ImportId import, int limit) {
  std::vector<RecordedRow> last;
  for (auto& row : snapshot.all<RecordedThing>(
           "select number, thing, version from import_rows where import = :import and outcome = 'recorded'"
           " order by number desc limit :limit",
           {{"import", import}, {"limit", limit}}))
    last.push_back({row.number, {std::move(row.thing), row.version}});
  return last;
}

void end_row(Transaction& tx, ImportId import, std::int64_t row, RowOutcome outcome,
             const std::vector<Fault>& faults) {
  tx.run(
      "update import_rows set outcome = :outcome, faults = :faults where import = :import and number = :number",
      {{"outcome", outcome}, {"faults", write_json(faults)}, {"import", import}, {"number", row}});
}

void forget_file(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = parse_id<ImportTag>(key);
  if (!id) return;
  const auto row = tx.maybe<Row>(by_id, {{"id", *id}});
  if (!row || !row->file) return;
  auto import = import_of(tx, *row);
  if (row->state == ImportState::draft) import.view.state = ImportState::dropped;
  if (row->state == ImportState::importing) import.view.state = ImportState::done;
  save_without_file(tx, import, caller.at);
}

}  // namespace doorstep::imports
