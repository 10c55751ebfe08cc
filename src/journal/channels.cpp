#include "journal/channels.hpp"

#include "base/enums.hpp"
#include "base/log.hpp"

namespace doorstep {

namespace {

class LogTransport : public Transport {
 public:
  Delivery deliver(const Outgoing& message) override {
    log_info("message_out", {{"message", message.id}, {"channel", name_of(message.channel)}});
    return Delivered{};
  }
};

}  // namespace

std::unique_ptr<Transport> log_transport() { return std::make_unique<LogTransport>(); }

}  // namespace doorstep
