// Ways out of the town: what takes a message from the outbox to the one it is for.
//
// A transport tries once, within `send_time_most`, and says how it went; when to try again is the outbox's
// matter. It may be called by several threads at once. What it says of a failure is stored and logged, so it
// holds neither recipient nor text: not even a server's own words, which like to repeat them.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "journal/transaction.hpp"

namespace doorstep {

struct Outgoing {
  std::string id;         // the same at each try: who receives it twice can tell
  std::string unique_id;  // the same at each try, and no other town's message has it
  Channel channel{};
  std::string recipient;
  std::string subject;
  std::string body;
  Instant created_at;
  Instant sent_at;  // of this try
};

struct Delivered {};
struct TryAgain {
  std::string why;
  std::optional<std::chrono::seconds> after;  // as the other side wished
};
struct Undeliverable {  // trying again would not help
  std::string why;
};
using Delivery = std::variant<Delivered, TryAgain, Undeliverable>;

class Transport {
 public:
  virtual ~Transport() = default;
  virtual Delivery deliver(const Outgoing& message) = 0;
};

inline constexpr auto connect_time_most = std::chrono::seconds{5};
inline constexpr auto send_time_most = std::chrono::seconds{15};

// For a town without a gateway: a line in the log that a
// message of that id would go out on that channel, no more.
std::unique_ptr<Transport> log_transport();

// To try the program out without a gateway: each message as a file "mg_….txt" in a folder that only its owner
// reads, the recipient in the first line. They stay until somebody takes them away: not for real people.
std::unique_ptr<Transport> folder_transport(std::filesystem::path folder);

struct SmtpOptions {
  std::string url;               // "smtp://mail.example.org:587" or "smtps://mail.example.org"
  bool require_starttls = true;  // smtp:// only: nothing is said in the clear
  std::string user;              // empty: no sign-in
  Secret password;
  std::string from;       // "hall@example.org"
  std::string from_name;  // "示例镇政务服务中心"
  std::string ca_file;    // empty: the system's authorities
};

// Mail as plain text in UTF-8. 4xx, a refused sign-in, TLS that is refused or shows a wrong certificate, and
// a broken connection are tried again, any other 5xx is refused. Throws std::invalid_argument for options
// that cannot work.
std::unique_ptr<Transport> smtp_transport(SmtpOptions options);

struct WebhookOptions {
  std::string url;  // of a gateway that all messages go to; empty: the recipient is the URL
  Secret secret;    // what the receiver checks the signature with
  // Allows http:// and addresses of the machine itself and of private networks. Without it, whoever may name
  // a URL cannot reach into the town hall's own network through this program.
  bool inner_network = false;
  std::string ca_file;  // empty: the system's authorities
};

// POSTs {id, channel, recipient, subject, body, created_at} as JSON with
//   Doorstep-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>" with the secret>
//   Idempotency-Key: <message id and what makes it this town's alone>; the `id` in the body is unique in its
//   town only
// 2xx is delivered; 408, 425, 429, 5xx and a broken connection are tried again, after Retry-After when it is
// given in seconds; anything else is refused. Redirects are not followed: a signature is for one receiver.
// Throws std::invalid_argument for options that cannot work.
std::unique_ptr<Transport> webhook_transport(WebhookOptions options);

// The mail as it is sent, with headers; for smtp_transport and its tests.
// Throws std::invalid_argument when the recipient is no plain mail address:
// with it comes everything that could break out of its header or command.
std::string mail_text(const SmtpOptions& options, const Outgoing& message);
bool is_mail_address(std::string_view text);

}  // namespace doorstep
