#include "storage/session.hpp"

#include <algorithm>

namespace doorstep::storage {
namespace detail {

void bad_column(const Rows& rows, int column, std::string_view why) {
  throw std::logic_error("column " + std::string{rows.name(column)} + " " + std::string{why});
}

void bad_columns(const Rows& rows, std::span<const std::string_view> expected) {
  std::string text = "columns";
  for (int i = 0; i < rows.columns(); ++i) text += " " + std::string{rows.name(i)};
  text += ", expected";
  for (const auto name : expected) text += " " + std::string{name};
  throw std::logic_error(text);
}

}  // namespace detail

void Session::start(Mode mode, const Budget* budget) {
  mode_ = mode;
  budget_ = budget;
  restart_clock();
  statements_ = 0;
  rows_ = 0;
  failure_ = nullptr;
}

void Session::restart_clock() {
  deadline_ = budget_ ? std::chrono::steady_clock::now() + budget_->time : SteadyTime::max();
}

void Session::finish() {
  if (failure_) std::rethrow_exception(failure_);
}

std::int64_t Session::run(std::string_view statement, std::span<const Bind> binds) {
  return guarded(statement, binds, nullptr);
}

void Session::query(std::string_view statement, std::span<const Bind> binds, FunctionRef<void(Rows&)> each) {
  guarded(statement, binds, &each);
}

std::int64_t Session::guarded(std::string_view statement, std::span<const Bind> binds,
                              FunctionRef<void(Rows&)>* each) {
  finish();
  struct Open {
    int& count;
    explicit Open(int& c) : count(c) { ++count; }
    ~Open() { --count; }
  } open{open_queries_};
  try {
    if (budget_) {
      if (++statements_ > budget_->statements) throw BudgetError("past the budget of statements");
      if (std::chrono::steady_clock::now() > deadline_) throw BudgetError("past the budget of time");
    }
    return execute(statement, binds, each);
  } catch (const StorageError&) {
    failure_ = std::current_exception();
    throw;
  } catch (const std::logic_error&) {
    failure_ = std::current_exception();
    throw;
  }
}

void Session::check(Verb verb, std::string_view statement) const {
  if (verb == Verb::read) return;
  const auto said = [&](std::string_view why) {
    return std::string{why} + ": " + std::string{statement.substr(0, 500)};
  };
  if (mode_ == Mode::reading) throw std::logic_error(said("a read that writes"));
  // On SQLite the rows of a running query may or may not show the change; PostgreSQL would hide it.
  if (open_queries_ > 1) throw std::logic_error(said("a change while the rows of a query are being read"));
}

void Session::count_rows(std::int64_t rows) {
  rows_ += rows;
  if (budget_ && rows_ > budget_->rows) throw BudgetError("past the budget of rows");
}

}  // namespace doorstep::storage
