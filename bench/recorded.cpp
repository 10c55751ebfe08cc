#include "bench/recorded.hpp"

#include <stdexcept>

#include "api/api.hpp"
#include "app/town.hpp"
#include "app/town_keys.hpp"
#include "app/wiring.hpp"
#include "base/crypto.hpp"
#include "bench/bench_town.hpp"
#include "http/test_client.hpp"
#include "journal/feed.hpp"
#include "journal/files.hpp"
#include "storage/dialect.hpp"

namespace doorstep::bench {

namespace {

Value owned(const storage::Bound& bound) {
  if (const auto* number = std::get_if<std::int64_t>(&bound.value)) return *number;
  if (const auto* real = std::get_if<double>(&bound.value)) return *real;
  if (const auto* text = std::get_if<std::string>(&bound.value)) return *text;
  if (const auto* view = std::get_if<std::string_view>(&bound.value)) return std::string{*view};
  if (const auto* bytes = std::get_if<storage::BytesView>(&bound.value)) {
    return storage::Bytes(bytes->data, bytes->data + bytes->size);
  }
  return std::monostate{};
}

class RecordingSql : public storage::Sql {
 public:
  RecordingSql(storage::Sql& sql, std::vector<Statement>& statements) : sql_(sql), statements_(statements) {}

  storage::Engine engine() const override { return sql_.engine(); }
  std::int64_t run(std::string_view statement, std::span<const storage::Bind> binds) override {
    note(statement, binds);
    return sql_.run(statement, binds);
  }
  void query(std::string_view statement, std::span<const storage::Bind> binds,
             FunctionRef<void(storage::Rows&)> each) override {
    note(statement, binds);
    sql_.query(statement, binds, each);
  }

 private:
  void note(std::string_view statement, std::span<const storage::Bind> binds) {
    const auto parsed = storage::parse(statement, sql_.engine(), binds);
    Statement noted{parsed.text, {}, {}};
    for (std::size_t i = 0; i < parsed.parameters.size(); ++i) {
      const auto& parameter = parsed.parameters[i];
      const auto& bound = storage::bind_for(parsed, i, binds);
      for (std::size_t k = 0; k < parameter.count; ++k) {
        noted.names.push_back(parameter.name);
        noted.values.push_back(owned(parameter.list ? storage::list_item(bound, k) : bound));
      }
    }
    statements_.push_back(std::move(noted));
  }

  storage::Sql& sql_;
  std::vector<Statement>& statements_;
};

// Passes everything on, and takes down what the writer runs.
class RecordingStore : public storage::Store {
 public:
  explicit RecordingStore(storage::Store& store) : store_(store) {}

  void write(Work work, Done done) override {
    store_.write(
        [this, work = std::move(work)](storage::Sql& sql) {
          statements.ticket.clear();
          RecordingSql recording{sql, statements.ticket};
          work(recording);
        },
        std::move(done));
  }
  void read(Work work, Done done) override { store_.read(std::move(work), std::move(done)); }
  storage::Engine engine() const override { return store_.engine(); }
  void set_hooks(storage::BatchHooks hooks) override {
    store_.set_hooks({.opened = recorded(std::move(hooks.opened), statements.opening),
                      .closing = recorded(std::move(hooks.closing), statements.closing),
                      .committed = std::move(hooks.committed)});
  }
  storage::Counts counts() const override { return store_.counts(); }
  void ping() override { store_.ping(); }
  void on_hint(std::function<void()> hint) override { store_.on_hint(std::move(hint)); }

  TicketStatements statements;

 private:
  static std::function<void(storage::Sql&)> recorded(std::function<void(storage::Sql&)> hook,
                                                     std::vector<Statement>& statements) {
    return [hook = std::move(hook), &statements](storage::Sql& sql) {
      statements.clear();
      RecordingSql recording{sql, statements};
      hook(recording);
    };
  }

  storage::Store& store_;
};

std::string padded(std::string_view word, std::int64_t n) {
  constexpr std::size_t token_length = 43;  // as a keyed hash and a token have
  auto text = std::string{word} + std::to_string(n);
  text.resize(token_length, '_');
  return text;
}

}  // namespace

TicketStatements record_ticket(const app::Config& config, const std::string& first_request,
                               const std::string& request) {
  const auto store = app::open_town_store(config);
  const auto keys = app::open_ring(config, *store, system_clock());
  RecordingStore recording{*store};
  Journal journal{recording, keys, system_entropy(), system_clock()};
  Feed feed{journal};
  api::Api api{journal, feed, {}};
  const auto files = FileStore::in_folder(journal, config.data / "files");
  app::add_all_routes(api, *files);
  http::Options options;
  options.listen = "127.0.0.1:0";
  http::Server server{
      options, [&](const http::Request& asked, http::Reply& reply) { return api.handle(asked, reply); },
      api::Api::refusal};
  server.start();
  {
    // The first of a line's day also sets a timer: the second is the usual one.
    http::testing::Client client{server.port()};
    for (const auto& text : {first_request, request}) {
      const auto answer = client.ask(text);
      if (answer.status != 201) throw std::runtime_error("no ticket to take down: " + answer.body);
    }
  }
  server.stop(std::chrono::milliseconds{0});
  feed.stop();
  return std::move(recording.statements);
}

std::vector<Value> values_for(const Statement& statement, std::int64_t n, const std::string& hall_id) {
  constexpr std::int64_t beyond = 1'000'000'000;  // all that the town has given itself
  const auto line = static_cast<std::size_t>(n) % lines;
  const std::string group{groups[line % std::size(groups)]};
  auto values = statement.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& name = statement.names[i];
    if (name == "id" || name == "seq" || name == "next_id") values[i] = beyond + n;
    if (name == "ordinal") values[i] = beyond + n;
    if (name == "key" || name == "device" || name == "token_hash") values[i] = padded(name, n);
    if (name == "hall") values[i] = parse_id("hl", hall_id).value();
    if (name == "prefix") values[i] = group;
    if (name == "service") values[i] = "service" + group;
    if (name == "topic") values[i] = "hall:" + hall_id;
  }
  return values;
}

}  // namespace doorstep::bench
