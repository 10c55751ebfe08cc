#include "bench/bare_sqlite.hpp"

#include <memory>
#include <stdexcept>
#include <unordered_map>

#include <sqlite3.h>

namespace doorstep::bench {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Bare {
 public:
  explicit Bare(const std::string& path) {
    sqlite3* database = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    check(code);
    // As our own connections are set.
    for (const auto* setting :
         {"pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on",
          "pragma temp_store = memory", "pragma cache_size = -16384"}) {
      run({setting, {}});
    }
  }

  void run(const BareStatement& statement) {
    auto& prepared = prepared_[statement.sql];
    if (!prepared) {
      sqlite3_stmt* made = nullptr;
      check(sqlite3_prepare_v3(database_.get(), statement.sql.data(), static_cast<int>(statement.sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &made, nullptr));
      prepared.reset(made);
    }
    int at = 0;
    for (const auto& value : statement.values) bind(prepared.get(), ++at, value);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(prepared.get());
    sqlite3_reset(prepared.get());
    if (code != SQLITE_DONE) check(code);
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK)
      throw std::runtime_error(std::string{"bare SQLite: "} + sqlite3_errmsg(database_.get()));
  }
  void bind(sqlite3_stmt* statement, int at, const Value& value) const {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      check(sqlite3_bind_int64(statement, at, *number));
    } else if (const auto* real = std::get_if<double>(&value)) {
      check(sqlite3_bind_double(statement, at, *real));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      check(sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8));
    } else if (const auto* bytes = std::get_if<std::vector<unsigned char>>(&value)) {
      check(sqlite3_bind_blob64(statement, at, bytes->data(), bytes->size(), SQLITE_STATIC));
    } else {
      check(sqlite3_bind_null(statement, at));
    }
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Close>> prepared_;
};

}  // namespace

double bare_sqlite(const BareRun& run) {
  using Clock = std::chrono::steady_clock;
  Bare bare{run.path};
  std::chrono::duration<double> took{0};
  std::int64_t commands = 0;
  while (took < run.time) {
    std::vector<std::vector<BareStatement>> batch;
    for (int i = 0; i < run.batch; ++i) batch.push_back(run.command(commands++));
    const auto began = Clock::now();
    bare.run({"begin immediate", {}});
    for (const auto& statement : run.opening) bare.run(statement);
    for (const auto& command : batch) {
      for (const auto& statement : command) bare.run(statement);
    }
    for (const auto& statement : run.closing) bare.run(statement);
    bare.run({"commit", {}});
    took += Clock::now() - began;
  }
  return static_cast<double>(commands) / took.count();
}

}  // namespace doorstep::bench
