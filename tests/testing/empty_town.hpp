// A town with its schema and nothing else, and keys of its own, on either engine: somewhere to move in.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "app/wiring.hpp"
#include "journal/files.hpp"
#include "journal/test_town.hpp"
#include "testing/store_options.hpp"

namespace doorstep::testing {

// Where a town's stored files are, as the program has it.
inline std::unique_ptr<FileStore> files_of(Journal& journal, const TemporaryFolder& folder) {
  return journal.store().engine() == storage::Engine::sqlite
             ? FileStore::in_folder(journal, folder.path() / "files")
             : FileStore::in_table(journal);
}

class EmptyTown {
 public:
  explicit EmptyTown(storage::Engine engine)
      : engine_(engine), schema_("empty_" + std::to_string(::getpid()) + '_' + std::to_string(made_++)) {
    auto options = store_options(engine, schema_);
    options.write_budget.statements = options.read_budget.statements = 10'000'000;
    options.write_budget.rows = options.read_budget.rows = 10'000'000;
    store_ = storage::open_store(std::move(options));
    storage::migrate(*store_, app::all_migrations());
    journal_ = std::make_unique<Journal>(*store_, keys_, system_entropy(), clock_);
    files_ = files_of(*journal_, folder_);
  }
  ~EmptyTown() {
    if (engine_ != storage::Engine::postgres) return;
    store_->write_now([&](storage::Sql& sql) { sql.run("drop schema " + schema_ + " cascade"); });
  }
  EmptyTown(const EmptyTown&) = delete;
  EmptyTown& operator=(const EmptyTown&) = delete;

  Journal& journal() { return *journal_; }
  FileStore& files() { return *files_; }
  const KeyRing& keys() const { return keys_; }

  template <class T>
  T value(std::string_view statement, Binds binds = {}) {
    T found{};
    journal().read_now([&](Snapshot& snapshot, Instant) { found = snapshot.value<T>(statement, binds); });
    return found;
  }

 private:
  inline static std::atomic<int> made_{0};

  storage::Engine engine_;
  std::string schema_;
  TemporaryFolder folder_;
  FakeClock clock_;
  KeyRing keys_ = KeyRing::random(system_entropy());
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<FileStore> files_;
};

// What stands in all files below a folder, by their path in it.
inline std::map<std::string, std::string> contents_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in{entry.path(), std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    contents[std::filesystem::relative(entry.path(), folder).string()] = text.str();
  }
  return contents;
}

}  // namespace doorstep::testing
