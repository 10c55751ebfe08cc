// The little of libcurl that the transports share; only for their .cpp files.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include <curl/curl.h>

#include "journal/channels.hpp"

namespace doorstep::curl {

// libcurl's own set-up is not for several threads at once; the first transport that is made does it.
inline void start_library() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error{"libcurl does not start"};
}

struct Cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Cleanup>;
using List = std::unique_ptr<curl_slist, Cleanup>;

template <class Value>
void set(const Handle& handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) {
    throw std::runtime_error{"libcurl refuses option " + std::to_string(option)};
  }
}

inline void append(List& list, const std::string& line) {
  auto* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc{};
  // The head stays the same but for the first line.
  static_cast<void>(list.release());
  list.reset(longer);
}

// A handle with the limits that every transport keeps. One a
// try: nothing is shared between threads or recipients.
inline Handle new_handle(const std::string& ca_file) {
  Handle handle{curl_easy_init()};
  if (!handle) throw std::bad_alloc{};
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::chrono::milliseconds{connect_time_most}.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::chrono::milliseconds{send_time_most}.count()));
  // The program is configured in one place; a proxy from the environment would be a second one.
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  if (!ca_file.empty()) {
    set(handle, CURLOPT_CAINFO, ca_file.c_str());
    // libcurl is built with the system's folder of authorities, and would ask it as well.
    set(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  return handle;
}

inline long response_code(const Handle& handle) {
  long code = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
}

}  // namespace doorstep::curl
