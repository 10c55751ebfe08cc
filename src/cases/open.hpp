// Opening a case: the first contact, the number, the promise, what was handed in. For the files of this room.
#pragma once

#include "cases/case.hpp"
#include "cases/deadlines.hpp"
#include "cases/definition.hpp"

namespace doorstep::cases {

struct NewCase {
  VenueId venue;
  StaffId first_contact;
  std::vector<std::string> materials_received = {};
  std::optional<Applicant> applicant = {};
  Answers answers = {};
  std::optional<std::string> note = {};
  std::optional<std::string> device = {};  // the browser from which it was asked for
};

struct Opened {
  CaseId id;
  std::string reference;
  StaffId first_contact;
  Promise promise;
};

// Whoever asks may; what they say fits the matter. Tells the officers, and the applicant if there is one.
Opened put_case(Transaction& tx, const Caller& caller, const Stored& matter, const NewCase& wish);

// One statement.
Day day_at_town(Snapshot& snapshot, Instant at);

}  // namespace doorstep::cases
