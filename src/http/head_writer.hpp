// The head of an answer, written straight into a string that the connection keeps: Beast's serializer walks a
// tree of fields and a list of buffers for what is three appends here.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/http.hpp"

namespace doorstep::http {

// "Tue, 24 Nov 2026 05:29:40 GMT", made anew once a second. For one thread.
class DateText {
 public:
  std::string_view now();

 private:
  std::time_t second_ = -1;
  std::string text_;
};

struct HeadFacts {
  std::string_view date;
  std::string_view id;
  bool http11 = true;
  bool keep_alive = true;
  bool stream = false;
  std::size_t body_bytes = 0;
};

// Statuses that by definition have no body (RFC 9110 section 6.4.1).
bool has_no_body(int status);

// Overwrites `out`. False when the answer cannot be sent as it is: a status outside of 200 to 599, or a
// header whose name or value would break out of its line. That is a bug or an attack, and answered 500.
bool write_head(std::string& out, const Response& response, const HeadFacts& facts);

}  // namespace doorstep::http
