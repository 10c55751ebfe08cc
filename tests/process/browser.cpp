#include "process/browser.hpp"

#include <stdexcept>

#include <boost/json/parse.hpp>

namespace doorstep::process {

namespace json = boost::json;

std::string Answer::at(const char* member) const {
  const auto* object = body.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains(member);
  return value == nullptr || !value->is_string() ? std::string{} : std::string{value->get_string()};
}

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

std::string request_text(const std::string& method, const std::string& path, const std::string& body,
                         const Headers& headers) {
  auto text = method + ' ' + path + " HTTP/1.1\r\n";
  if (!headers.contains("host")) text += std::string{"host: "} + usual_host + "\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "content-type: application/json\r\n";
  if (method != "GET") text += "content-length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

Answer receive(Client& client) {
  auto got = client.receive();
  Answer answer{got.status, std::move(got.headers), std::move(got.body), nullptr};
  const auto length = answer.header("content-length");
  if (!length.empty() && answer.text.size() != std::stoul(length)) return {};
  boost::system::error_code no_json;
  auto body = json::parse(answer.text, no_json);
  if (!no_json) answer.body = std::move(body);
  return answer;
}

Answer ask(Client& client, const std::string& method, const std::string& path, const std::string& body,
           const Headers& headers) {
  if (!client.send(request_text(method, path, body, headers))) return {};
  return receive(client);
}

Answer ask(std::uint16_t port, const std::string& method, const std::string& path, const std::string& body,
           const Headers& headers) {
  Client client{port};
  return ask(client, method, path, body, headers);
}

std::string first_hall(std::uint16_t port, const std::string& host) {
  const auto town = ask(port, "GET", "/api/town", "", {{"host", host}});
  if (town.status != 200) throw std::runtime_error("no town: " + town.text);
  return std::string{town.body.at("halls").at(0).at("id").as_string()};
}

Answer take_ticket(Client& client, const std::string& hall, const std::string& key) {
  Headers headers;
  if (!key.empty()) headers["idempotency-key"] = key;
  return ask(client, "POST", "/api/halls/" + hall + "/tickets", R"({"service":"ask"})", headers);
}

Officer::Officer(std::uint16_t port, const std::string& hall, std::size_t window, const std::string& host)
    : port_(port), headers_{{"host", host}} {
  // A browser that has a device's cookie is given only the session's.
  const auto body =
      R"({"username":"officer)" + std::to_string(window + 1) + R"(","password":"doorstep-demo"})";
  const auto session = ask(port_, "POST", "/api/session", body,
                           {{"host", host}, {"cookie", "doorstep_device=the-browser-at-the-window"}});
  if (session.status != 200) throw std::runtime_error("no session: " + session.text);
  const auto cookie = session.header("set-cookie");
  headers_["cookie"] = cookie.substr(0, cookie.find(';'));
  headers_["x-doorstep-csrf"] = session.at("csrf");
  const auto windows = ask(port_, "GET", "/api/halls/" + hall + "/windows", "", headers_);
  window_ = windows.body.at("items").at(window).at("id").as_string();
  const auto opened = post("open");
  if (opened.status != 200) throw std::runtime_error("the window stays closed: " + opened.text);
}

Answer Officer::post(const std::string& action) {
  return ask(port_, "POST", "/api/windows/" + window_ + '/' + action, "", headers_);
}

}  // namespace doorstep::process
