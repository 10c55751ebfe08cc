// What is said on one connection: the state of the request at hand and every
// decision about it. No coroutine and no reading or writing of sockets, which is
// session.cpp's part; so the rules stand here in plain functions.
//
// A request goes through receive head, admit, receive body, dispatch, wait, answer. Each step says by its
// Step how to go on.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/buffer.hpp>

#include "http/chunked.hpp"
#include "http/edge.hpp"
#include "http/event_stream.hpp"
#include "http/exchange.hpp"
#include "http/head_parser.hpp"
#include "http/net.hpp"
#include "http/worker.hpp"

namespace doorstep::http {

enum class Step {
  partial,  // more is needed: bytes, or an answer
  ready,    // go on
  answer,   // there is something to send
  gone,     // nothing more to say
};

class Conversation : public Connection {
 public:
  Conversation(std::shared_ptr<Worker> worker, Edge& edge, Admission::Place place, const Address& peer,
               bool secure);
  ~Conversation() override;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void on_deadline() override;
  void on_shutting_down() override;
  void abort() override;

 protected:
  virtual TcpSocket& tcp() = 0;

  // Receiving. The `_received` functions are told what the last read brought; error_ says whether it failed.
  void begin_request();
  Step read_head();
  Step head_received(std::size_t count);
  Step admit();
  Step begin_body();
  Step body_received(std::size_t count);
  asio::mutable_buffer head_space();
  asio::mutable_buffer body_space();

  // Answering.
  Step dispatch();
  Step answer_or_wait();
  void compose_answer();         // into out_
  bool sent(std::size_t count);  // takes so much off out_; true when nothing is left
  void await_send();
  bool end_turn();  // whether there may be another request

  // Streaming.
  void open_stream();
  bool next_batch();  // whether batch_out_ holds something to write
  void close_stream();

  void deadline_in(std::chrono::milliseconds time) {
    expired_ = false;
    deadline = coarse_now() + time;
  }

  const std::shared_ptr<Worker> worker_;
  Edge& edge_;
  const Limits& limits_;
  Event event_;

  boost::system::error_code error_;  // of the last operation on the socket
  bool expired_ = false;
  bool aborted_ = false;
  bool unread_ = false;  // the client may still be sending what we did not read

  Head head_;
  std::optional<Response> answer_;
  std::array<asio::const_buffer, 2> out_;

  std::shared_ptr<EventStream> stream_;
  bool client_left_ = false;
  std::vector<Chunk> batch_;
  std::vector<asio::const_buffer> batch_out_;

 private:
  void describe_request();
  void read_forwarded();
  Step feed_chunks(std::string_view bytes);
  Step refuse(std::string_view code, int status, std::int64_t retry_after = 0);
  Step refuse_and_part(std::string_view code, int status, std::int64_t retry_after = 0);
  Step refuse_body(std::string_view code, int status);
  bool hold(std::size_t bytes);
  bool compose();
  void end_request();
  std::chrono::milliseconds time_for(std::size_t bytes) const;

  Admission::Place place_;
  std::shared_ptr<Exchange> exchange_;

  const Address peer_;
  const std::string peer_text_;
  const std::uint64_t peer_key_;
  const bool peer_trusted_;
  const bool secure_;
  std::uint64_t key_ = 0;  // of the client that asks

  bool first_ = true;
  bool keep_alive_ = true;
  bool in_flight_ = false;
  std::size_t scanned_ = 0;
  std::size_t head_bytes_ = 0;
  std::size_t message_bytes_ = 0;  // of the buffer, that belong to this request
  std::size_t body_limit_ = 0;
  std::size_t body_have_ = 0;
  std::size_t held_ = 0;  // counted in edge_.body_bytes
  std::optional<ChunkDecoder> chunks_;
  std::uint64_t turn_ = 0;
  std::string head_text_;
  bool stream_idle_ = false;  // waiting for events: a deadline is a beat then
  std::string batch_text_;
};

}  // namespace doorstep::http
