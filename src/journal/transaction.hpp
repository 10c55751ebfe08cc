// What a query and a command are given: a town's tables, and for commands what they may leave behind.
//
//   Snapshot     reads.
//   Transaction  reads and writes; leaves events, messages and timers. All of it is kept or rolled back
//   together.
//
// Neither sees HTTP, the clock or the engine. A command may run more than once (its batch was lost): it must
// have no effect but what it does through its Transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "journal/caller.hpp"
#include "storage/sql.hpp"

namespace doorstep {

class KeyRing;
class Entropy;

using storage::Bind;
using storage::Binds;

// Where an event is heard: "hall:hl_3", "case:cs_8".
struct Topic {
  std::string name;
};

template <class Tag>
Topic topic(std::string_view kind, Id<Tag> id) {
  return {std::string{kind} + ":" + to_string(id)};
}

enum class Channel { phone, email, hook };
BOOST_DESCRIBE_ENUM(Channel, phone, email, hook)

// A message to someone outside, delivered at least once after the commit, in order for each recipient.
struct Message {
  Channel channel{};
  std::string recipient;                  // a phone number, a mail address, a URL; sealed at rest
  std::string subject;                    // no personal data: it is stored as it is
  std::string body;                       // sealed at rest
  std::optional<Instant> deliver_before;  // too late, it does harm: expires instead
};

class Snapshot {
 public:
  Snapshot(storage::Sql& sql, const KeyRing& keys) : sql_(sql), keys_(keys) {}
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  template <class Row>
  std::vector<Row> all(std::string_view statement, Binds binds = {}) {
    ++statements_;
    return sql_.all<Row>(statement, binds);
  }
  template <class Row>
  std::optional<Row> maybe(std::string_view statement, Binds binds = {}) {
    ++statements_;
    return sql_.maybe<Row>(statement, binds);
  }
  template <class Row>
  Row one(std::string_view statement, Binds binds = {}) {
    ++statements_;
    return sql_.one<Row>(statement, binds);
  }
  template <class T>
  T value(std::string_view statement, Binds binds = {}) {
    ++statements_;
    return sql_.value<T>(statement, binds);
  }

  const KeyRing& keys() const { return keys_; }
  storage::Sql& sql() { return sql_; }
  int statements() const {
    return statements_;
  }  // run so far; what an endpoint's stated cost is held against

 protected:
  storage::Sql& sql_;
  const KeyRing& keys_;
  int statements_ = 0;
};

// The writer's head, read when a batch opens and written before it commits; see Journal.
struct Head {
  std::int64_t seq = 0;
  Instant at;
  std::int64_t next_id = 0;
};

class Transaction : public Snapshot {
 public:
  Transaction(storage::Sql& sql, const KeyRing& keys, Entropy& entropy, Head& head)
      : Snapshot(sql, keys), entropy_(entropy), head_(head) {}

  // Returns the number of rows changed.
  std::int64_t run(std::string_view statement, Binds binds = {}) {
    ++statements_;
    return sql_.run(statement, binds);
  }

  template <class SomeId>
  SomeId new_id() {
    return SomeId{head_.next_id++};
  }

  // 128 random bits as 22 characters: what opens something without a sign-in.
  std::string new_token();

  // `Event` is described and has a static constexpr std::string_view kind. It carries no personal data:
  // whoever may hear the topic hears all of it.
  template <class Event>
  void emit(const Topic& topic, const Event& event) {
    events_.push_back({std::string{Event::kind}, topic.name, write_json(event)});
  }

  void send(const Message& message, Instant at);

  // Sets (or moves) the timer of that kind and key. It fires once, not before `due`, as a command of its own.
  void set_timer(std::string_view kind, std::string_view key, Instant due, std::string_view body_json = "{}");
  void clear_timer(std::string_view kind, std::string_view key);

  // Called once by the journal when the command has succeeded: gives the events their seq.
  void finish(Instant at);

 private:
  struct Pending {
    std::string kind, topic, body;
  };

  Entropy& entropy_;
  Head& head_;
  std::vector<Pending> events_;
};

// Throws Problem version_differs unless both are the same.
void require_version(std::int64_t found, std::int64_t wished);

}  // namespace doorstep
