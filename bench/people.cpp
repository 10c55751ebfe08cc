#include "bench/people.hpp"

#include <chrono>
#include <memory>
#include <random>
#include <stdexcept>
#include <vector>

#include "journal/caller.hpp"

namespace doorstep::bench {

namespace {

constexpr std::int64_t organisations = 10'000;
constexpr std::int64_t venues = 5'000;
constexpr std::int64_t branching = 6;  // a tree six levels deep
constexpr int questions = 1'000'000;
constexpr int turns = 5;

std::shared_ptr<const Reach> city() {
  std::vector<Reach::Unit> units;
  std::vector<Reach::Site> sites;
  for (std::int64_t i = 1; i <= organisations; ++i) {
    const auto parent = OrganisationId{(i - 2) / branching + 1};
    units.push_back({OrganisationId{i}, i == 1 ? std::nullopt : std::optional{parent}});
  }
  for (std::int64_t i = 1; i <= venues; ++i)
    sites.push_back({VenueId{i}, OrganisationId{1 + (i * 7) % organisations}});
  return std::make_shared<const Reach>(units, sites);
}

double microseconds_a_check(const Caller& caller) {
  std::mt19937_64 random{1};
  std::vector<VenueId> asked;
  for (int i = 0; i < 4'096; ++i)
    asked.push_back(VenueId{1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(venues))});
  int allowed = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < questions; ++i) {
    if (caller.has(Role::window_officer, asked[static_cast<std::size_t>(i) % asked.size()])) ++allowed;
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  if (allowed == 0 || allowed == questions) throw std::runtime_error("the question is no question");
  return took.count() / questions;
}

}  // namespace

Row permission_check() {
  // Somebody with three roles of two kinds: the first two are looked at and found to be elsewhere.
  Caller caller;
  caller.staff = Staff{.id = StaffId{1},
                       .session = {},
                       .grants = {{Role::lecturer, OrganisationId{2}},
                                  {Role::window_officer, OrganisationId{9'999}},
                                  {Role::window_officer, OrganisationId{3}}},
                       .reach = city()};
  std::vector<double> each;
  for (int turn = 0; turn < turns; ++turn) each.push_back(microseconds_a_check(caller));
  return {.name = "whether somebody may, among 10,000 organisations",
          .value = median(each),
          .unit = "us",
          .limit = {},
          .ratio = {},
          .goal = "<2"};
}

}  // namespace doorstep::bench
