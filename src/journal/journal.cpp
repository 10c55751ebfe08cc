#include "journal/journal.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace doorstep {

namespace {

struct HeadRow {
  std::int64_t seq = 0;
  Instant at;
  std::int64_t next_id = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (seq, at, next_id))

}  // namespace

Journal::Journal(storage::Store& store, const KeyRing& keys, Entropy& entropy, const Clock& clock)
    : store_(store), keys_(keys), entropy_(entropy), clock_(clock) {
  store_.set_hooks({
      .opened = [this](storage::Sql& sql) { open_batch(sql); },
      .closing = [this](storage::Sql& sql) { close_batch(sql); },
      .committed =
          [this] {
            for (const auto& listener : listeners_) listener();
          },
  });
  store_.read_now([this](storage::Sql& sql) {
    newest_ = sql.value<std::int64_t>("select at from journal_head where one = 1");
  });
}

void Journal::open_batch(storage::Sql& sql) {
  const auto row = sql.one<HeadRow>("select seq, at, next_id from journal_head where one = 1");
  head_ = written_ = Head{row.seq, row.at, row.next_id};
}

void Journal::close_batch(storage::Sql& sql) {
  if (head_.seq == written_.seq && head_.at == written_.at && head_.next_id == written_.next_id) return;
  sql.run("update journal_head set seq = :seq, at = :at, next_id = :next_id where one = 1",
          {{"seq", head_.seq}, {"at", head_.at}, {"next_id", head_.next_id}});
}

void Journal::perform(storage::Sql& sql, const Command& command) {
  const auto at = std::max(clock_.now(), head_.at);
  Transaction tx{sql, keys_, entropy_, head_};
  command(tx, at);
  tx.finish(at);
  head_.at = at;
  newest_ = at.micros;
}

void Journal::write(Command command, Done done) {
  store_.write([this, command = std::move(command)](storage::Sql& sql) { perform(sql, command); },
               std::move(done));
}

void Journal::read(Query query, Done done) {
  store_.read(
      [this, query = std::move(query)](storage::Sql& sql) {
        Snapshot snapshot{sql, keys_};
        query(snapshot, now());
      },
      std::move(done));
}

void Journal::write_now(const Command& command) {
  store_.write_now([&](storage::Sql& sql) { perform(sql, command); });
}

void Journal::read_now(const Query& query) {
  store_.read_now([&](storage::Sql& sql) {
    Snapshot snapshot{sql, keys_};
    query(snapshot, now());
  });
}

void Journal::on_commit(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }

void Journal::on_timer(std::string kind, TimerHandler handler) {
  timer_handlers_.insert_or_assign(std::move(kind), std::move(handler));
}

Instant Journal::now() const { return std::max(clock_.now(), Instant{newest_.load()}); }

Microseconds Journal::clock_behind() const {
  return std::max(Microseconds{0}, Instant{newest_.load()} - clock_.now());
}

}  // namespace doorstep
