// A small town with its people signed in, and the usual ways
// into a situation: what the tests of the rooms start from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "testing/small_town.hpp"

namespace doorstep::testing {

struct EventRow {
  std::string kind, topic, body;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (kind, topic, body))

inline Sent if_match(std::int64_t version) { return {{{"if-match", '"' + std::to_string(version) + '"'}}}; }

class HallTest : public SmallTownTest {
 protected:
  // The browser of a member of staff, signed in when it is first used; "nobody" is not signed in.
  Browser& as(const std::string& who) {
    auto& browser = browsers_[who];
    if (browser.session.empty() && who != "nobody") browser = town.sign_in(who);
    return browser;
  }

  // Time passes; all sign in anew.
  void pass(Microseconds time) {
    town.pass(time);
    browsers_.clear();
    callers_.clear();
  }

  Answer get(const std::string& who, const std::string& path) { return town.call(as(who), "GET", path); }
  Answer post(const std::string& who, const std::string& path, const std::string& body = "",
              const Sent& more = {}) {
    return town.call(as(who), "POST", path, body, more);
  }

  std::string hall(const std::string& rest = "") const { return "/api/halls/" + town.hall + rest; }
  // Windows count from 1.
  std::string window(std::size_t number, const std::string& rest = "") const {
    return "/api/windows/" + town.windows.at(number - 1) + rest;
  }

  // A ticket from a browser of its own.
  Answer take(const std::string& service = "transfer") {
    return town.call("POST", hall("/tickets"), R"({"service":")" + service + "\"}");
  }
  Answer ticket(const Answer& taken) { return town.call("GET", "/api/tickets/" + taken.text("token")); }
  Answer cancel(const Answer& taken) {
    return town.call("POST", "/api/tickets/" + taken.text("token") + "/cancel");
  }

  // A press of a button at a window: "open", "call-next", "finish".
  Answer press(const std::string& who, std::size_t number, const std::string& button,
               const std::string& body = "") {
    return post(who, window(number, "/" + button), body);
  }
  // The same, where it has to succeed.
  Answer pressed(const std::string& who, std::size_t number, const std::string& button,
                 const std::string& body = "") {
    auto answer = press(who, number, button, body);
    EXPECT_LT(answer.status, 300) << who << " pressed " << button << ": " << answer.problem();
    return answer;
  }

  // officer1 serves a newly taken ticket at window 1.
  Answer serve(const std::string& service = "transfer") {
    auto taken = take(service);
    for (const auto* button : {"open", "call-next", "start"}) pressed("officer1", 1, button);
    return taken;
  }

  // Runs a command as that member of staff.
  template <class F>
  void command(const std::string& who, F&& run) {
    auto& caller = caller_of(who);
    town.write([&](Transaction& tx, Instant at) {
      caller.at = at;
      run(tx, caller);
    });
  }
  Caller& caller_of(const std::string& who) {
    auto known = callers_.find(who);
    if (known == callers_.end()) known = callers_.emplace(who, town.caller_of(who)).first;
    return known->second;
  }

  template <class T>
  T value(std::string_view statement, Binds binds = {}) {
    T found{};
    town.read([&](Snapshot& snapshot, Instant) { found = snapshot.value<T>(statement, binds); });
    return found;
  }

  // What `act` told, in order: "kind topic body".
  template <class F>
  std::vector<std::string> told_by(F&& act) {
    const auto before = value<std::int64_t>("select seq from journal_head where one = 1");
    act();
    std::vector<std::string> told;
    town.read([&](Snapshot& snapshot, Instant) {
      for (const auto& event :
           snapshot.all<EventRow>("select kind, topic, body from events where seq > :before order by seq",
                                  {{"before", before}})) {
        told.push_back(event.kind + ' ' + event.topic + ' ' + event.body);
      }
    });
    return told;
  }

 private:
  std::map<std::string, Browser> browsers_;
  std::map<std::string, Caller> callers_;
};

// The numbers in a list of an answer.
inline std::vector<std::string> texts_in(const boost::json::value& list, const char* member = nullptr) {
  std::vector<std::string> texts;
  for (const auto& each : list.as_array()) {
    texts.emplace_back((member == nullptr ? each : each.at(member)).as_string());
  }
  return texts;
}

}  // namespace doorstep::testing
