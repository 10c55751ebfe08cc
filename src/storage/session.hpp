// What a command or query sees as Sql, on either engine: counts the budget, keeps reads from writing, and
// remembers a failure, so that a command that swallowed one is not taken for a success.
#pragma once

#include <chrono>
#include <exception>

#include "storage/dialect.hpp"
#include "storage/store.hpp"

namespace doorstep::storage {

using SteadyTime = std::chrono::steady_clock::time_point;

class Session : public Sql {
 public:
  enum class Mode { reading, writing };

  // Begins a command or query. Without a budget it is bounded by nothing (migrations).
  void start(Mode mode, const Budget* budget);
  // Ends it; throws the failure that the command has swallowed, if any.
  void finish();

  std::int64_t run(std::string_view statement, std::span<const Bind> binds) final;
  void query(std::string_view statement, std::span<const Bind> binds, FunctionRef<void(Rows&)> each) final;

 protected:
  // Runs the statement and hands over its rows, if it is asked for any; returns the number of rows changed.
  // Calls `check` before it runs and `count_rows` as it goes.
  virtual std::int64_t execute(std::string_view statement, std::span<const Bind> binds,
                               FunctionRef<void(Rows&)>* each) = 0;

  // Throws std::logic_error when a query writes.
  void check(Verb verb, std::string_view statement) const;
  void count_rows(std::int64_t rows);
  // Waiting for a connection or for the town's lock is nobody's work: the budget of time begins after it.
  void restart_clock();
  // Past this the statement must end; time_point::max() for never.
  SteadyTime deadline() const { return deadline_; }

 private:
  std::int64_t guarded(std::string_view statement, std::span<const Bind> binds,
                       FunctionRef<void(Rows&)>* each);

  Mode mode_ = Mode::reading;
  const Budget* budget_ = nullptr;
  SteadyTime deadline_ = SteadyTime::max();
  int statements_ = 0;
  std::int64_t rows_ = 0;
  int open_queries_ = 0;
  std::exception_ptr failure_;
};

}  // namespace doorstep::storage
