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
    const int code = sqlite3_open_v2(path.c_str(), &database,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    check(code);
    for (const auto* setting : {"pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on"}) {
      run({setting, {}});
    }
  }

  void run(const BareStatement& statement) {
    auto& prepared = prepared_[statement.sql];
    if (!prepared) {
      sqlite3_stmt* made = nullptr;
      check(sqlite3_prepare_v3(database_.get(), statement.sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr));
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
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_.get()));
  }
  void bind(sqlite3_stmt* statement, int at, const std::variant<std::int64_t, double, std::string>& value) const {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      check(sqlite3_bind_int64(statement, at, *number));
    } else if (const auto* real = std::get_if<double>(&value)) {
      check(sqlite3_bind_double(statement, at, *real));
    } else {
      const auto& text = std::get<std::string>(value);
      check(sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Close>> prepared_;
};

}  // namespace

double bare_sqlite(const BareRun& run) {
  using Clock = std::chrono::steady_clock;
  Bare bare{run.path};
  for (const auto& statement : run.schema) bare.run({statement, {}});
  const auto began = Clock::now();
  std::int64_t commands = 0;
  while (Clock::now() - began < run.time) {
    bare.run({"begin immediate", {}});
    for (int i = 0; i < run.batch; ++i, ++commands) {
      for (const auto& statement : run.command(commands)) bare.run(statement);
    }
    bare.run({"commit", {}});
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  return static_cast<double>(commands) / took.count();
}

}  // namespace doorstep::bench
