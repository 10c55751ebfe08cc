#include "storage/postgres_connection.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <utility>

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

namespace doorstep::storage {
namespace {

constexpr std::size_t prepared_max = 1'000;
constexpr std::chrono::milliseconds retry_first{50};
constexpr std::chrono::milliseconds retry_longest{2'000};

// Of pg_type.h; they never change.
constexpr Oid oid_bytea = 17, oid_int8 = 20, oid_text = 25, oid_float8 = 701;

Oid oid_of(Type type) {
  switch (type) {
    case Type::integer: return oid_int8;
    case Type::real: return oid_float8;
    case Type::text: return oid_text;
    case Type::bytes: return oid_bytea;
  }
  return 0;
}

bool succeeded(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

std::string_view state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state ? state : "";
}

// The server kept silent for longer than it may; asking once more would double the wait.
class NoAnswer : public StorageError {
 public:
  using StorageError::StorageError;
};

std::string trimmed_message(const char* message) {
  std::string text = message ? message : "";
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

void ClosePostgres::operator()(pg_conn* connection) const { PQfinish(connection); }
void ClosePostgres::operator()(pg_result* result) const { PQclear(result); }

// A statement's values as the wire wants them: big-endian numbers, text and bytes as they are.
struct PostgresConnection::Parameters {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  std::deque<std::uint64_t> numbers;  // keeps its addresses

  void operator()(std::monostate) { add(nullptr, 0); }
  void operator()(std::int64_t value) { add_number(static_cast<std::uint64_t>(value)); }
  void operator()(double value) { add_number(std::bit_cast<std::uint64_t>(value)); }
  void operator()(std::string_view value) { add(value.data() ? value.data() : "", value.size()); }
  void operator()(const std::string& value) { add(value.data(), value.size()); }
  void operator()(BytesView value) {
    add(value.data ? reinterpret_cast<const char*>(value.data) : "", value.size);
  }

  void add_number(std::uint64_t value) {
    numbers.push_back(htobe64(value));
    add(reinterpret_cast<const char*>(&numbers.back()), sizeof(std::uint64_t));
  }
  void add(const char* data, std::size_t size) {
    values.push_back(data);
    lengths.push_back(static_cast<int>(size));
    formats.push_back(1);
  }
};

PostgresConnection::PostgresConnection(const PostgresTarget& target,
                                       std::chrono::milliseconds statement_timeout)
    : target_(target), statement_timeout_(statement_timeout) {}

void PostgresConnection::connect() {
  if (connection_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < retry_at_) throw StorageError("the PostgreSQL server is away", true);
  // Before the operator's own words, which may say otherwise. The kernel notices a dead peer in about 10 s.
  const std::array keywords{"connect_timeout",
                            "keepalives_idle",
                            "keepalives_interval",
                            "keepalives_count",
                            "tcp_user_timeout",
                            "application_name",
                            "dbname",
                            static_cast<const char*>(nullptr)};
  const std::array values{
      "3", "5", "2", "3", "10000", "doorstep", target_.conninfo.c_str(), static_cast<const char*>(nullptr)};
  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    const auto why = trimmed_message(PQerrorMessage(connection_.get()));
    connection_.reset();
    retry_after_ = std::clamp(retry_after_ * 2, retry_first, retry_longest);
    retry_at_ = std::chrono::steady_clock::now() + retry_after_;
    throw StorageError("can't connect to PostgreSQL: " + why, true);
  }
  set_up();
  retry_after_ = {};
}

void PostgresConnection::set_up() {
  const char* encoding = PQparameterStatus(connection_.get(), "server_encoding");
  if (!encoding || std::string_view{encoding} != "UTF8") {
    close();
    throw StorageError("the PostgreSQL database must be made with encoding UTF8", true);
  }
  PQsetClientEncoding(connection_.get(), "UTF8");
  // jit costs more than it gives in short statements.
  const auto settings =
      "set search_path = " + quoted(target_.schema) +
      "; set statement_timeout = " + std::to_string(statement_timeout_.count()) +
      "; set idle_in_transaction_session_timeout = 2000; set synchronous_commit = on; set jit = off; "
      "set standard_conforming_strings = on; set client_min_messages = warning";
  const PostgresResult result{PQexec(connection_.get(), settings.c_str())};
  if (!succeeded(result.get())) {
    const auto why = trimmed_message(PQerrorMessage(connection_.get()));
    close();
    throw StorageError("can't set up a connection to PostgreSQL: " + why, true);
  }
  PQsetnonblocking(connection_.get(), 1);
  PQenterPipelineMode(connection_.get());
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
}

void PostgresConnection::close() {
  connection_.reset();
  for (auto& [key, prepared] : prepared_) prepared.known = false;
}

int PostgresConnection::socket() const { return PQsocket(connection_.get()); }

bool PostgresConnection::take_hints() {
  if (PQconsumeInput(connection_.get()) == 0) fail_connection("listen");
  bool foreign = false;
  while (auto* notice = PQnotifies(connection_.get())) {
    foreign = foreign || notice->be_pid != PQbackendPID(connection_.get());
    PQfreemem(notice);
  }
  return foreign;
}

void PostgresConnection::begin(std::span<const std::string> commands) {
  deferred_.assign(commands.begin(), commands.end());
  opening_ = true;
  opened_ = broken_ = false;
}

void PostgresConnection::flush() {
  if (deferred_.empty()) return;
  exchange(nullptr, {}, std::chrono::steady_clock::now() + statement_timeout_);
}

void PostgresConnection::commit() {
  if (opening_) {  // nothing was ever sent
    opening_ = false;
    deferred_.clear();
    return;
  }
  defer("commit");
  const auto result = exchange(nullptr, {}, std::chrono::steady_clock::now() + lock_wait);
  // A transaction that had failed is rolled back by COMMIT, which says so only in its tag.
  if (std::string_view{PQcmdStatus(result.get())} != "COMMIT")
    throw StorageError("the transaction was rolled back", true);
  opened_ = false;
}

void PostgresConnection::roll_back() noexcept {
  deferred_.clear();
  opening_ = opened_ = broken_ = false;
  if (!connection_) return;
  try {
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    defer("rollback");
    exchange(nullptr, {}, std::chrono::steady_clock::now());
  } catch (...) {
    deferred_.clear();
    close();  // which rolls back too
  }
}

PostgresConnection::Prepared& PostgresConnection::prepare(std::string_view statement,
                                                          std::span<const Bind> binds) {
  key_.assign(statement);
  append_shape(key_, binds);
  if (const auto known = prepared_.find(key_); known != prepared_.end()) return known->second;
  if (prepared_.size() >= prepared_max) {
    prepared_.clear();
    defer("deallocate all");
  }
  Prepared made{parse(statement, Engine::postgres, binds), "s" + std::to_string(++names_), {}, false};
  for (std::size_t i = 0; i < made.parsed.parameters.size(); ++i) {
    const auto& parameter = made.parsed.parameters[i];
    const auto& value = bind_for(made.parsed, i, binds);
    for (std::size_t k = 0; k < parameter.count; ++k)
      made.types.push_back(oid_of((parameter.list ? list_item(value, k) : value).type));
  }
  return prepared_.emplace(key_, std::move(made)).first->second;
}

PostgresConnection::Answer PostgresConnection::execute(std::string_view statement,
                                                       std::span<const Bind> binds, SteadyTime deadline,
                                                       FunctionRef<void(Verb)> check) {
  connect();
  auto& prepared = prepare(statement, binds);
  check(prepared.parsed.verb);
  Parameters parameters;
  for (std::size_t i = 0; i < prepared.parsed.parameters.size(); ++i) {
    const auto& parameter = prepared.parsed.parameters[i];
    const auto& value = bind_for(prepared.parsed, i, binds);
    for (std::size_t k = 0; k < parameter.count; ++k) {
      std::visit(std::ref(parameters), (parameter.list ? list_item(value, k) : value).value);
    }
  }
  const auto verb = prepared.parsed.verb;
  Answer answer{exchange(&prepared, parameters, deadline), 0, verb};
  if (verb == Verb::change) {
    const std::string_view count = PQcmdTuples(answer.result.get());
    std::from_chars(count.data(), count.data() + count.size(), answer.changed);
  }
  return answer;
}

PostgresResult PostgresConnection::exchange(Prepared* prepared, const Parameters& parameters,
                                            SteadyTime deadline) {
  const bool hit = faults_ && faults_->hits();
  if (hit && faults_->fault() == Fault::statement)
    deferred_.emplace_back("select 1/0 /* a fault on purpose */");
  if (hit && faults_->fault() == Fault::transaction && connection_) ::shutdown(socket(), SHUT_RDWR);
  const auto kept = opening_ ? deferred_ : std::vector<std::string>{};
  PostgresResult result;
  try {
    result = exchange_once(prepared, parameters, deadline);
  } catch (const NoAnswer&) {
    throw;
  } catch (const StorageError&) {
    // The server was restarted since the last batch: nothing of this one has happened, so it goes once more.
    if (!opening_ || connection_) throw;
    deferred_ = kept;
    broken_ = false;
    result = exchange_once(prepared, parameters, deadline);
  }
  if (hit && faults_->fault() == Fault::answer) {
    ::shutdown(socket(), SHUT_RDWR);
    fail_connection("a fault on purpose");
  }
  return result;
}

PostgresResult PostgresConnection::exchange_once(Prepared* prepared, const Parameters& parameters,
                                                 SteadyTime deadline) {
  connect();
  send(prepared, parameters);
  if (deadline != SteadyTime::max()) {
    deadline = std::max(deadline, std::chrono::steady_clock::now()) + answer_margin +
               (opening_ ? lock_wait : std::chrono::milliseconds{0});
  }
  auto result = receive(prepared, deadline);
  if (std::exchange(opening_, false)) opened_ = true;
  return result;
}

void PostgresConnection::send(Prepared* prepared, const Parameters& parameters) {
  auto* connection = connection_.get();
  bool ok = true;
  for (const auto& command : deferred_) {
    ok = ok && PQsendQueryParams(connection, command.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
  }
  if (prepared) {
    const auto count = static_cast<int>(parameters.values.size());
    if (!prepared->known) {
      ok = ok && PQsendPrepare(connection, prepared->name.c_str(), prepared->parsed.text.c_str(), count,
                               prepared->types.data()) == 1;
    }
    ok = ok && PQsendQueryPrepared(connection, prepared->name.c_str(), count, parameters.values.data(),
                                   parameters.lengths.data(), parameters.formats.data(), 1) == 1;
  }
  ok = ok && PQpipelineSync(connection) == 1 && PQflush(connection) >= 0;
  if (!ok) fail_connection("send");
}

// Takes the answers to all that was sent, up to the end of the pipeline; returns the last one. The first
// error stands for those that follow from it.
PostgresResult PostgresConnection::receive(Prepared* prepared, SteadyTime deadline) {
  const auto deferred = std::exchange(deferred_, {});
  const auto expected = deferred.size() + (prepared ? (prepared->known ? 1 : 2) : 0);
  PostgresResult last;
  PostgresResult error;
  std::size_t error_at = 0;
  for (std::size_t i = 0; i < expected; ++i) {
    auto result = next_result(deadline);
    if (!error && !succeeded(result.get())) {
      error = std::move(result);
      error_at = i;
    } else if (!error) {
      if (prepared && i == deferred.size()) prepared->known = true;
      last = std::move(result);
    }
    if (next_result(deadline)) fail_connection("an answer too many");  // the end of this one
  }
  if (PQresultStatus(next_result(deadline).get()) != PGRES_PIPELINE_SYNC)
    fail_connection("the end of the answers");
  if (error) {
    if (error_at < deferred.size()) broken_ = true;
    fail(error.get(), error_at < deferred.size() ? deferred[error_at] : prepared->parsed.text);
  }
  return last;
}

PostgresResult PostgresConnection::next_result(SteadyTime deadline) {
  auto* connection = connection_.get();
  while (PQisBusy(connection) != 0) {
    if (!wait_readable(deadline)) {
      close();
      broken_ = true;
      throw NoAnswer("no answer from PostgreSQL in time", true);
    }
    if (PQconsumeInput(connection) == 0) fail_connection("receive");
  }
  PostgresResult result{PQgetResult(connection)};
  if (PQstatus(connection) == CONNECTION_BAD) fail_connection("receive");
  return result;
}

bool PostgresConnection::wait_readable(SteadyTime deadline) {
  while (true) {
    const int unsent = PQflush(connection_.get());
    if (unsent < 0) fail_connection("send");
    int timeout = -1;
    if (deadline != SteadyTime::max()) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      timeout = static_cast<int>(std::min<std::int64_t>(left.count(), 60'000));
    }
    pollfd waiting{socket(), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
    const int ready = ::poll(&waiting, 1, timeout);
    if (ready < 0 && errno != EINTR) fail_connection("poll");
    if (ready > 0 && (waiting.revents & ~POLLOUT) != 0) return true;
  }
}

void PostgresConnection::fail_connection(std::string_view where) {
  const auto why = trimmed_message(PQerrorMessage(connection_.get()));
  close();
  broken_ = true;
  throw StorageError("lost the connection to PostgreSQL (" + std::string{where} + "): " + why, true);
}

void PostgresConnection::fail(const pg_result* result, std::string_view where) {
  const std::string state{state_of(result)};
  // Only the primary message: the detail names values.
  const char* said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string text = std::string{said ? said : PQresultErrorMessage(result)} + " (" + state +
                           ") at: " + std::string{where.substr(0, 500)};
  const bool lost = broken_;
  const auto kind = std::string_view{state}.substr(0, 2);
  if (kind == "23") throw ConstraintError(text, lost);
  if (state == "57014") throw BudgetError("past the budget of time: " + text, lost);
  if (state == "0A000" && text.find("cached plan") != std::string::npos) {
    close();  // a migration changed a table under this program; the next connection prepares anew
    broken_ = true;
    throw StorageError(text, true);
  }
  if (state == "42501" || where.ends_with("on purpose */")) throw StorageError(text, lost);
  // What is wrong with the statement or its values is a bug, not a broken engine.
  if (kind == "42" || kind == "22" || state == "25006") throw std::logic_error(text);
  throw StorageError(text, lost);
}

}  // namespace doorstep::storage
