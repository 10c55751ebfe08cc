// A town for this room's tests: a store of its own on each engine, with a clock that the test moves.
//
// PostgreSQL joins when DOORSTEP_TEST_PG names a server; each
// town is then a schema of its own there, dropped after.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "journal/journal.hpp"

namespace doorstep::testing {

class FakeClock : public Clock {
 public:
  Instant now() const override { return {micros_.load()}; }
  void move(Microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'795'521'600'000'000};  // 2026-11-24T12:00:00Z
};

inline std::vector<storage::Engine> engines() {
  std::vector<storage::Engine> all{storage::Engine::sqlite};
  if (std::getenv("DOORSTEP_TEST_PG") != nullptr) all.push_back(storage::Engine::postgres);
  return all;
}

inline std::string engine_name(const ::testing::TestParamInfo<storage::Engine>& info) {
  return info.param == storage::Engine::sqlite ? "sqlite" : "postgres";
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "doorstep-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class TownTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  // One of the town's processes, as it were. On SQLite there is but one, and others share its journal.
  struct Process {
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<Journal> own;
    Journal* journal = nullptr;
  };

  void SetUp() override { main_ = open_process(true); }

  void TearDown() override {
    if (GetParam() == storage::Engine::postgres && main_.store) {
      main_.store->write_now([&](storage::Sql& sql) { sql.run("drop schema " + schema_ + " cascade"); });
    }
  }

  Process another_process() {
    if (GetParam() == storage::Engine::sqlite) return {nullptr, nullptr, main_.journal};
    return open_process(false);
  }

  Journal& town() { return *main_.journal; }

  template <class F>
  void write(F&& command) {
    town().write_now([&](Transaction& tx, Instant at) { command(tx, at); });
  }

  template <class T>
  T value(std::string_view statement, Binds binds = {}) {
    T found{};
    town().read_now([&](Snapshot& snapshot, Instant) { found = snapshot.value<T>(statement, binds); });
    return found;
  }

  FakeClock clock_;
  KeyRing keys_ = KeyRing::random(system_entropy());
  TemporaryFolder folder_;

 private:
  Process open_process(bool first) {
    Process process;
    process.store = open();
    if (first) storage::migrate(*process.store, journal::migrations());
    process.own = std::make_unique<Journal>(*process.store, keys_, system_entropy(), clock_);
    process.journal = process.own.get();
    return process;
  }

  std::unique_ptr<storage::Store> open() {
    storage::Options options;
    // A commit whose fate is unknown ends the program; a test's town goes on.
    options.fatal = [](const std::string&) {};
    if (GetParam() == storage::Engine::sqlite) {
      options.url = "sqlite:" + (folder_.path() / "town.db").string();
    } else {
      const std::string server = std::getenv("DOORSTEP_TEST_PG");
      options.url = server.find("://") == std::string::npos ? "postgres:" + server : server;
      options.readers = 2;
      options.schema = schema_;
    }
    return storage::open_store(options);
  }

  std::string schema_ = "journal_test_" + std::to_string(::getpid()) + "_" + std::to_string(++made_);
  Process main_;
  inline static std::atomic<int> made_ = 0;
};

}  // namespace doorstep::testing
