#include "journal/web.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "journal/curl.hpp"

namespace doorstep {

namespace {

constexpr std::chrono::milliseconds web_connect_time_most = std::chrono::seconds{2};

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// What has come of an answer so far.
struct Received {
  WebAnswer answer;
  std::size_t header_bytes = 0;
  bool too_long = false;
};

std::string in_small_letters(std::string_view text) {
  std::string small{text};
  for (auto& c : small) c = lower(c);
  return small;
}

// The seconds of "cache-control: public, max-age=3600".
std::optional<std::chrono::seconds> max_age_in(std::string_view header) {
  const auto line = in_small_letters(header);
  if (!line.starts_with("cache-control:")) return std::nullopt;
  if (line.find("no-store") != std::string::npos || line.find("no-cache") != std::string::npos)
    return std::chrono::seconds{0};
  constexpr std::string_view directive = "max-age=";
  const auto at = line.find(directive);
  if (at == std::string::npos) return std::nullopt;
  const auto* from = line.data() + at + directive.size();
  std::int32_t seconds = 0;
  if (std::from_chars(from, line.data() + line.size(), seconds).ec != std::errc{}) return std::nullopt;
  return std::chrono::seconds{std::max(seconds, 0)};
}

// Both give the length of what was received, or zero to cut the connection.
std::size_t receive_header(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& received = *static_cast<Received*>(context);
  received.header_bytes += size * count;
  received.too_long = received.header_bytes > web_answer_bytes_max;
  if (received.too_long) return 0;
  if (const auto age = max_age_in({bytes, size * count})) received.answer.max_age = age;
  return size * count;
}

std::size_t receive_body(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& received = *static_cast<Received*>(context);
  received.too_long = received.answer.body.size() + size * count > web_answer_bytes_max;
  if (received.too_long) return 0;
  received.answer.body.append(bytes, size * count);
  return size * count;
}

class CurlWeb : public Web {
 public:
  explicit CurlWeb(WebOptions options) : options_(std::move(options)) { curl::start_library(); }

  WebAnswer ask(const WebQuestion& question) override {
    if (!is_web_address(question.url)) return {.why = "the address does not begin with https://"};
    Received received;
    const auto handle = prepare(question.url, received);
    curl::List headers;
    curl::append(headers, "Accept: application/json");
    curl::append(headers, "Expect:");  // no waiting for a "100 Continue"
    curl::set(handle, CURLOPT_HTTPHEADER, headers.get());
    if (!question.form.empty()) {
      curl::set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.form.size()));
      curl::set(handle, CURLOPT_POSTFIELDS, question.form.c_str());
    }
    const std::string password{question.password.reveal()};
    if (!question.user.empty()) {
      curl::set(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
      curl::set(handle, CURLOPT_USERNAME, question.user.c_str());
      curl::set(handle, CURLOPT_PASSWORD, password.c_str());
    }
    const auto result = curl_easy_perform(handle.get());
    if (received.too_long) return {.why = "the answer is too long"};
    if (result != CURLE_OK) return {.why = curl_easy_strerror(result)};
    received.answer.status = static_cast<int>(curl::response_code(handle));
    return std::move(received.answer);
  }

 private:
  curl::Handle prepare(const std::string& url, Received& received) const {
    auto handle = curl::new_handle(options_.ca_file);
    curl::set(handle, CURLOPT_CONNECTTIMEOUT_MS,
              static_cast<long>(std::min(web_connect_time_most, options_.time_most).count()));
    curl::set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.time_most.count()));
    curl::set(handle, CURLOPT_PROTOCOLS_STR, url.starts_with("https://") ? "https" : "http");
    curl::set(handle, CURLOPT_URL, url.c_str());
    curl::set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl::set(handle, CURLOPT_USERAGENT, "Doorstep");
    curl::set(handle, CURLOPT_WRITEFUNCTION, &receive_body);
    curl::set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&received));
    curl::set(handle, CURLOPT_HEADERFUNCTION, &receive_header);
    curl::set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&received));
    return handle;
  }

  WebOptions options_;
};

}  // namespace

std::unique_ptr<Web> curl_web(WebOptions options) { return std::make_unique<CurlWeb>(std::move(options)); }

bool is_web_address(std::string_view url) {
  constexpr std::string_view secure = "https://", plain = "http://";
  const bool is_plain_text =
      std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
  if (!is_plain_text) return false;
  if (url.starts_with(secure)) return url.size() > secure.size() && url[secure.size()] != '/';
  if (!url.starts_with(plain)) return false;
  const auto rest = url.substr(plain.size());
  const auto place = rest.substr(0, rest.find_first_of("/?#"));
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"127.0.0.1", "localhost", "[::1]"}, [&](std::string_view host) {
        if (!place.starts_with(host)) return false;
        const auto port = place.substr(host.size());
        return port.empty() ||
               (port.front() == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos);
      });
}

std::string form_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    out += '%';
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

std::string form_encoded(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string text;
  for (const auto& [name, value] : members) {
    if (!text.empty()) text += '&';
    text += form_text(name) + '=' + form_text(value);
  }
  return text;
}

}  // namespace doorstep
