#include "bench/colleague.hpp"

#include <stdexcept>

#include <boost/json/parse.hpp>

namespace doorstep::bench {

Colleague::Colleague(std::uint16_t port, const std::string& username)
    : client_(port),
      // Else the browser would be given one, too.
      headers_("Cookie: doorstep_device=the-browser-of-" + username + "\r\n") {
  const auto session =
      ask("POST", "/api/session", R"({"username":")" + username + R"(","password":"doorstep-demo"})");
  const auto& cookie = session.headers.at("set-cookie");
  headers_ = "Cookie: " + cookie.substr(0, cookie.find(';')) +
             "\r\nX-Doorstep-Csrf: " + std::string{boost::json::parse(session.body).at("csrf").as_string()} +
             "\r\n";
}

http::testing::Answer Colleague::ask(const std::string& method, const std::string& path,
                                     const std::string& body, const std::string& headers) {
  send(method, path, body, headers);
  return receive();
}

void Colleague::send(const std::string& method, const std::string& path, const std::string& body,
                     const std::string& headers) {
  auto text = method + ' ' + path + " HTTP/1.1\r\nHost: bench\r\n" + headers_ + headers;
  if (!body.empty() && headers.find("Content-Type") == std::string::npos)
    text += "Content-Type: application/json\r\n";
  client_.send(text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

http::testing::Answer Colleague::receive() {
  auto answer = client_.receive();
  if (answer.status / 100 != 2) throw std::runtime_error("it was not done: " + answer.body);
  return answer;
}

}  // namespace doorstep::bench
