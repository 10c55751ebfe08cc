#include "http/head_parser.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "base/ascii.hpp"

namespace doorstep::http {

namespace beast = boost::beast;

namespace {

Method method_of(beast::http::verb known) {
  using Verb = beast::http::verb;
  if (known == Verb::get) return Method::get;
  if (known == Verb::head) return Method::head;
  if (known == Verb::post) return Method::post;
  if (known == Verb::put) return Method::put;
  if (known == Verb::patch) return Method::patch;
  if (known == Verb::delete_) return Method::del;
  if (known == Verb::options) return Method::options;
  return Method::other;
}

class Parser final : public beast::http::basic_parser<true> {
 public:
  explicit Parser(Fields& fields) : fields_(fields) {}

  beast::http::verb verb = beast::http::verb::unknown;
  std::string_view method;
  std::string_view target;
  int version = 11;

 private:
  using View = beast::string_view;
  using Error = beast::error_code;

  static std::string_view standard(View text) { return {text.data(), text.size()}; }

  void on_request_impl(beast::http::verb known, View method_text, View target_text, int number,
                       Error&) override {
    verb = known;
    method = standard(method_text);
    target = standard(target_text);
    version = number;
  }
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(beast::http::field, View name, View value, Error&) override {
    fields_.add(standard(name), standard(value));
  }
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(View, Error&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View, Error&) override { return 0; }
  void on_finish_impl(Error&) override {}

  Fields& fields_;
};

// A line that goes on in the next one (obs-fold) is read differently by different programs; RFC 9112 lets a
// server refuse it. Beast would join it in a buffer of its own, so without this the fields would not be views
// of the bytes.
bool has_folded_line(std::string_view bytes) {
  auto at = bytes.find('\n');
  while (at != std::string_view::npos && at + 1 < bytes.size()) {
    if (bytes[at + 1] == ' ' || bytes[at + 1] == '\t') return true;
    at = bytes.find('\n', at + 1);
  }
  return false;
}

bool split_target(std::string_view target, Request& request) {
  const bool clean = std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7F' && c != '#'; });
  if (!clean || !target.starts_with('/')) return false;
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  request.query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  return true;
}

bool is_host(std::string_view host) {
  return std::ranges::all_of(host, [](char c) {
    constexpr std::string_view marks = "-._~%!$&'()*+,;=:[]";
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || marks.contains(c);
  });
}

// Exactly one way to tell where the body ends, or none.
bool read_framing(const Fields& fields, bool http11, Head& head) {
  const auto lengths = fields.count("content-length");
  const auto codings = fields.count("transfer-encoding");
  if (lengths + codings > 1) return false;
  if (codings == 1) {
    head.chunked = same_name(fields.find("transfer-encoding")->value, "chunked");
    return head.chunked && http11;
  }
  if (lengths == 1) {
    const auto digits = fields.find("content-length")->value;
    const auto* first = digits.data();
    const auto* last = first + digits.size();
    const auto [end, error] = std::from_chars(first, last, head.content_length);
    return error == std::errc{} && end == last && digits.front() != '-';
  }
  return true;
}

}  // namespace

bool same_name(std::string_view name, std::string_view lower_case_name) {
  if (name.size() != lower_case_name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (lower(name[i]) != lower_case_name[i]) return false;
  }
  return true;
}

const Fields::Field* Fields::find(std::string_view lower_case_name) const {
  for (const auto& field : fields_) {
    if (same_name(field.name, lower_case_name)) return &field;
  }
  return nullptr;
}

std::size_t Fields::count(std::string_view lower_case_name) const {
  std::size_t result = 0;
  for (const auto& field : fields_) result += same_name(field.name, lower_case_name) ? 1 : 0;
  return result;
}

bool parse_head(std::string_view bytes, Request& request, Fields& fields, Head& head) {
  fields.clear();
  head = Head{};
  if (has_folded_line(bytes)) return false;
  Parser parser(fields);
  constexpr auto no_limit = ~std::uint32_t{0};  // the connection has bounded the head already
  parser.header_limit(no_limit);
  parser.body_limit(boost::none);
  parser.eager(false);
  beast::error_code error;
  const auto used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error || !parser.is_header_done() || used != bytes.size()) return false;

  request.method = method_of(parser.verb);
  request.method_text = parser.method;
  head.http11 = parser.version == 11;
  head.keep_alive = parser.keep_alive();
  head.asks_server = parser.target == "*" && request.method == Method::options;
  if (!head.asks_server && !split_target(parser.target, request)) return false;
  if (!read_framing(fields, head.http11, head)) return false;

  const auto hosts = fields.count("host");
  if (hosts > 1 || (hosts == 0 && head.http11)) return false;
  if (hosts == 1 && !is_host(fields.find("host")->value)) return false;

  const auto* expect = fields.find("expect");
  head.expects_continue = expect != nullptr && head.http11 && same_name(expect->value, "100-continue");
  return true;
}

}  // namespace doorstep::http
