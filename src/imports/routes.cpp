#include "imports/list_sheet.hpp"
#include "imports/steps.hpp"

namespace doorstep::imports {

namespace {

using DeskPointer = std::shared_ptr<Desk>;

api::Who managers() { return api::Who::staff({Role::centre_manager}); }

void add_upload_routes(api::Api& api, const DeskPointer& desk) {
  api.read<ListImportKinds, ImportKinds>(
      "/api/imports/kinds",
      [desk](Snapshot&, const Caller& caller, const ListImportKinds&) {
        return list_import_kinds(*desk, caller);
      },
      {.who = managers(), .summary = "The kinds of sheets that one may import"});
  api.read<ReadImportTemplate, SheetFile>(
      "/api/imports/kinds/{kind}/template",
      [desk](Snapshot&, const Caller& caller, const ReadImportTemplate& wish) {
        return read_import_template(*desk, caller, wish);
      },
      {.who = managers(),
       .summary = "An empty sheet of a kind, with help and an example",
       .problems = {"no_such_import_kind"}});
  api.upload<UploadSheet, ImportView>(
      "/api/imports",
      [desk](Snapshot&, const Caller& caller, const UploadSheet& wish) {
        return kind_to_upload(*desk, caller, wish);
      },
      [desk](const Kind* kind, const UploadSheet& wish, const std::string& bytes) {
        return take_in(*desk, *kind, wish, bytes);
      },
      [desk](Transaction& tx, const Caller& caller, const UploadSheet&, const NewImport& import) {
        return upload_sheet(*desk, tx, caller, import);
      },
      {.who = managers(),
       .summary = "Upload a sheet; nothing is imported yet",
       .problems = {"no_such_import_kind", "not_a_sheet", "sheet_old_format", "sheet_encrypted",
                    "sheet_broken", "sheet_too_large", "sheet_too_many_rows", "sheet_too_wide",
                    "no_such_sheet", "sheet_empty"},
       .queries = 4,
       .success = 201,
       .takes = {sheets::xlsx_media_type, sheets::csv_media_type},
       .body_bytes_max = sheets::Limits{}.bytes_max});
  api.prepared_write<MapColumns, ImportView>(
      "POST", "/api/imports/{import}/columns",
      [desk](Snapshot& snapshot, const Caller& caller, const MapColumns& wish) {
        return require_step(snapshot, caller, desk->kinds, wish.import, wish.version, ImportStep::map);
      },
      [desk](const Import& import, const MapColumns& wish) {
        return count_faulty(*desk, import, wish.columns);
      },
      [desk](Transaction& tx, const Caller& caller, const MapColumns& wish, std::int64_t faulty) {
        return map_columns(*desk, tx, caller, wish, faulty);
      },
      {.who = managers(),
       .summary = "Say which column of the sheet holds what",
       .problems = {"no_such_import", "import_step_not_possible", "no_such_import_column",
                    "import_column_twice"},
       .queries = 2,
       .if_match = true});
}

void add_row_routes(api::Api& api, const DeskPointer& desk) {
  const auto found = [](Snapshot& snapshot, const Caller& caller, const auto& wish) {
    return require_import(snapshot, caller, wish.import);
  };
  api.prepared_look<ListImportRows, Page<ImportRowView>>(
      "/api/imports/{import}/rows", found,
      [desk](const Import& import, const ListImportRows& wish) { return find_rows(*desk, import, wish); },
      [desk](Transaction& tx, const Caller& caller, const ListImportRows& wish, const RowsToShow& rows) {
        return list_import_rows(*desk, tx, caller, wish, rows);
      },
      {.who = managers(),
       .summary = "Look through the rows, with what is wrong in each",
       .problems = {"no_such_import", "import_file_gone"},
       .queries = 63});
  api.read<ListImportOutcomes, Page<OutcomeView>>(
      "/api/imports/{import}/outcomes", list_import_outcomes,
      {.who = managers(),
       .summary = "What became of the rows: recorded, refused, ended, or kept",
       .problems = {"no_such_import"},
       .queries = 2});
  struct Found {
    FaultyRows rows;
    Language language{};
  };
  api.prepared_look<ReturnFaultyRows, SheetFile>(
      "/api/imports/{import}/faulty-rows",
      [](Snapshot& snapshot, const Caller& caller, const ReturnFaultyRows& wish) {
        return Found{find_faulty(caller, snapshot, wish), caller.language};
      },
      [desk](const Found& faulty, const ReturnFaultyRows&) {
        return faulty_sheet(*desk, faulty.rows, faulty.language);
      },
      [desk](Transaction& tx, const Caller& caller, const ReturnFaultyRows& wish, const SheetFile& sheet) {
        return return_faulty_rows(*desk, tx, caller, wish, sheet);
      },
      {.who = managers(),
       .summary = "The rows that were not imported, as a sheet that says why",
       .problems = {"no_such_import", "import_file_gone"},
       .queries = 3});
}

void add_list_routes(api::Api& api, const DeskPointer& desk, const StaffNames& names) {
  api::Rules list{.who = managers(),
                  .summary = "One's own imports, the newest first; an administrator sees all",
                  .queries = 1};
  api.read<ListImports, Page<ImportView>>("/api/imports", list_imports, list);
  ++list.queries;
  api.read_sheet<ListImports>(
      "/api/imports.xlsx",
      [desk, names](Snapshot& snapshot, const Caller& caller, const ListImports& wish) {
        return import_lines(snapshot, caller, wish, desk->kinds, names);
      },
      std::move(list), import_sheet());
}

void add_step_routes(api::Api& api, const DeskPointer& desk) {
  api.read<ReadImport, ImportView>("/api/imports/{import}", read_import,
                                   {.who = managers(),
                                    .summary = "An import, and how far it has come",
                                    .problems = {"no_such_import"},
                                    .queries = 1});
  api.prepared_write<RunImport, ImportView>(
      "POST", "/api/imports/{import}/run",
      [desk](Snapshot& snapshot, const Caller& caller, const RunImport& wish) {
        return require_step(snapshot, caller, desk->kinds, wish.import, wish.version, ImportStep::run);
      },
      [desk](const Import& import, const RunImport&) { return next_chunk(*desk, import); },
      [desk](Transaction& tx, const Caller& caller, const RunImport& wish, const Chunk& chunk) {
        return run_import(*desk, tx, caller, wish, chunk);
      },
      {.who = managers(),
       .summary = "Import the next rows, or take the last ones back; call again until it is done or undone",
       .problems = {"no_such_import", "import_step_not_possible", "import_columns_missing"},
       .queries = 303,
       .if_match = true});
  api.write<StopImport, ImportView>("POST", "/api/imports/{import}/stop",
                                    [desk](Transaction& tx, const Caller& caller, const StopImport& wish) {
                                      return stop_import(tx, caller, desk->kinds, wish);
                                    },
                                    {.who = managers(),
                                     .summary = "Import no more of it; what was imported stays",
                                     .problems = {"no_such_import", "import_step_not_possible"},
                                     .queries = 4,
                                     .if_match = true});
  api.write<UndoImport, ImportView>("POST", "/api/imports/{import}/undo",
                                    [desk](Transaction& tx, const Caller& caller, const UndoImport& wish) {
                                      return undo_import(tx, caller, desk->kinds, wish);
                                    },
                                    {.who = managers(),
                                     .summary = "Begin to take an import back",
                                     .problems = {"no_such_import", "import_step_not_possible"},
                                     .queries = 2,
                                     .if_match = true});
}

}  // namespace

void add_routes(api::Api& api, Kinds kinds, FileStore& files, const StaffNames& names) {
  api.section("imports", "Spreadsheets that clerks bring in: looked through, imported, and taken back.");
  const auto desk = std::make_shared<Desk>(std::move(kinds), files);
  add_upload_routes(api, desk);
  add_row_routes(api, desk);
  add_list_routes(api, desk, names);
  add_step_routes(api, desk);
}

void add_timers(Journal& journal) { journal.on_timer(std::string{forget_timer}, forget_file); }

}  // namespace doorstep::imports
