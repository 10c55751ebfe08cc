// One request and the promise of an answer, shared between the connection and whoever holds the Reply.
//
// Rules. Only one side settles an exchange: the handler's answer, the dropped Reply, or the connection that
// gives up (answer_time is over, the server ends). They race for `turn`, and the loser does nothing. Whoever
// wins by Reply posts to the connection's thread, and the connection waits for that post, so a worker never
// ends while an answer is on its way. The memory that the Request views lives here, and stays while a Reply
// is held, even when the connection is gone.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "http/head_parser.hpp"
#include "http/http.hpp"
#include "http/receive_buffer.hpp"
#include "http/worker.hpp"

namespace doorstep::http {

// Where the coroutine of a connection sleeps until something
// other than the socket wakes it. On its own thread only.
class Event {
 public:
  explicit Event(asio::io_context& context) : timer(context) { timer.expires_at(TimePoint::max()); }

  void signal() {
    signalled = true;
    timer.cancel();
  }

  bool signalled = false;
  Timer timer;
};

class Exchange {
 public:
  explicit Exchange(std::shared_ptr<Worker> its_worker) : worker(std::move(its_worker)) {
    request.fields = &fields;
  }

  // A new turn, which can be settled once.
  std::uint64_t open();
  bool settle(std::uint64_t turn);

  // From any thread. The answer, or nothing when the Reply was dropped.
  static void give(std::shared_ptr<Exchange> exchange, std::uint64_t turn, Response* answer);

  std::shared_ptr<Worker> worker;
  ReceiveBuffer buffer;
  std::string body;
  std::string remote;
  Fields fields;
  Request request;

  // On the connection's thread only.
  bool arrived = false;
  std::optional<Response> answer;
  Event* event = nullptr;

 private:
  std::atomic<std::uint64_t> turn_{0};  // odd: open
};

// The function inside a Reply. Small enough to live in std::move_only_function without an allocation.
class Answerer {
 public:
  Answerer(std::shared_ptr<Exchange> exchange, std::uint64_t turn)
      : exchange_(std::move(exchange)), turn_(turn) {}
  Answerer(Answerer&&) noexcept = default;
  Answerer& operator=(Answerer&&) = delete;
  ~Answerer() {
    if (exchange_) Exchange::give(std::move(exchange_), turn_, nullptr);
  }

  void operator()(Response&& response) {
    if (exchange_) Exchange::give(std::move(exchange_), turn_, &response);
  }

 private:
  std::shared_ptr<Exchange> exchange_;
  std::uint64_t turn_;
};

}  // namespace doorstep::http
