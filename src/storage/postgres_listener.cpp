#include "storage/postgres_listener.hpp"

#include <array>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.hpp"

namespace doorstep::storage {
namespace {

constexpr int hint_pause_milliseconds = 20;
constexpr int away_pause_milliseconds = 500;

}  // namespace

Listener::Listener(const PostgresTarget& target)
    : target_(target),
      connection_(target, PostgresConnection::lock_wait),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_ < 0) throw StorageError("no eventfd");
  thread_ = std::thread([this] { loop(); });
}

Listener::~Listener() {
  stopping_ = true;
  ::eventfd_write(wake_, 1);
  thread_.join();
  ::close(wake_);
}

void Listener::on_hint(std::function<void()> hint) {
  const std::lock_guard lock{mutex_};
  hint_ = std::move(hint);
}

void Listener::tell() {
  if (!wanted_.exchange(true)) ::eventfd_write(wake_, 1);
}

void Listener::call_hint() {
  std::function<void()> hint;
  {
    const std::lock_guard lock{mutex_};
    hint = hint_;
  }
  if (hint) hint();
}

// Waits for word from the server or from `tell`.
void Listener::wait(int milliseconds) {
  std::array<pollfd, 2> waiting{pollfd{wake_, POLLIN, 0}, pollfd{-1, POLLIN, 0}};
  if (connection_.connected()) waiting[1].fd = connection_.socket();
  ::poll(waiting.data(), waiting.size(), milliseconds);
  eventfd_t count = 0;
  ::eventfd_read(wake_, &count);
}

void Listener::listen() {
  connection_.connect();
  connection_.defer("listen " + storage::quoted(target_.channel));
  connection_.flush();
  // Whatever was told while nobody listened.
  call_hint();
}

void Listener::loop() {
  while (!stopping()) {
    try {
      if (!connection_.connected()) listen();
      if (wanted_.exchange(false)) {
        connection_.defer("notify " + storage::quoted(target_.channel));
        connection_.flush();
        // The commits of this while share the next hint.
        std::this_thread::sleep_for(std::chrono::milliseconds{hint_pause_milliseconds});
      }
      if (connection_.take_hints()) call_hint();
      if (!wanted_) wait(-1);
    } catch (const std::exception& error) {
      connection_.roll_back();
      if (stopping()) return;
      log_debug("no_hints", {{"why", error.what()}});
      wait(away_pause_milliseconds);
    }
  }
}

}  // namespace doorstep::storage
