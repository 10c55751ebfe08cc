// The stream that a handler sends events to: a queue of shared
// chunks between any thread and the connection's.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/exchange.hpp"
#include "http/http.hpp"

namespace doorstep::http {

using Chunk = std::shared_ptr<const std::string>;

class EventStream final : public Stream, public std::enable_shared_from_this<EventStream> {
 public:
  EventStream(std::shared_ptr<Worker> worker, std::size_t queue_bytes);

  bool send(Chunk chunk) override;
  void close() override;
  bool closed() const override;

  // For the connection, on its thread. `event` is signalled when there is something to do; `cut` is called
  // when the client is too slow, so that a write that does not get on is not waited for.
  void attach(Event& event, Connection& connection);
  void detach();
  // Takes up to `most` chunks to be written; they count as waiting until written() is told.
  void take(std::vector<Chunk>& chunks, std::size_t most);
  void written(const std::vector<Chunk>& chunks);
  bool finished();  // closed, and nothing is left to write

 private:
  static std::size_t weight(const Chunk& chunk) { return chunk->size() + sizeof(Chunk); }
  void wake_locked();
  void woken();

  const std::shared_ptr<Worker> worker_;
  const std::size_t queue_bytes_;
  mutable std::mutex mutex_;
  std::deque<Chunk> chunks_;
  std::size_t waiting_bytes_ = 0;
  bool closed_ = false;
  bool too_slow_ = false;
  bool wake_posted_ = false;
  Event* event_ = nullptr;  // on the connection's thread only
  Connection* connection_ = nullptr;
};

}  // namespace doorstep::http
