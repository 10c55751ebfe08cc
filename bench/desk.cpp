#include "bench/desk.hpp"

#include <stdexcept>

#include <boost/json/parse.hpp>

namespace doorstep::bench {

namespace json = boost::json;

Desk::Desk(std::uint16_t port) : client_(port) {
  hall_ = json::parse(ask("GET", "/api/town").body).at("halls").at(0).at("id").as_string();
  headers_ = "Cookie: doorstep_device=the-browser-at-the-window\r\n";  // else it would be given one, too
  const auto session = ask("POST", "/api/session", R"({"username":"officer1","password":"doorstep-demo"})");
  const auto& cookie = session.headers.at("set-cookie");
  headers_ = "Cookie: " + cookie.substr(0, cookie.find(';')) +
             "\r\nX-Doorstep-Csrf: " + std::string{json::parse(session.body).at("csrf").as_string()} + "\r\n";
  const auto windows = json::parse(ask("GET", "/api/halls/" + hall_ + "/windows").body);
  window_ = windows.at("items").at(0).at("id").as_string();
  act("open");
}

std::string Desk::request(const std::string& method, const std::string& path, const std::string& body) const {
  auto text = method + ' ' + path + " HTTP/1.1\r\nHost: bench\r\n" + headers_;
  if (!body.empty()) text += "Content-Type: application/json\r\n";
  return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

http::testing::Answer Desk::ask(const std::string& method, const std::string& path, const std::string& body) {
  auto answer = client_.ask(request(method, path, body));
  if (answer.status / 100 != 2) throw std::runtime_error(method + ' ' + path + ": " + answer.body);
  return answer;
}

void Desk::take_ticket() { ask("POST", "/api/halls/" + hall_ + "/tickets", R"({"service":"ask"})"); }

void Desk::act(const std::string& action) {
  send(action);
  receive();
}

void Desk::send(const std::string& action) {
  client_.send(request("POST", "/api/windows/" + window_ + '/' + action, ""));
}

void Desk::receive() {
  const auto answer = client_.receive();
  if (answer.status / 100 != 2) throw std::runtime_error("at the window: " + answer.body);
}

}  // namespace doorstep::bench
