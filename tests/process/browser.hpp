// Requests as a browser or a console sends them, to the program under test.
#pragma once

#include <map>
#include <string>

#include <boost/json/value.hpp>

#include "process/program.hpp"

namespace doorstep::process {

struct Answer {
  int status = 0;  // 0: the connection ended before all of it had come
  std::map<std::string, std::string> headers;
  std::string text;
  boost::json::value body;  // null where it is no JSON

  std::string at(const char* member) const;
  std::string header(const std::string& name) const;
};

using Headers = std::map<std::string, std::string>;

// The host that requests name unless their headers say another.
inline constexpr const char* usual_host = "town.example";

std::string request_text(const std::string& method, const std::string& path, const std::string& body = "",
                         const Headers& headers = {});
// The next answer on the connection.
Answer receive(Client& client);
Answer ask(Client& client, const std::string& method, const std::string& path, const std::string& body = "",
           const Headers& headers = {});
// On a connection of its own.
Answer ask(std::uint16_t port, const std::string& method, const std::string& path,
           const std::string& body = "", const Headers& headers = {});

// "hl_…" of the town's first hall.
std::string first_hall(std::uint16_t port, const std::string& host = usual_host);
// A ticket for the line of "ask" (B), with an idempotency key where one is given.
Answer take_ticket(Client& client, const std::string& hall, const std::string& key = "");

// An officer at a window, signed in.
class Officer {
 public:
  Officer(std::uint16_t port, const std::string& hall, std::size_t window,
          const std::string& host = usual_host);
  // What the officer's browser sends with each request.
  const Headers& headers() const { return headers_; }
  Answer post(const std::string& action);
  Answer call_next() { return post("call-next"); }

 private:
  std::uint16_t port_;
  Headers headers_;
  std::string window_;
};

}  // namespace doorstep::process
