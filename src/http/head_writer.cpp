#include "http/head_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace doorstep::http {

namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "";  // the reason is for people only; a client must not look at it
  }
}

bool is_name(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || marks.contains(c) || (c >= 'A' && c <= 'Z');
  });
}

bool is_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\t';
  });
}

// Written by the server itself, whatever a handler says.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 6> ours = {"content-length", "transfer-encoding", "connection",
                                                    "date",           "x-request-id",      "content-type"};
  return std::ranges::find(ours, name) != ours.end();
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

}  // namespace

std::string_view DateText::now() {
  timespec at{};
  clock_gettime(CLOCK_REALTIME_COARSE, &at);
  if (at.tv_sec == second_) return text_;
  second_ = at.tv_sec;
  std::tm parts{};
  gmtime_r(&second_, &parts);
  constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 64> text{};
  // strftime would write the names of the days in the language of the process.
  const auto length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                    days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                    months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                                    parts.tm_hour, parts.tm_min, parts.tm_sec);
  text_.assign(text.data(), static_cast<std::size_t>(length));
  return text_;
}

bool has_no_body(int status) { return status == 204 || status == 304; }

bool write_head(std::string& out, const Response& response, const HeadFacts& facts) {
  if (response.status < 200 || response.status > 599) return false;
  out.assign("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(response.status));
  out.push_back(' ');
  out.append(reason_of(response.status));
  out.append("\r\nDate: ");
  out.append(facts.date);
  out.append("\r\nX-Request-Id: ");
  out.append(facts.id);
  if (!response.content_type.empty() && response.status != 204) {
    if (!is_value(response.content_type)) return false;
    out.append("\r\nContent-Type: ");
    out.append(response.content_type);
  }
  if (!facts.stream && !has_no_body(response.status)) {
    out.append("\r\nContent-Length: ");
    append_number(out, facts.body_bytes);
  }
  for (const auto& header : response.headers) {
    if (!is_name(header.name) || !is_value(header.value)) return false;
    if (is_ours(header.name)) continue;
    out.append("\r\n");
    out.append(header.name);
    out.append(": ");
    out.append(header.value);
  }
  if (!facts.keep_alive) {
    out.append("\r\nConnection: close");
  } else if (!facts.http11) {
    out.append("\r\nConnection: keep-alive");
  }
  out.append("\r\n\r\n");
  return true;
}

}  // namespace doorstep::http
