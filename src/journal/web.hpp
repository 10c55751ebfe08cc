// Questions to a server elsewhere, for what cannot go on without the answer. They wait, so they are asked in
// a `prepare` or a runner, never in a command.
//
// TLS is verified, redirects are not followed, and what is too long or too slow is given up. What is said of
// a failure holds nothing of question and answer.
#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.hpp"

namespace doorstep {

struct WebQuestion {
  std::string url;
  std::string form = {};  // form_encoded: POSTs it; empty: GETs
  std::string user = {};  // with a password: HTTP Basic; empty: without
  Secret password = {};
};

struct WebAnswer {
  int status = 0;  // 0: none came, or none that was short enough
  std::string body = {};
  std::optional<std::chrono::seconds> max_age = {};  // that it may be kept for, as it says itself
  std::string why = {};                              // there is none
};

class Web {
 public:
  virtual ~Web() = default;
  // May be called by several threads at once.
  virtual WebAnswer ask(const WebQuestion& question) = 0;
};

inline constexpr std::size_t web_answer_bytes_max = 64 * 1024;

struct WebOptions {
  std::string ca_file = {};  // empty: the system's authorities
  std::chrono::milliseconds time_most = std::chrono::seconds{4};
};

std::unique_ptr<Web> curl_web(WebOptions options = {});

// https://, or http:// on this very machine, for trying out.
bool is_web_address(std::string_view url);

// As a form or a query carries them: "%E9%95%87", and "a=1&b=%E9%95%87".
std::string form_text(std::string_view text);
std::string form_encoded(std::initializer_list<std::pair<std::string_view, std::string_view>> members);

}  // namespace doorstep
