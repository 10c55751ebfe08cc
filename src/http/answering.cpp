// A conversation's second half: answering, streaming, and what the worker tells it.
#include <algorithm>

#include "http/conversation.hpp"
#include "http/head_writer.hpp"

namespace doorstep::http {

namespace {

using Error = boost::system::error_code;

constexpr std::size_t body_kept = 64 * 1024;  // what a connection may keep for its next body
constexpr std::size_t tls_record = 16 * 1024;
constexpr std::size_t stream_batch = 64;
constexpr int retry_seconds = 5;

bool has_header(const Response& response, std::string_view name) {
  for (const auto& header : response.headers) {
    if (same_name(header.name, name)) return true;
  }
  return false;
}

}  // namespace

Step Conversation::dispatch() {
  auto& exchange = *exchange_;
  if (head_.asks_server) {
    answer_.emplace();
    answer_->status = 204;
    answer_->headers.push_back({"allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"});
    return Step::answer;
  }
  turn_ = exchange.open();
  exchange.event = &event_;
  event_.signalled = false;
  Reply reply{Answerer(exchange_, turn_)};
  try {
    answer_ = edge_.handler(exchange.request, reply);
    if (answer_ && exchange.settle(turn_)) return Step::answer;
  } catch (...) {
    if (exchange.settle(turn_)) return refuse("internal_error", 500);
  }
  deadline_in(limits_.answer_time);
  return Step::partial;
}

Step Conversation::answer_or_wait() {
  event_.signalled = false;
  auto& exchange = *exchange_;
  if (exchange.arrived) {
    if (aborted_) return Step::gone;
    answer_ = std::move(exchange.answer);
    if (answer_) return Step::answer;
    return refuse("internal_error", 500);
  }
  if (!aborted_ && !expired_) return Step::partial;
  // When it is settled already, the answer is on its way to this thread and must be waited for.
  if (!exchange.settle(turn_)) return Step::partial;
  if (aborted_) return Step::gone;
  // The handler may still be reading the request, so nothing may be received into its memory any more.
  keep_alive_ = false;
  return refuse("answer_late", 503, retry_seconds);
}

Step Conversation::refuse(std::string_view code, int status, std::int64_t retry_after) {
  worker_->refused.add(1);
  auto& request = exchange_->request;
  if (request.id.empty()) worker_->make_request_id(request.id);
  try {
    answer_ = edge_.refusal(code, status, request);
  } catch (...) {
    answer_.emplace();
    answer_->content_type = "application/problem+json";
    answer_->body = "{\"status\":" + std::to_string(status) + ",\"code\":\"" + std::string{code} + "\"}";
  }
  answer_->status = status;
  answer_->on_stream = nullptr;
  if (retry_after > 0 && !has_header(*answer_, "retry-after")) {
    answer_->headers.push_back({"retry-after", std::to_string(retry_after)});
  }
  return Step::answer;
}

// Head and body into out_. False when the answer cannot be sent as it is.
bool Conversation::compose() {
  auto& answer = *answer_;
  if (edge_.shutting_down.load(std::memory_order_relaxed) || answer.on_stream) keep_alive_ = false;
  for (const auto& header : answer.headers) {
    if (same_name(header.name, "connection") && same_name(header.value, "close")) keep_alive_ = false;
  }
  std::string_view body = answer.fixed_body.empty() ? std::string_view{answer.body} : answer.fixed_body;
  HeadFacts facts;
  facts.date = worker_->date();
  facts.id = exchange_->request.id;
  facts.http11 = head_.http11;
  facts.keep_alive = keep_alive_;
  facts.stream = static_cast<bool>(answer.on_stream);
  facts.body_bytes = body.size();
  if (facts.stream) {
    answer.content_type = "text/event-stream";
    if (!has_header(answer, "cache-control")) answer.headers.push_back({"cache-control", "no-store"});
    // nginx would otherwise collect events until its buffer is full.
    if (!has_header(answer, "x-accel-buffering")) answer.headers.push_back({"x-accel-buffering", "no"});
  }
  if (!write_head(head_text_, answer, facts)) return false;
  const bool head_only = exchange_->request.method == Method::head;
  if (head_only) answer.on_stream = nullptr;
  if (head_only || facts.stream || has_no_body(answer.status)) body = {};
  if (secure_ && body.size() <= tls_record) {
    head_text_.append(body);  // one record instead of two
    body = {};
  }
  out_[0] = asio::buffer(head_text_);
  out_[1] = asio::buffer(body.data(), body.size());
  return true;
}

void Conversation::compose_answer() {
  error_ = {};
  if (compose()) return;
  refuse("internal_error", 500);
  compose();
}

// Whether all of out_ is sent with these many bytes more.
bool Conversation::sent(std::size_t count) {
  for (auto& piece : out_) {
    const auto taken = std::min(count, piece.size());
    piece += taken;
    count -= taken;
  }
  return out_[0].size() + out_[1].size() == 0;
}

void Conversation::await_send() {
  error_ = {};
  deadline_in(limits_.write_time + time_for(out_[0].size() + out_[1].size()));
}

void Conversation::end_request() {
  if (held_ != 0) edge_.body_bytes.fetch_sub(held_, std::memory_order_relaxed);
  held_ = 0;
  if (!in_flight_) return;
  in_flight_ = false;
  worker_->in_flight.add(-1);
}

// After the answer: whether there may be another request.
bool Conversation::end_turn() {
  end_request();
  answer_.reset();
  auto& exchange = *exchange_;
  if (!keep_alive_) {
    // A client that did not ask for the end may be sending its next request already.
    unread_ = unread_ || head_.keep_alive || exchange.buffer.bytes().size() > message_bytes_;
    return false;
  }
  exchange.buffer.consume(message_bytes_);
  chunks_.reset();
  if (exchange.body.capacity() > body_kept) std::string().swap(exchange.body);
  return true;
}

void Conversation::open_stream() {
  end_request();
  worker_->streams.add(1);
  stream_ = std::make_shared<EventStream>(worker_, limits_.stream_queue_bytes);
  stream_->attach(event_, *this);
  error_ = {};
  try {
    answer_->on_stream(stream_);
  } catch (...) {
    stream_->close();
  }
  if (edge_.shutting_down.load()) stream_->close();
  stream_idle_ = true;
  deadline_in(limits_.stream_beat);
}

// What is to be written next: events, or the beat when there were none for a while.
bool Conversation::next_batch() {
  stream_->take(batch_, stream_batch);
  if (batch_.empty()) {
    if (!stream_idle_) deadline_in(limits_.stream_beat);
    stream_idle_ = true;
    if (!expired_) return false;
    static const auto beat = std::make_shared<const std::string>(":\n\n");
    batch_.push_back(beat);
  }
  stream_idle_ = false;
  batch_out_.clear();
  std::size_t bytes = 0;
  batch_text_.clear();
  for (const auto& chunk : batch_) {
    bytes += chunk->size();
    if (secure_) {
      batch_text_.append(*chunk);
    } else {
      batch_out_.push_back(asio::buffer(*chunk));
    }
  }
  if (secure_) batch_out_.push_back(asio::buffer(batch_text_));
  deadline_in(limits_.write_time + time_for(bytes));
  return true;
}

void Conversation::close_stream() {
  stream_->detach();
  worker_->streams.add(-1);
  Error ignored;
  tcp().shutdown(asio::socket_base::shutdown_both, ignored);
  tcp().close(ignored);  // ends watch_client
  if (!answer_->on_stream_closed) return;
  try {
    answer_->on_stream_closed();
  } catch (...) {
    // It is over for this connection either way.
  }
}

void Conversation::on_deadline() {
  expired_ = true;
  event_.signal();
  if (stream_idle_) return;
  Error ignored;
  tcp().cancel(ignored);
}

void Conversation::on_shutting_down() {
  if (stream_) stream_->close();
}

void Conversation::abort() {
  aborted_ = true;
  Error ignored;
  tcp().close(ignored);
  event_.signal();
}

}  // namespace doorstep::http
