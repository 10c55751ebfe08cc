// The certificate at hand, and its exchange while the server
// runs. A connection keeps the context it began with.
#pragma once

#include <memory>
#include <mutex>

#include <boost/asio/ssl/context.hpp>

#include "http/http.hpp"

namespace doorstep::http {

// Reads certificate and key; throws std::runtime_error that names the file at fault.
std::shared_ptr<boost::asio::ssl::context> load_tls(const Tls& files);

class TlsStore {
 public:
  explicit TlsStore(std::shared_ptr<boost::asio::ssl::context> first) : context_(std::move(first)) {}

  std::shared_ptr<boost::asio::ssl::context> current() const {
    const std::scoped_lock lock(mutex_);
    return context_;
  }
  void replace(std::shared_ptr<boost::asio::ssl::context> next) {
    const std::scoped_lock lock(mutex_);
    context_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace doorstep::http
