#include "journal/outbox.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/enums.hpp"
#include "base/limits.hpp"
#include "base/log.hpp"
#include "base/sealed.hpp"
#include "journal/bytes.hpp"
#include "journal/tries.hpp"

namespace doorstep {

namespace outbox {

namespace {

// Bound to its row and column: moved to another, it does not open.
std::string bound(MessageId id, std::string_view column) { return bound_text({"outbox", column, id.value}); }

// Gives the recipient's oldest waiting message its turn, unless one has it already.
void promote(Transaction& tx, std::string_view recipient_key, Instant at) {
  tx.run(
      "update outbox set next_try_at = :at"
      " where id = (select min(id) from outbox where recipient_key = :recipient_key and state = 'waiting')"
      " and not exists (select 1 from outbox where recipient_key = :recipient_key and state = 'waiting'"
      " and next_try_at is not null)",
      {{"at", at}, {"recipient_key", recipient_key}});
}

void check_bounds(const Message& message) {
  const bool within = !message.recipient.empty() && message.recipient.size() <= recipient_bytes_max &&
                      message.subject.size() <= subject_bytes_max && message.body.size() <= body_bytes_max;
  if (!within) throw std::logic_error{"a message past its bounds"};
}

}  // namespace

std::string recipient_key(const KeyRing& keys, std::string_view channel, std::string_view recipient) {
  return keys.keyed_hash("outbox", std::string{channel} + ":" + std::string{recipient});
}

void put(Transaction& tx, const Message& message, Instant at) {
  check_bounds(message);
  const auto id = tx.new_id<MessageId>();
  const auto key = recipient_key(tx.keys(), name_of(message.channel), message.recipient);
  const auto recipient = tx.keys().seal(message.recipient, bound(id, "recipient"), system_entropy());
  const auto body = tx.keys().seal(message.body, bound(id, "body"), system_entropy());
  tx.run(
      "insert into outbox (id, channel, recipient_key, recipient, subject, body, state, attempts, created_at,"
      " next_try_at, deliver_before)"
      " values (:id, :channel, :recipient_key, :recipient, :subject, :body, 'waiting', 0, :at,"
      " case when exists (select 1 from outbox where recipient_key = :recipient_key and state = 'waiting')"
      " then null else :at end, :deliver_before)",
      {{"id", id},
       {"channel", message.channel},
       {"recipient_key", key},
       {"recipient", as_column(recipient)},
       {"subject", message.subject},
       {"body", as_column(body)},
       {"at", at},
       {"deliver_before", message.deliver_before}});
}

namespace {

struct KeyRow {
  std::string recipient_key;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (recipient_key))

struct DeadRow {
  MessageId id;
  Channel channel{};
  std::string subject;
  int attempts = 0;
  Instant created_at;
  Instant ended_at;
  std::optional<std::string> last_error;
};
BOOST_DESCRIBE_STRUCT(DeadRow, (), (id, channel, subject, attempts, created_at, ended_at, last_error))

}  // namespace

std::vector<DeadMessage> dead_messages(Snapshot& snapshot, MessageId after, int limit) {
  auto rows = snapshot.all<DeadRow>(
      "select id, channel, subject, attempts, created_at, ended_at, last_error from outbox"
      " where state = 'dead' and id > :after order by id limit :limit",
      {{"after", after}, {"limit", limit}});
  std::vector<DeadMessage> dead;
  dead.reserve(rows.size());
  for (auto& row : rows) {
    dead.push_back({row.id, row.channel, std::move(row.subject), row.attempts, row.created_at, row.ended_at,
                    std::move(row.last_error).value_or("")});
  }
  return dead;
}

bool retry(Transaction& tx, MessageId id, Instant at) {
  const auto dead =
      tx.maybe<KeyRow>("select recipient_key from outbox where id = :id and state = 'dead'", {{"id", id}});
  if (!dead) return false;
  tx.run(
      "update outbox set state = 'waiting', attempts = 0, ended_at = null, next_try_at = null, claimed_until = null"
      " where id = :id",
      {{"id", id}});
  promote(tx, dead->recipient_key, at);
  return true;
}

std::int64_t forget_ended(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from outbox where id in"
      " (select id from outbox where ended_at is not null and ended_at < :before order by ended_at limit :limit)",
      {{"before", at - ended_kept_for}, {"limit", limit}});
}

}  // namespace outbox

// A message that this process has taken, and until when.
struct OutboxRunner::Claimed {
  MessageId id;
  Channel channel{};
  std::string recipient_key;
  storage::Bytes recipient;
  std::string subject;
  storage::Bytes body;
  int attempts = 0;  // with the one that begins; tells our claim from a later one
  Instant created_at;
  std::optional<Instant> deliver_before;
};

namespace {

// Every town counts its messages from the same number, and so does one that begins anew with its old key. Who
// receives from several of them tells the messages apart by the town's key and the instant; the hash gives
// away neither.
std::string unique_id(const KeyRing& keys, MessageId id, Instant created_at) {
  const auto name = to_string(id);
  const auto text = name + ' ' + std::to_string(created_at.micros);
  return name + '.' + keys.keyed_hash("message", text).substr(0, token_chars);
}

struct DueRow {
  MessageId id;
  std::string recipient_key;
  storage::Bytes recipient;
  std::string subject;
  storage::Bytes body;
  int attempts = 0;
  Instant created_at;
  std::optional<Instant> deliver_before;
};
BOOST_DESCRIBE_STRUCT(DueRow, (),
                      (id, recipient_key, recipient, subject, body, attempts, created_at, deliver_before))

struct ExpiringRow {
  MessageId id;
  std::string recipient_key;
};
BOOST_DESCRIBE_STRUCT(ExpiringRow, (), (id, recipient_key))

struct HoldRow {
  Instant claimed_until;
};
BOOST_DESCRIBE_STRUCT(HoldRow, (), (claimed_until))

// Ends a message that waits; false when it has ended already. Only what may be tried again keeps its content.
bool end(Transaction& tx, MessageId id, std::string_view recipient_key, std::string_view state,
         std::string_view error, Instant at) {
  const std::optional<std::string> last_error =
      error.empty() ? std::nullopt : std::optional{std::string{error}};
  const storage::Bytes nothing;
  const auto ended =
      state == "dead"
          ? tx.run(
                "update outbox set state = 'dead', ended_at = :at, claimed_until = null, last_error = :error"
                " where id = :id and state = 'waiting'",
                {{"at", at}, {"error", last_error}, {"id", id}})
          : tx.run(
                "update outbox set state = :state, ended_at = :at, claimed_until = null, last_error = :error,"
                " recipient = :nothing, body = :nothing where id = :id and state = 'waiting'",
                {{"state", state}, {"at", at}, {"error", last_error}, {"nothing", nothing}, {"id", id}});
  if (ended == 1) outbox::promote(tx, recipient_key, at);
  return ended == 1;
}

// What is being sent is not touched: it may have gone out.
void expire_late(Transaction& tx, Instant at) {
  const auto late = tx.all<ExpiringRow>(
      "select id, recipient_key from outbox where state = 'waiting' and deliver_before <= :at"
      " and (claimed_until is null or claimed_until <= :at) order by deliver_before limit :limit",
      {{"at", at}, {"limit", outbox::expire_max}});
  for (const auto& row : late) end(tx, row.id, row.recipient_key, "expired", "", at);
}

// Spread by a fifth to either side, so that those who failed together do not come back together. Made from
// the message, not from chance: a replay waits alike.
Microseconds jittered(Microseconds pause, MessageId id, int attempts) {
  auto mixed =
      static_cast<std::uint64_t>(id.value) * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(attempts);
  mixed = (mixed ^ mixed >> 30U) * 0xBF58476D1CE4E5B9U;
  mixed ^= mixed >> 31U;
  const auto percent = static_cast<std::int64_t>(80 + mixed % 41);
  return pause * percent / 100;
}

Microseconds pause_after(MessageId id, int attempts, std::optional<std::chrono::seconds> wished) {
  auto pause = jittered(backoff(attempts, outbox::backoff_first, outbox::backoff_most), id, attempts);
  if (wished)
    pause = std::max(pause, Microseconds{std::min(*wished, std::chrono::duration_cast<std::chrono::seconds>(
                                                               outbox::backoff_most))});
  return std::min(pause, outbox::backoff_most);
}

}  // namespace

OutboxRunner::OutboxRunner(Journal& journal, Transports transports, int lanes)
    : journal_(journal), transports_(std::move(transports)) {
  for (const auto& entry : transports_) {
    const auto channel = entry.first;
    auto& transport = *entry.second;
    for (int lane = 0; lane < lanes; ++lane) {
      const auto name = "outbox_" + std::string{name_of(channel)};
      lanes_.push_back(std::make_unique<Worker>(name, [this, channel, &transport] {
        return round(channel, transport) > 0 ? Worker::Duration::zero() : Worker::Duration{poll_interval};
      }));
      journal_.on_commit(lanes_.back()->waker());
    }
  }
}

OutboxRunner::~OutboxRunner() { stop(); }

void OutboxRunner::start() {
  for (auto& lane : lanes_) lane->start();
}

void OutboxRunner::stop() {
  stopping_ = true;
  for (auto& lane : lanes_) lane->stop();
}

int OutboxRunner::deliver_due() {
  int tried = 0;
  for (int last = -1; last != tried;) {
    last = tried;
    for (auto& [channel, transport] : transports_) tried += round(channel, *transport);
  }
  return tried;
}

int OutboxRunner::round(Channel channel, Transport& transport) {
  // Most wakes find nothing; a look costs no commit.
  if (!anything_due(channel)) return 0;
  const auto claimed = claim(channel);
  for (const auto& message : claimed) {
    if (stopping_) {
      give_back(message);
    } else {
      send_one(message, transport);
    }
  }
  return static_cast<int>(claimed.size());
}

bool OutboxRunner::anything_due(Channel channel) {
  bool found = false;
  journal_.read_now([&](Snapshot& snapshot, Instant at) {
    found = snapshot.value<bool>(
        "select case when exists (select 1 from outbox where state = 'waiting' and channel = :channel"
        " and next_try_at <= :at and (claimed_until is null or claimed_until <= :at))"
        " or exists (select 1 from outbox where state = 'waiting' and deliver_before <= :at"
        " and (claimed_until is null or claimed_until <= :at)) then 1 else 0 end",
        {{"channel", channel}, {"at", at}});
  });
  return found;
}

std::vector<OutboxRunner::Claimed> OutboxRunner::claim(Channel channel) {
  std::vector<Claimed> claimed;
  journal_.write_now([&](Transaction& tx, Instant at) {
    claimed.clear();
    expire_late(tx, at);
    auto rows = tx.all<DueRow>(
        "select id, recipient_key, recipient, subject, body, attempts, created_at, deliver_before from outbox"
        " where state = 'waiting' and channel = :channel and next_try_at <= :at"
        " and (claimed_until is null or claimed_until <= :at) order by next_try_at, id limit :limit",
        {{"channel", channel}, {"at", at}, {"limit", outbox::claim_max}});
    for (auto& row : rows) {
      // Each of its tries ended the process, or lost its way back.
      if (row.attempts >= outbox::attempts_max) {
        end(tx, row.id, row.recipient_key, "dead", "no try was ever reported on", at);
        continue;
      }
      tx.run("update outbox set claimed_until = :until, attempts = attempts + 1 where id = :id",
             {{"until", at + outbox::lease}, {"id", row.id}});
      claimed.push_back({row.id, channel, std::move(row.recipient_key), std::move(row.recipient),
                         std::move(row.subject), std::move(row.body), row.attempts + 1, row.created_at,
                         row.deliver_before});
    }
  });
  return claimed;
}

void OutboxRunner::send_one(const Claimed& claimed, Transport& transport) {
  std::optional<HoldRow> hold;
  Instant now;
  journal_.read_now([&](Snapshot& snapshot, Instant at) {
    now = at;
    hold = snapshot.maybe<HoldRow>(
        "select claimed_until from outbox where id = :id and state = 'waiting' and attempts = :attempts"
        " and claimed_until is not null",
        {{"id", claimed.id}, {"attempts", claimed.attempts}});
  });
  if (!hold) return;  // we were slow, and another process has it
  if (claimed.deliver_before && *claimed.deliver_before <= now) return expire(claimed);
  // What is left of the lease must last for the sending, or another process sends it, too.
  if (hold->claimed_until - now < Microseconds{send_time_most}) return give_back(claimed);

  Delivery delivery;
  try {
    const auto& keys = journal_.keys();
    delivery = transport.deliver(
        {to_string(claimed.id), unique_id(keys, claimed.id, claimed.created_at), claimed.channel,
         keys.open(as_text(claimed.recipient), outbox::bound(claimed.id, "recipient")), claimed.subject,
         keys.open(as_text(claimed.body), outbox::bound(claimed.id, "body")), claimed.created_at, now});
  } catch (const SealError& failure) {
    delivery = Undeliverable{failure.what()};
  } catch (const std::exception& failure) {
    delivery = TryAgain{failure.what(), std::nullopt};
  }
  record(claimed, delivery);
}

void OutboxRunner::record(const Claimed& claimed, const Delivery& delivery) {
  std::string outcome;
  std::string why;
  journal_.write_now([&](Transaction& tx, Instant at) {
    outcome = "delivered";
    // Whoever holds the claim now: it has gone out.
    if (std::holds_alternative<Delivered>(delivery)) {
      end(tx, claimed.id, claimed.recipient_key, "delivered", "", at);
      return;
    }
    const auto* again = std::get_if<TryAgain>(&delivery);
    why = short_error(again ? again->why : std::get<Undeliverable>(delivery).why);
    const bool dead = !again || claimed.attempts >= outbox::attempts_max;
    outcome = dead ? "dead" : "waiting";
    const auto next = at + pause_after(claimed.id, claimed.attempts, again ? again->after : std::nullopt);
    // Unless the lease ended and another process has it.
    const auto ours = tx.run(
        "update outbox set next_try_at = :next, claimed_until = null, last_error = :error"
        " where id = :id and state = 'waiting' and attempts = :attempts",
        {{"next", next}, {"error", why}, {"id", claimed.id}, {"attempts", claimed.attempts}});
    if (ours == 1 && dead) end(tx, claimed.id, claimed.recipient_key, "dead", why, at);
  });
  if (outcome == "delivered") return;
  log_warning(outcome == "dead" ? "message_dead" : "message_not_delivered",
              {{"message", to_string(claimed.id)},
               {"channel", name_of(claimed.channel)},
               {"attempts", std::to_string(claimed.attempts)},
               {"why", why}});
}

void OutboxRunner::expire(const Claimed& claimed) {
  journal_.write_now(
      [&](Transaction& tx, Instant at) { end(tx, claimed.id, claimed.recipient_key, "expired", "", at); });
}

void OutboxRunner::give_back(const Claimed& claimed) {
  journal_.write_now([&](Transaction& tx, Instant) {
    tx.run(
        "update outbox set claimed_until = null, attempts = attempts - 1"
        " where id = :id and state = 'waiting' and attempts = :attempts",
        {{"id", claimed.id}, {"attempts", claimed.attempts}});
  });
}

}  // namespace doorstep
