#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "app/import.hpp"
#include "app/tools.hpp"
#include "app/town.hpp"
#include "app/wiring.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

// A whole town in one command: some hundreds of venues with their weeks are many statements.
const storage::Budget whole_town{.statements = 50'000, .rows = 500'000, .time = std::chrono::seconds{60}};

// A folder that is gone when the tool ends.
class PassingFolder {
 public:
  PassingFolder() {
    auto name = (fs::temp_directory_path() / "doorstep-dry-run.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw ImportError(fmt::format("{}: no folder could be made", name));
    path_ = name;
  }
  ~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TownChanges dry_run_here(const Config& config, const fs::path& files) {
  Books books{config, Opening::as_it_is, {.write = whole_town}};
  storage::check_schema(books.store(), all_migrations());
  return import_network(books.journal(), files, ImportRun::dry);
}

// Where there is no town yet, what a first import would make: held against an empty one.
TownChanges dry_run_of_first(Config config, const fs::path& files) {
  const PassingFolder folder;
  fmt::print("There is no town in {} yet.\n", config.data.string());
  config.data = folder.path();
  Books books{config, Opening::brought_up_to_date, {.write = whole_town}};
  return import_network(books.journal(), files, ImportRun::dry);
}

int dry_run(const Config& config, const fs::path& files) {
  const bool is_first = config.database.empty() && !fs::exists(config.data / "town.db");
  const auto changes = is_first ? dry_run_of_first(config, files) : dry_run_here(config, files);
  if (changes.empty()) {
    fmt::print("{} would change nothing.\n{}", files.string(), counts_text(changes));
    return 0;
  }
  fmt::print("{} would change this; nothing was written. + is new, ~ differs, - ends.\n{}In all:\n{}",
             files.string(), changes_text(changes), counts_text(changes));
  return would_change;
}

}  // namespace

int run_import_network(const Config& config, const ImportWish& wish) {
  if (wish.dry_run) return dry_run(config, wish.files);
  Books books{config, Opening::brought_up_to_date, {.write = whole_town}};
  const auto changes = import_network(books.journal(), wish.files);
  fmt::print("{}\n{}",
             changes.empty() ? fmt::format("{}: nothing changed.", wish.files.string())
                             : fmt::format("Imported {}.", wish.files.string()),
             counts_text(changes));
  return 0;
}

}  // namespace doorstep::app
