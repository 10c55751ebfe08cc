#include "bench/desk.hpp"

#include <boost/json/parse.hpp>

namespace doorstep::bench {

namespace json = boost::json;

Desk::Desk(std::uint16_t port) : officer_(port, "officer1") {
  hall_ = json::parse(officer_.ask("GET", "/api/town").body).at("halls").at(0).at("id").as_string();
  const auto windows = json::parse(officer_.ask("GET", "/api/halls/" + hall_ + "/windows").body);
  window_ = windows.at("items").at(0).at("id").as_string();
  act("open");
}

void Desk::take_ticket() { officer_.ask("POST", "/api/halls/" + hall_ + "/tickets", R"({"service":"ask"})"); }

void Desk::act(const std::string& action) {
  send(action);
  receive();
}

void Desk::send(const std::string& action) {
  officer_.send("POST", "/api/windows/" + window_ + '/' + action);
}

}  // namespace doorstep::bench
