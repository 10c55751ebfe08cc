// One connection to PostgreSQL, used by one thread. Transaction control is not sent by
// itself: it waits for the next statement and goes ahead of it in the same pipeline, so
// that a batch costs one round trip a statement and one at the end. Everything travels in
// binary form: no escaping, no digits, sealed bytes as they are.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/fault.hpp"
#include "storage/session.hpp"

struct pg_conn;
struct pg_result;

namespace doorstep::storage {

struct ClosePostgres {
  void operator()(pg_conn* connection) const;
  void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClosePostgres>;

// How a town's connections are made.
struct PostgresTarget {
  std::string conninfo;
  std::string schema;
  std::int64_t lock = 0;  // the advisory lock that the town's writers take in turn
  std::string channel;    // for hints
};

class PostgresConnection {
 public:
  // Nobody waits longer for the town's lock, nor for an answer beyond a statement's own time.
  static constexpr std::chrono::milliseconds lock_wait{10'000};
  static constexpr std::chrono::milliseconds answer_margin{5'000};

  PostgresConnection(const PostgresTarget& target, std::chrono::milliseconds statement_timeout);

  // Connects if need be. While the server is away this fails at
  // once but for a try now and then (50 ms to 2 s).
  void connect();
  void close();
  bool connected() const { return connection_ != nullptr; }
  int socket() const;
  // The hints that have come since; true if one was another process's. Throws when the connection is gone.
  bool take_hints();

  // Opens a transaction with these commands, sent ahead of the first statement. Until the server has
  // confirmed them, a lost connection is made anew without anybody noticing.
  void begin(std::span<const std::string> commands);
  void defer(std::string command) { deferred_.push_back(std::move(command)); }
  // Sends what is deferred, and waits.
  void flush();
  // Commits; nothing is sent when nothing has been.
  void commit();
  void roll_back() noexcept;

  bool opened() const { return opened_; }
  bool alive() const { return (opening_ || opened_) && !broken_; }

  struct Answer {
    PostgresResult result;
    std::int64_t changed = 0;
    Verb verb = Verb::read;
  };
  // Calls `check` once the statement is understood and before it is sent.
  Answer execute(std::string_view statement, std::span<const Bind> binds, SteadyTime deadline,
                 FunctionRef<void(Verb)> check);

  void set_faults(FaultHook* faults) { faults_ = faults; }

 private:
  struct Prepared {
    Parsed parsed;
    std::string name;
    std::vector<unsigned> types;
    bool known = false;  // the server has it
  };
  struct Parameters;

  Prepared& prepare(std::string_view statement, std::span<const Bind> binds);
  PostgresResult exchange(Prepared* prepared, const Parameters& parameters, SteadyTime deadline);
  PostgresResult exchange_once(Prepared* prepared, const Parameters& parameters, SteadyTime deadline);
  void send(Prepared* prepared, const Parameters& parameters);
  PostgresResult receive(Prepared* prepared, SteadyTime deadline);
  PostgresResult next_result(SteadyTime deadline);
  bool wait_readable(SteadyTime deadline);
  void set_up();
  [[noreturn]] void fail(const pg_result* result, std::string_view where);
  [[noreturn]] void fail_connection(std::string_view where);

  const PostgresTarget& target_;
  std::chrono::milliseconds statement_timeout_;
  std::unique_ptr<pg_conn, ClosePostgres> connection_;
  std::unordered_map<std::string, Prepared> prepared_;
  std::string key_;
  std::uint64_t names_ = 0;
  std::vector<std::string> deferred_;
  bool opening_ = false;  // the deferred commands begin with those that open the transaction
  bool opened_ = false;   // the server has confirmed them
  bool broken_ = false;   // the transaction is gone
  SteadyTime retry_at_{};
  std::chrono::milliseconds retry_after_{0};
  FaultHook* faults_ = nullptr;
};

class PostgresSession : public Session {
 public:
  explicit PostgresSession(PostgresConnection& connection) : connection_(connection) {}
  Engine engine() const override { return Engine::postgres; }

 private:
  std::int64_t execute(std::string_view statement, std::span<const Bind> binds,
                       FunctionRef<void(Rows&)>* each) override;

  PostgresConnection& connection_;
};

}  // namespace doorstep::storage
