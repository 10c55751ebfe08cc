// The feed: hands events that were committed to those who
// listen, in the order of seq, each once, with resume.
//
// One thread owns all subscriptions and reads the events table: after a commit of this process, on a hint
// from another one, and every second in any case, for hints may be lost. So a subscriber never misses or
// repeats an event, whichever process wrote it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep {

// What a listener is: told events as ready-made text, shared among all who hear the same one.
class Listener {
 public:
  virtual ~Listener() = default;
  // False: the listener is gone and is dropped.
  virtual bool hear(const std::shared_ptr<const std::string>& chunk) = 0;
  virtual bool gone() const = 0;
};

class Feed {
 public:
  explicit Feed(Journal& journal);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // Hears the topics from now on. With `after`, first what was missed since that
  // seq; when that is more than backlog_max, or unknown here, a "reset" instead:
  // fetch everything anew. Without `after` a "reset" comes first, too.
  void listen(std::vector<std::string> topics, std::optional<std::int64_t> after,
              std::shared_ptr<Listener> listener);

  void stop() { worker_.stop(); }

  static constexpr int backlog_max = 500;
  static constexpr int batch_max = 500;

 private:
  struct Subscription {
    std::vector<std::string> topics;
    std::optional<std::int64_t> after;
    std::shared_ptr<Listener> listener;
  };

  Worker::Duration round();
  void admit_arriving();
  bool catch_up(const Subscription& subscription);
  void deliver_new();
  void drop_gone();

  Journal& journal_;
  // Only on the feed's thread:
  std::int64_t delivered_ = 0;
  std::map<std::string, std::vector<std::shared_ptr<Listener>>, std::less<>> topics_;
  Instant swept_at_;

  std::mutex mutex_;
  std::vector<Subscription> arriving_;
  Worker worker_;  // last: its thread uses all of the above
};

// An event as a server-sent event.
std::string event_chunk(std::int64_t seq, Instant at, std::string_view kind, std::string_view body_json);

}  // namespace doorstep
