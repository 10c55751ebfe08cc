// The program's log: one JSON object a line, on standard error or in files. An event has a short stable name
// and fields; there are no sentences to search through.
//
//   log_info("ticket_called", {{"request_id", id}, {"window", window}, {"waited_s", 240}});
//   {"ts":"2026-11-24T05:29:40.000000Z","level":"info","event":"ticket_called","request_id":"…",…}
//
// What may say who somebody is or open something never gets out: a field whose name says
// password, token, code, phone, name, key, cookie, authorization or secret ("csrf_token",
// "applicantName", "Set-Cookie") is written as "[redacted]". Use an id in place of a name,
// and "problem" for a problem's code. Texts are cut at log_value_bytes_max.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace doorstep {

enum class LogLevel { debug, info, warning, error };

class LogValue {
 public:
  LogValue(bool truth)
      : value_(truth) {}  // NOLINT(google-explicit-constructor): fields are written as plain values
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  LogValue(T number) : value_(static_cast<std::int64_t>(number)) {}  // NOLINT(google-explicit-constructor)
  LogValue(double number) : value_(number) {}                        // NOLINT(google-explicit-constructor)
  LogValue(const char* text) : value_(std::string_view(text)) {}     // NOLINT(google-explicit-constructor)
  LogValue(std::string_view text) : value_(text) {}                  // NOLINT(google-explicit-constructor)
  LogValue(const std::string& text)
      : value_(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  template <class Tag>
  LogValue(Id<Tag> id) : value_(to_string(id)) {}  // NOLINT(google-explicit-constructor)
  LogValue(Instant at) : value_(to_string(at)) {}  // NOLINT(google-explicit-constructor)

 private:
  friend void append_log_value(std::string& line, const LogValue& value);
  std::variant<bool, std::int64_t, double, std::string_view, std::string> value_;
};

// Lives no longer than the call it is written in: texts are not copied.
struct LogField {
  std::string_view name;
  LogValue value;
};
using LogFields = std::initializer_list<LogField>;

void log_debug(std::string_view event, LogFields fields = {});
void log_info(std::string_view event, LogFields fields = {});
void log_warning(std::string_view event, LogFields fields = {});
void log_error(std::string_view event, LogFields fields = {});

// Where lines go, and from which level on; info on standard
// error until said otherwise. Any thread may log meanwhile.
void log_least(LogLevel level);
void log_to_stderr();
// Begins a new file at `file_bytes` and keeps the last `files`.
void log_to_file(const std::filesystem::path& file, std::size_t file_bytes, std::size_t files);
// For tests: each line, without its end.
void log_to(std::function<void(std::string_view line)> take);

// Whether a field of this name is never written out.
bool is_redacted(std::string_view name);

// The line as it would be written, without its end.
std::string log_line(LogLevel level, Instant at, std::string_view event, LogFields fields);

}  // namespace doorstep
