#include "base/log.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <utility>

#include <boost/describe/enum.hpp>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/enums.hpp"
#include "base/json_text.hpp"
#include "base/limits.hpp"
#include "base/utf8.hpp"

namespace doorstep {

BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warning, error)

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); }

// These anywhere in a name; those at the end of one of its words. ("encode" stays, "postcode" goes.)
constexpr std::array<std::string_view, 6> telling_anywhere = {"password", "token",         "phone",
                                                              "cookie",   "authorization", "secret"};
constexpr std::array<std::string_view, 3> telling_endings = {"code", "name", "key"};

bool is_telling_word(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  return std::ranges::any_of(telling_endings, [word](auto ending) {
    return word.ends_with(ending) && word != "encode" && word != "decode";
  });
}

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(std::function<void(std::string_view)> take) : take_(std::move(take)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    take_(std::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

  std::function<void(std::string_view)> take_;
};

using Logger = std::shared_ptr<spdlog::logger>;

Logger logger_to(spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("doorstep", std::move(sink));
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v"));
  logger->set_level(spdlog::level::trace);  // levels are our own
  logger->flush_on(spdlog::level::info);
  return logger;
}

// The one log of the process. What is logged changes nothing
// that a command does, so it may stand at the side.
class Output {
 public:
  static Output& get() {
    static Output output;
    return output;
  }

  Logger logger() {
    const std::scoped_lock lock(mutex_);
    return logger_;
  }

  void use(Logger logger) {
    const std::scoped_lock lock(mutex_);
    logger_ = std::move(logger);
  }

  std::atomic<LogLevel> least{LogLevel::info};

 private:
  std::mutex mutex_;
  Logger logger_ = logger_to(std::make_shared<spdlog::sinks::stderr_sink_mt>());
};

void write_line(LogLevel level, std::string_view event, LogFields fields) {
  auto& output = Output::get();
  if (level < output.least.load(std::memory_order_relaxed)) return;
  const auto line = log_line(level, system_clock().now(), event, fields);
  output.logger()->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

void append_log_text(std::string& line, std::string_view text) {
  const bool cut = text.size() > log_value_bytes_max;
  auto shown = std::string(text.substr(0, log_value_bytes_max + 4));
  cut_utf8(shown, log_value_bytes_max);
  if (!valid_utf8(shown)) shown = repaired_utf8(shown);
  if (cut) shown += "…";
  append_json_text(line, shown);
}

}  // namespace

void append_log_value(std::string& line, const LogValue& value) {
  std::visit(
      [&line]<class T>(const T& plain) {
        if constexpr (std::is_same_v<T, bool>) {
          line += plain ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          append_json_integer(line, plain);
        } else if constexpr (std::is_same_v<T, double>) {
          std::isfinite(plain) ? append_json_number(line, plain) : void(line += "null");
        } else {
          append_log_text(line, plain);
        }
      },
      value.value_);
}

bool is_redacted(std::string_view name) {
  std::string all;
  std::string word;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins = is_upper(name[i]) && i > 0 && !is_upper(name[i - 1]);
    if (begins || !is_alphanumeric(name[i])) {
      if (is_telling_word(word)) return true;
      word.clear();
    }
    if (!is_alphanumeric(name[i])) continue;
    word += lower(name[i]);
    all += lower(name[i]);
  }
  return is_telling_word(word) || std::ranges::any_of(telling_anywhere, [&all](auto telling) {
           return all.find(telling) != std::string::npos;
         });
}

std::string log_line(LogLevel level, Instant at, std::string_view event, LogFields fields) {
  std::string line = R"({"ts":")";
  append_to(line, at);
  line += R"(","level":")";
  line += name_of(level);
  line += R"(","event":)";
  append_log_text(line, event);
  for (const auto& field : fields) {
    line += ',';
    append_log_text(line, field.name);
    line += ':';
    if (is_redacted(field.name)) {
      line += R"("[redacted]")";
    } else {
      append_log_value(line, field.value);
    }
  }
  line += '}';
  return line;
}

void log_debug(std::string_view event, LogFields fields) { write_line(LogLevel::debug, event, fields); }
void log_info(std::string_view event, LogFields fields) { write_line(LogLevel::info, event, fields); }
void log_warning(std::string_view event, LogFields fields) { write_line(LogLevel::warning, event, fields); }
void log_error(std::string_view event, LogFields fields) { write_line(LogLevel::error, event, fields); }

void log_least(LogLevel level) { Output::get().least.store(level, std::memory_order_relaxed); }

void log_to_stderr() { Output::get().use(logger_to(std::make_shared<spdlog::sinks::stderr_sink_mt>())); }

void log_to_file(const std::filesystem::path& file, std::size_t file_bytes, std::size_t files) {
  Output::get().use(
      logger_to(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), file_bytes, files)));
}

void log_to(std::function<void(std::string_view)> take) {
  Output::get().use(logger_to(std::make_shared<FunctionSink>(std::move(take))));
}

}  // namespace doorstep
