// A small town with its people signed in, and the usual ways
// into a situation; what the scenes of this folder play on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "testing/small_town.hpp"

namespace doorstep::testing {

class Stage {
 public:
  explicit Stage(storage::Engine engine) : town(engine) {}

  SmallTown town;

  // The browser of a member of staff, signed in on first use;
  // "nobody" has no session, and a device of its own; "resident" is signed in by phone.
  Browser& as(const std::string& who);
  // Signs in anew on next use.
  void forget(const std::string& who) { browsers_.erase(who); }

  Answer get(const std::string& who, const std::string& path, const Sent& more = {});
  Answer post(const std::string& who, const std::string& path, const std::string& body = "",
              const Sent& more = {});
  Answer send(const std::string& who, const std::string& method, const std::string& path,
              const std::string& body = "", const Sent& more = {});

  // "/api/halls/hl_…/tickets"
  std::string hall(const std::string& rest = "") const { return "/api/halls/" + town.hall + rest; }
  // The windows are numbered from 1.
  std::string window(int number, const std::string& rest = "") const;

  // A ticket taken from a browser of its own; its token.
  std::string take(const std::string& service = "transfer");
  // A window opened by `who`.
  void open(const std::string& who, int number);
  // A ticket taken, called at the window, which `who` has opened; its token.
  std::string call(const std::string& who, int number);
  std::string serve(const std::string& who, int number);
  // A case taken in at the window, where a ticket is then still being served; what the window was shown.
  Answer take_in(const std::string& who, int number, const std::string& more = "");
  // The same of a case in which other units act.
  Answer take_in_relay(const std::string& who, int number);
  // A question that officer1 answered at the venue; its id.
  std::string inquiry();
  // "/api/desk/cases/cs_…"
  static std::string case_path(const Answer& taken_in, const std::string& rest = "");

  // What takes a case to a step; nobody refuses without a reason.
  static std::string step(const std::string& to);
  // A case of the matter in testing/relief.hpp, taken in by officer1; its id.
  std::string relief_case(const std::string& more = "");
  // A press of a button of a case, as it is now.
  Answer act(const std::string& who, const std::string& case_id, const std::string& rest,
             const std::string& body = "");

  // Somebody on record; their id.
  std::string person(const std::string& body = R"({"name":"示例 王秀英"})");

  // Their phone linked at the window, with the code it was sent.
  Answer link_phone(const std::string& person_id, const std::string& phone);

  // A member of staff; their id.
  std::string staff(const std::string& username);
  // A role that they have at the organisation which runs the venue; the grant's id.
  std::string grant(const std::string& staff_id);
  // "/api/organisations/or_…", of the one that runs the venue.
  std::string organisation(const std::string& rest = "") const {
    return "/api/organisations/" + town.organisation + rest;
  }

  // A community whose branch stands below the organisation that runs the venue; its code.
  std::string community();
  // All houses of a street, that belong to it; their id.
  std::string houses(const std::string& community, const std::string& street);

  // A micro-grid of the organisation that runs the venue; its id.
  std::string grid();

  // A branch below the organisation that runs the venue; its id.
  std::string branch();

  // An activity that the organisation held which runs the venue; its id.
  std::string past_activity();
  // A low one, of a case that officer2 took in at window 2 and refused; its id.
  std::string rating();

  // A post at the venue, of which they have the A role; its id.
  std::string post_held_by(const std::string& username);
  // They will be away in 2027, for a day; the absence's id.
  std::string absence_of(const std::string& username);
  // A handover slip of that post; its id.
  std::string slip(const std::string& from, const std::string& post_id, const std::string& to);

  // A case that somebody took in at their window is late; the alarm's id.
  std::string alarm(const std::string& who = "officer1", int number = 1);

  // A message that could not be delivered; its id.
  std::string dead_message();

 private:
  int communities_ = 0;
  std::map<std::string, Browser> browsers_;
};

// If-Match for the version that an answer shows.
Sent if_match(std::int64_t version);

// Hears a stream and keeps what it is told.
class Ear : public http::Stream {
 public:
  bool send(std::shared_ptr<const std::string> chunk) override;
  void close() override { closed_ = true; }
  bool closed() const override { return closed_; }

  // The chunks so far, once there are at least `count` of them; fails the test when that takes too long.
  std::vector<std::string> heard(std::size_t count);

 private:
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::vector<std::string> chunks_;
  std::atomic<bool> closed_{false};
};

}  // namespace doorstep::testing
