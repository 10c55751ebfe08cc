// One open transaction of a town, on SQLite or PostgreSQL, in the dialect of docs/sql.md.
//
//   struct WaitingRow { TicketId id; std::string number; };
//   BOOST_DESCRIBE_STRUCT(WaitingRow, (), (id, number))
//   auto rows = sql.all<WaitingRow>("select id, number from tickets where hall = :hall", {{"hall", hall}});
//
// Columns come in the order of the struct's members and bear their names; anything else is a bug and throws
// std::logic_error, as do a missing or a superfluous bind. A broken engine throws StorageError.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "storage/value.hpp"

namespace doorstep::storage {

// The engine failed; `lost` says that the whole transaction is gone with it.
class StorageError : public std::runtime_error {
 public:
  StorageError(const std::string& what, bool lost_ = false) : std::runtime_error(what), lost(lost_) {}
  bool lost;
};

// A unique, foreign key, not-null or check constraint said no. Commands that
// expect it catch it before the statement by asking; it reaches a caller only as
// a bug, or as the loser of a race that the writer makes impossible.
class ConstraintError : public StorageError {
 public:
  using StorageError::StorageError;
};

// A command or query went past its budget of statements, rows or time.
class BudgetError : public StorageError {
 public:
  using StorageError::StorageError;
};

// The commit was sent and nobody heard its answer: the command may or may not have happened.
class OutcomeUnknown : public StorageError {
 public:
  using StorageError::StorageError;
};

enum class Engine { sqlite, postgres };

// The row at which a running query stands. An accessor of another
// type than the column's is a bug (std::logic_error).
class Rows {
 public:
  virtual ~Rows() = default;
  virtual int columns() const = 0;
  virtual std::string_view name(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // valid until `each` returns
  virtual BytesView bytes(int column) const = 0;        // likewise
};

struct Bind {
  template <class T>
  Bind(const char* name_, const T& value_) : name(name_), value(bound(value_)) {}
  const char* name;
  Bound value;
};
using Binds = std::initializer_list<Bind>;

class Sql {
 public:
  virtual ~Sql() = default;

  virtual Engine engine() const = 0;

  // Runs a statement; returns the number of rows it changed. A failure here ends the command: should it go
  // on, every further statement fails alike, and the command is rolled back.
  virtual std::int64_t run(std::string_view statement, std::span<const Bind> binds) = 0;
  // Runs a statement and calls `each` once for every row. Nothing may be changed from within `each`.
  virtual void query(std::string_view statement, std::span<const Bind> binds,
                     FunctionRef<void(Rows&)> each) = 0;

  std::int64_t run(std::string_view statement, Binds binds = {}) {
    return run(statement, std::span<const Bind>{binds.begin(), binds.size()});
  }

  // All rows, as structs.
  template <class Row>
  std::vector<Row> all(std::string_view statement, Binds binds = {});
  // The row, or nothing; two rows are a bug.
  template <class Row>
  std::optional<Row> maybe(std::string_view statement, Binds binds = {});
  // Exactly one row; none is a bug.
  template <class Row>
  Row one(std::string_view statement, Binds binds = {});
  // The first column of exactly one row.
  template <class T>
  T value(std::string_view statement, Binds binds = {});
};

}  // namespace doorstep::storage

#include "storage/sql_impl.hpp"
