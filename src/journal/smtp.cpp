#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "base/time.hpp"
#include "journal/channels.hpp"
#include "journal/curl.hpp"

namespace doorstep {

namespace {

constexpr std::size_t address_bytes_max = 254;  // RFC 5321, 4.5.3.1.3, less the brackets
constexpr std::size_t body_columns = 76;        // RFC 2045, 6.8
constexpr std::size_t encoded_word_bytes_max =
    39;  // 52 in base64, so that a line stays below 76 (RFC 2047, 2)

std::string base64(std::string_view bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[i + k])) : 0U;
    };
    const unsigned group = byte(0) << 16U | byte(1) << 8U | byte(2);
    out += digits[group >> 18U & 63U];
    out += digits[group >> 12U & 63U];
    out += i + 1 < bytes.size() ? digits[group >> 6U & 63U] : '=';
    out += i + 2 < bytes.size() ? digits[group & 63U] : '=';
  }
  return out;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// A header's value as encoded words (RFC 2047), each of whole characters. Everything is encoded, plain ASCII
// as well: so no text, whatever is in it, can end the header or begin another.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto length = std::min(text.size(), encoded_word_bytes_max);
    while (length > 1 && length < text.size() && is_continuation(text[length])) --length;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return out;
}

std::string base64_lines(std::string_view text) {
  const auto encoded = base64(text);
  std::string out;
  for (std::size_t i = 0; i < encoded.size(); i += body_columns) {
    out += encoded.substr(i, body_columns) + "\r\n";
  }
  return out;
}

// RFC 5322, 3.3: "Tue, 24 Nov 2026 05:29:40 +0000"
std::string mail_date(Instant at) {
  static constexpr const char* weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(Microseconds{at.micros});
  const auto days = std::chrono::floor<std::chrono::days>(seconds);
  const Day day{static_cast<std::int32_t>(days.count())};
  const auto date = to_string(day);               // 2026-11-24
  const auto time = to_string(at).substr(11, 8);  // 05:29:40
  const auto month = static_cast<std::size_t>(std::stoi(date.substr(5, 2)) - 1);
  return std::string{weekdays[weekday_of(day) - 1]} + ", " + date.substr(8, 2) + " " + months[month] + " " +
         date.substr(0, 4) + " " + time + " +0000";
}

class SmtpTransport : public Transport {
 public:
  explicit SmtpTransport(SmtpOptions options) : options_(std::move(options)) {
    if (!options_.url.starts_with("smtp://") && !options_.url.starts_with("smtps://")) {
      throw std::invalid_argument{"mail: the server's URL must begin with smtp:// or smtps://"};
    }
    if (!is_mail_address(options_.from)) throw std::invalid_argument{"mail: the sender is no mail address"};
    curl::start_library();
  }

  Delivery deliver(const Outgoing& message) override {
    if (!is_mail_address(message.recipient)) return Undeliverable{"no mail address"};
    Upload upload{mail_text(options_, message)};
    const auto handle = prepare(upload);
    curl::List recipients;
    curl::append(recipients, "<" + message.recipient + ">");
    curl::set(handle, CURLOPT_MAIL_RCPT, recipients.get());
    const auto result = curl_easy_perform(handle.get());
    if (result == CURLE_OK) return Delivered{};
    return judge(result, curl::response_code(handle), upload.sent > 0);
  }

 private:
  struct Upload {
    std::string text;
    std::size_t sent = 0;
  };

  static std::size_t read(char* to, std::size_t size, std::size_t count, void* context) {
    auto& upload = *static_cast<Upload*>(context);
    const auto length = std::min(size * count, upload.text.size() - upload.sent);
    std::memcpy(to, upload.text.data() + upload.sent, length);
    upload.sent += length;
    return length;
  }

  curl::Handle prepare(Upload& upload) const {
    auto handle = curl::new_handle(options_.ca_file);
    curl::set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl::set(handle, CURLOPT_URL, options_.url.c_str());
    curl::set(handle, CURLOPT_USE_SSL,
              static_cast<long>(options_.require_starttls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (!options_.user.empty()) {
      const std::string password{options_.password.reveal()};
      curl::set(handle, CURLOPT_USERNAME, options_.user.c_str());
      curl::set(handle, CURLOPT_PASSWORD, password.c_str());
    }
    curl::set(handle, CURLOPT_MAIL_FROM, ("<" + options_.from + ">").c_str());
    curl::set(handle, CURLOPT_UPLOAD, 1L);
    curl::set(handle, CURLOPT_READFUNCTION, &SmtpTransport::read);
    curl::set(handle, CURLOPT_READDATA, static_cast<void*>(&upload));
    return handle;
  }

  static Delivery judge(CURLcode result, long code, bool begun) {
    // Its greeting or its answer to ours was a refusal (554 for "no mail here"): it has not heard of the
    // message. What is refused after the text was sent bears the first of the two names as well.
    const bool unheard =
        !begun && (result == CURLE_WEIRD_SERVER_REPLY || result == CURLE_REMOTE_ACCESS_DENIED);
    // Our own sign-in was refused, or the TLS that we ask for: the configuration is at fault, or somebody on
    // the way, and no message should die of it.
    const bool ours = unheard || result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED ||
                      code == 530 || code == 534 || code == 535 || code == 538;
    const bool answered = code >= 400 && code <= 599;
    const auto why =
        answered ? "mail server said " + std::to_string(code) : std::string{curl_easy_strerror(result)};
    if (answered && code >= 500 && !ours) return Undeliverable{why};
    return TryAgain{why, std::nullopt};
  }

  SmtpOptions options_;
};

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (text.size() > address_bytes_max || at == 0 || at == std::string_view::npos || at + 1 == text.size())
    return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view{"<>()[],;:\\\""}.find(c) == std::string_view::npos;
  });
}

std::string mail_text(const SmtpOptions& options, const Outgoing& message) {
  if (!is_mail_address(message.recipient)) throw std::invalid_argument{"no mail address"};
  const auto host = options.from.substr(options.from.find('@') + 1);
  std::string out = "Date: " + mail_date(message.sent_at) + "\r\n";
  out += "From: ";
  if (!options.from_name.empty()) out += encoded_words(options.from_name) + "\r\n ";
  out += "<" + options.from + ">\r\n";
  out += "To: <" + message.recipient + ">\r\n";
  out += "Subject: " + encoded_words(message.subject) + "\r\n";
  out += "Message-ID: <" + message.unique_id + "@" + host + ">\r\n";
  // RFC 3834: nobody's holiday notice answers a machine.
  out += "Auto-Submitted: auto-generated\r\n";
  out +=
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  return out + base64_lines(message.body);
}

std::unique_ptr<Transport> smtp_transport(SmtpOptions options) {
  return std::make_unique<SmtpTransport>(std::move(options));
}

}  // namespace doorstep
