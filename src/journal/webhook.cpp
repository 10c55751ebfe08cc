#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <boost/describe/class.hpp>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "journal/channels.hpp"
#include "journal/curl.hpp"

namespace doorstep {

namespace {

// Nothing is done with an answer's headers and body; this much is let in before the connection is cut.
constexpr std::size_t answer_bytes_max = 64 * 1024;

struct HookBody {
  std::string id;
  Channel channel{};
  std::string recipient;
  std::string subject;
  std::string body;
  Instant created_at;
};
BOOST_DESCRIBE_STRUCT(HookBody, (), (id, channel, recipient, subject, body, created_at))

struct Block {
  std::uint32_t first;
  unsigned bits;
};
// IANA's special-purpose registry: everything that a public receiver cannot have.
constexpr std::array inner_v4{
    Block{0x00000000, 8},  Block{0x0A000000, 8},  Block{0x64400000, 10}, Block{0x7F000000, 8},
    Block{0xA9FE0000, 16}, Block{0xAC100000, 12}, Block{0xC0000000, 24}, Block{0xC0A80000, 16},
    Block{0xC6120000, 15}, Block{0xE0000000, 3},
};

bool is_inner_v4(std::uint32_t address) {
  for (const auto& block : inner_v4) {
    if ((address ^ block.first) >> (32U - block.bits) == 0) return true;
  }
  return false;
}

bool is_inner_v6(const std::array<unsigned char, 16>& a) {
  static constexpr std::array<unsigned char, 12> zeros{};
  static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static constexpr std::array<unsigned char, 12> nat64{0, 0x64, 0xFF, 0x9B};
  const auto within = [&](const auto& prefix) {
    return std::memcmp(a.data(), prefix.data(), prefix.size()) == 0;
  };
  if (within(zeros) || within(mapped) || within(nat64)) {  // also ::1 and the unspecified address
    const std::uint32_t v4 = std::uint32_t{a[12]} << 24U | std::uint32_t{a[13]} << 16U |
                             std::uint32_t{a[14]} << 8U | std::uint32_t{a[15]};
    return is_inner_v4(v4);
  }
  return (a[0] & 0xE0U) != 0x20U;  // only 2000::/3 is given out
}

bool is_inner(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return is_inner_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::array<unsigned char, 16> bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return is_inner_v6(bytes);
  }
  return true;
}

class WebhookTransport : public Transport {
 public:
  explicit WebhookTransport(WebhookOptions options) : options_(std::move(options)) {
    if (options_.secret.empty()) throw std::invalid_argument{"webhook: there is no secret to sign with"};
    if (!options_.url.empty() && !is_allowed(options_.url)) {
      throw std::invalid_argument{"webhook: the URL must begin with https://"};
    }
    curl::start_library();
  }

  Delivery deliver(const Outgoing& message) override {
    const auto& url = options_.url.empty() ? message.recipient : options_.url;
    if (!is_allowed(url)) return Undeliverable{"the URL does not begin with https://"};
    const auto body = write_json(HookBody{message.id, message.channel, message.recipient, message.subject,
                                          message.body, message.created_at});
    const auto headers = headers_for(message, body);
    Attempt attempt{.inner_network = options_.inner_network};
    const auto handle = prepare(url, attempt);
    curl::set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl::set(handle, CURLOPT_POSTFIELDS, body.c_str());
    curl::set(handle, CURLOPT_HTTPHEADER, headers.get());
    const auto result = curl_easy_perform(handle.get());
    if (attempt.barred) return Undeliverable{"the address is not a public one"};
    return judge(handle, result);
  }

 private:
  struct Attempt {
    bool inner_network = false;
    bool barred = false;
    std::size_t received = 0;
  };

  bool is_allowed(std::string_view url) const {
    return url.starts_with("https://") || (options_.inner_network && url.starts_with("http://"));
  }

  curl::List headers_for(const Outgoing& message, std::string_view body) const {
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(Microseconds{message.sent_at.micros}).count();
    const auto time = std::to_string(seconds);
    const auto signature = hmac_sha256_hex(options_.secret.reveal(), time + "." + std::string{body});
    curl::List headers;
    curl::append(headers, "Content-Type: application/json");
    curl::append(headers, "Doorstep-Signature: t=" + time + ",v1=" + signature);
    curl::append(headers, "Idempotency-Key: " + message.unique_id);
    curl::append(headers, "Expect:");  // no waiting for a "100 Continue"
    return headers;
  }

  // The length of what was received, or zero to cut the connection.
  static std::size_t receive(char* /*bytes*/, std::size_t size, std::size_t count, void* context) {
    auto& attempt = *static_cast<Attempt*>(context);
    attempt.received += size * count;
    return attempt.received > answer_bytes_max ? 0 : size * count;
  }

  // The address is judged where it is connected to: a name may stand for another address a moment later.
  static curl_socket_t open_socket(void* context, curlsocktype /*purpose*/, curl_sockaddr* address) {
    auto& attempt = *static_cast<Attempt*>(context);
    if (!attempt.inner_network && is_inner(address->addr)) {
      attempt.barred = true;
      return CURL_SOCKET_BAD;
    }
    attempt.barred = false;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  curl::Handle prepare(const std::string& url, Attempt& attempt) const {
    auto handle = curl::new_handle(options_.ca_file);
    curl::set(handle, CURLOPT_PROTOCOLS_STR, options_.inner_network ? "https,http" : "https");
    curl::set(handle, CURLOPT_URL, url.c_str());
    curl::set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl::set(handle, CURLOPT_USERAGENT, "Doorstep");
    curl::set(handle, CURLOPT_POST, 1L);
    curl::set(handle, CURLOPT_WRITEFUNCTION, &WebhookTransport::receive);
    curl::set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&attempt));
    curl::set(handle, CURLOPT_HEADERFUNCTION, &WebhookTransport::receive);
    curl::set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&attempt));
    curl::set(handle, CURLOPT_OPENSOCKETFUNCTION, &WebhookTransport::open_socket);
    curl::set(handle, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&attempt));
    return handle;
  }

  // Once a status has come it decides, even when the rest of the answer was cut off.
  static Delivery judge(const curl::Handle& handle, CURLcode result) {
    const auto code = curl::response_code(handle);
    if (code >= 200 && code <= 299) return Delivered{};
    if (code < 200) {
      if (result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL)
        return Undeliverable{"the URL is malformed"};
      return TryAgain{curl_easy_strerror(result), std::nullopt};
    }
    const auto why = "the receiver answered " + std::to_string(code);
    const bool passing = code == 408 || code == 425 || code == 429 || code >= 500;
    if (!passing) return Undeliverable{why};
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &seconds);
    if (seconds <= 0) return TryAgain{why, std::nullopt};
    return TryAgain{why, std::chrono::seconds{seconds}};
  }

  WebhookOptions options_;
};

}  // namespace

std::unique_ptr<Transport> webhook_transport(WebhookOptions options) {
  return std::make_unique<WebhookTransport>(std::move(options));
}

}  // namespace doorstep
