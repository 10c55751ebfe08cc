// A town full of cases: 24 of 25 are over, the others under way and due one after another. Each has ten
// entries in its history. There is an officer for every 500 cases, so that everybody has as much in hand in a
// city as in a town.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "bench/city_books.hpp"
#include "cases/cases.hpp"

namespace doorstep::bench {

class CaseCity : public CityBooks {
 public:
  explicit CaseCity(storage::Engine engine);

  void grow_to(std::int64_t cases);

  // Runs the command `times` times; what it takes, in microseconds, without the commit after it.
  using Work = std::function<void(Transaction& tx, const Caller& caller)>;
  double microseconds(const Work& work, int times = 200);

  VenueId some_venue() { return venues_[any(venues_.size())]; }
  StaffId some_officer() { return officers_[any(officers_.size())]; }
  cases::CaseId some_case() { return cases_[any(cases_.size())]; }
  std::string some_reference() { return reference(static_cast<std::int64_t>(any(cases_.size()))); }

 private:
  static std::string reference(std::int64_t n);
  std::string name();
  std::size_t any(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  void add_some(Transaction& tx, const Caller& caller);
  void add_officer(Transaction& tx, Instant at);

  std::mt19937_64 random_{1};
  std::vector<VenueId> venues_;
  std::vector<StaffId> officers_;
  std::vector<cases::CaseId> cases_;
  std::string definition_, under_way_, over_;
};

}  // namespace doorstep::bench
