// A message as the tests of the transports send it, and what became of it.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <variant>

#include "journal/channels.hpp"

namespace doorstep::testing {

inline constexpr Instant noon{1'795'521'600'000'000};  // 2026-11-24T12:00:00Z

inline Outgoing message_to(Channel channel, std::string recipient, std::string body) {
  return {.id = "mg_7",
          .unique_id = "mg_7.Zm9yIHRoaXMgdG93bg",
          .channel = channel,
          .recipient = std::move(recipient),
          .subject = "轮到您了",
          .body = std::move(body),
          .created_at = noon - std::chrono::seconds{60},
          .sent_at = noon};
}

inline bool is_delivered(const Delivery& delivery) { return std::holds_alternative<Delivered>(delivery); }

inline std::string why_again(const Delivery& delivery) {
  const auto* again = std::get_if<TryAgain>(&delivery);
  return again ? again->why : "not to be tried again";
}

}  // namespace doorstep::testing
