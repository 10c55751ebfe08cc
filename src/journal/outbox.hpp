// The outbox: messages to people and programs outside, left by commands and delivered after their commit.
//
// Rules
//   At least once: each goes out with its id, the same at each try.
//   In order for each recipient of a channel: a message waits until the one before it has ended. Only the
//   first of a
//     recipient has a next_try_at; when it ends, the next one is given its turn.
//   Never late: what was not sent by its deliver_before expires.
//   Claimed by a lease: what a process took and did not report on is free again after `lease`, so a crash
//   loses nothing,
//     and several processes may serve one town.
//   A failure is tried again with growing, jittered pauses; after attempts_max, or when refused for good, the
//   message is
//     dead until someone looks after it. Delivered and expired ones lose recipient and body: personal data is
//     a liability.
// What goes wrong: a process that is cut off between sending and reporting sends again later.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "journal/channels.hpp"
#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep {

struct MessageTag {
  static constexpr std::string_view prefix = "mg";
};
using MessageId = Id<MessageTag>;

namespace outbox {

inline constexpr int attempts_max = 12;
inline constexpr Microseconds backoff_first = std::chrono::seconds{10};
inline constexpr Microseconds backoff_most = std::chrono::hours{1};
inline constexpr int claim_max = 16;
inline constexpr int expire_max = 100;  // by one command
inline constexpr Microseconds lease = std::chrono::minutes{2};
static_assert(lease > 2 * std::chrono::seconds{send_time_most});
inline constexpr Microseconds ended_kept_for = std::chrono::days{30};
inline constexpr std::size_t recipient_bytes_max = 2'000;
inline constexpr std::size_t subject_bytes_max = 500;
inline constexpr std::size_t body_bytes_max = 32'000;

// What a recipient's messages are kept in order by, without knowing who it is. `channel` by its name.
std::string recipient_key(const KeyRing& keys, std::string_view channel, std::string_view recipient);

// What Transaction::send does: one statement. A message past its bounds is a bug and throws std::logic_error.
void put(Transaction& tx, const Message& message, Instant at);

// A dead message as its keeper sees it, without whom it was for.
struct DeadMessage {
  MessageId id;
  Channel channel{};
  std::string subject;
  int attempts = 0;
  Instant created_at;
  Instant ended_at;
  std::string last_error;
};

// The oldest first, after the given id. One statement.
std::vector<DeadMessage> dead_messages(Snapshot& snapshot, MessageId after, int limit);
// Has it tried afresh, after what is being sent to that recipient and before what waits. One that is past its
// deliver_before expires instead. False when there is no such dead message. Two statements.
bool retry(Transaction& tx, MessageId id, Instant at);
// Drops messages that ended (delivered, expired or dead) longer ago than ended_kept_for, at most `limit`;
// returns how many. One statement.
std::int64_t forget_ended(Transaction& tx, Instant at, int limit);

}  // namespace outbox

class OutboxRunner {
 public:
  using Transports = std::map<Channel, std::unique_ptr<Transport>>;

  // A channel without a transport keeps its messages waiting. Several lanes a channel, so that a recipient
  // that does not answer does not hold up all others.
  OutboxRunner(Journal& journal, Transports transports, int lanes = lanes_usual);
  ~OutboxRunner();
  OutboxRunner(const OutboxRunner&) = delete;
  OutboxRunner& operator=(const OutboxRunner&) = delete;

  // Runs on its own threads from now on. `stop` lets the message
  // that is being sent end, and gives back the others.
  void start();
  void stop();

  // Delivers what is due now, until nothing is; for tests and tools. Returns how many were tried.
  int deliver_due();

  static constexpr int lanes_usual = 2;
  static constexpr std::chrono::milliseconds poll_interval{1'000};

 private:
  struct Claimed;

  int round(Channel channel, Transport& transport);
  bool anything_due(Channel channel);
  std::vector<Claimed> claim(Channel channel);
  void send_one(const Claimed& claimed, Transport& transport);
  void record(const Claimed& claimed, const Delivery& delivery);
  void expire(const Claimed& claimed);
  void give_back(const Claimed& claimed);

  Journal& journal_;
  Transports transports_;
  std::atomic<bool> stopping_ = false;
  std::vector<std::unique_ptr<Worker>> lanes_;  // last: their threads use all of the above
};

}  // namespace doorstep
