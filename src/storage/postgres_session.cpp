#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <endian.h>
#include <libpq-fe.h>

#include "storage/postgres_connection.hpp"

namespace doorstep::storage {
namespace {

// Of pg_type.h; they never change.
enum : Oid {
  oid_bool = 16,
  oid_bytea = 17,
  oid_name = 19,
  oid_int8 = 20,
  oid_int2 = 21,
  oid_int4 = 23,
  oid_text = 25,
  oid_float4 = 700,
  oid_float8 = 701,
  oid_unknown = 705,
  oid_bpchar = 1042,
  oid_varchar = 1043,
  oid_numeric = 1700,
};

class PostgresRows : public Rows {
 public:
  explicit PostgresRows(const PGresult* result) : result_(result) {}

  void stand_at(int row) { row_ = row; }

  int columns() const override { return PQnfields(result_); }
  std::string_view name(int column) const override { return PQfname(result_, column); }
  bool is_null(int column) const override {
    if (column < 0 || column >= columns()) throw std::logic_error("no such column");
    return PQgetisnull(result_, row_, column) != 0;
  }
  std::int64_t integer(int column) const override {
    switch (checked_type(column)) {
      case oid_int8: return static_cast<std::int64_t>(number<std::uint64_t>(column));
      case oid_int4: return static_cast<std::int32_t>(number<std::uint32_t>(column));
      case oid_int2: return static_cast<std::int16_t>(number<std::uint16_t>(column));
      case oid_bool: return number<std::uint8_t>(column);                                 // bool: exists (…)
      case oid_numeric: detail::bad_column(*this, column, "is numeric; cast it as INT");  // sum() of integers
      default: detail::bad_column(*this, column, "is no integer");
    }
  }
  double real(int column) const override {
    switch (checked_type(column)) {
      case oid_float8: return std::bit_cast<double>(number<std::uint64_t>(column));
      case oid_float4: return static_cast<double>(std::bit_cast<float>(number<std::uint32_t>(column)));
      case oid_numeric:
        detail::bad_column(*this, column, "is numeric; cast it as REAL");  // avg() of integers
      default: return static_cast<double>(integer(column));
    }
  }
  std::string_view text(int column) const override {
    const auto type = checked_type(column);
    constexpr std::array<Oid, 5> texts{oid_text, oid_varchar, oid_bpchar, oid_name, oid_unknown};
    if (std::ranges::find(texts, type) == texts.end()) detail::bad_column(*this, column, "is no text");
    return {PQgetvalue(result_, row_, column), size(column)};
  }
  BytesView bytes(int column) const override {
    if (checked_type(column) != oid_bytea) detail::bad_column(*this, column, "is no bytes");
    return {reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, column)), size(column)};
  }

 private:
  // The column's type, of a value that is there.
  Oid checked_type(int column) const {
    if (is_null(column)) detail::bad_column(*this, column, "is null");
    return PQftype(result_, column);
  }
  std::size_t size(int column) const { return static_cast<std::size_t>(PQgetlength(result_, row_, column)); }
  template <class T>
  T number(int column) const {
    T value = 0;
    if (size(column) != sizeof value) detail::bad_column(*this, column, "has an unknown form");
    std::memcpy(&value, PQgetvalue(result_, row_, column), sizeof value);
    if constexpr (sizeof value == 8) return be64toh(value);
    if constexpr (sizeof value == 4) return be32toh(value);
    if constexpr (sizeof value == 2) return be16toh(value);
    return value;
  }

  const PGresult* result_;
  int row_ = 0;
};

}  // namespace

std::int64_t PostgresSession::execute(std::string_view statement, std::span<const Bind> binds,
                                      FunctionRef<void(Rows&)>* each) {
  const bool opening = !connection_.opened();
  const auto answer =
      connection_.execute(statement, binds, deadline(), [&](Verb verb) { check(verb, statement); });
  if (opening) restart_clock();
  const int count = PQntuples(answer.result.get());
  count_rows(count > 0 ? count : answer.changed);
  PostgresRows rows{answer.result.get()};
  for (int row = 0; each && row < count; ++row) {
    rows.stand_at(row);
    (*each)(rows);
  }
  return answer.changed;
}

}  // namespace doorstep::storage
