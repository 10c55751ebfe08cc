#include "bench/name_search.hpp"

#include <chrono>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "bench/city_books.hpp"
#include "bench/letters.hpp"
#include "identity/person.hpp"

namespace doorstep::bench {

namespace {

constexpr std::int64_t people_of_a_town = 10'000;
constexpr std::int64_t people_of_a_city = 1'000'000;
constexpr std::int64_t recorded_at_once = 500;
constexpr int searches = 400;
constexpr std::int32_t shown_at_once = 20;
constexpr std::size_t common_letters = 3;

// People of no place, with names as names are spread: a hundred surnames, and given names of two letters of
// which few are common and most are rare.
class Crowd {
 public:
  identity::RecordPerson next() {
    const auto n = recorded_++;
    return {.name = letter(surnames_from + any(surnames)) + letter(skewed()) + letter(skewed()),
            .phone = fmt::format("000{:08}", n),
            .identity_number = std::nullopt,
            .birth_date = Day{-static_cast<std::int32_t>(any(20'000))},  // before 1970
            .address = fmt::format("示例路 {} 号", any(2'000))};
  }
  std::int64_t recorded() const { return recorded_; }
  // Two letters of so many given names that even a town's fill a page.
  std::string common_pair() { return letter(0) + letter(any(common_letters)); }

 private:
  static constexpr std::size_t given_letters = 300;
  static constexpr std::size_t surnames_from = 1'000;
  static constexpr std::size_t surnames = 100;

  std::size_t any(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  std::size_t skewed() {
    const auto share = static_cast<double>(any(1'000'000)) / 1'000'000;
    return static_cast<std::size_t>(std::pow(share, 3) * given_letters);
  }

  std::mt19937_64 random_{1};
  std::int64_t recorded_ = 0;
};

class City : public CityBooks {
 public:
  using CityBooks::CityBooks;

  void grow_to(std::int64_t people) {
    while (crowd_.recorded() < people) {
      command([&](Transaction& tx, const Caller& caller) {
        for (std::int64_t i = 0; i < recorded_at_once; ++i) {
          if (!identity::record_person(tx, caller, crowd_.next()))
            throw std::runtime_error("somebody could not be recorded");
        }
      });
    }
  }

  // What the command takes, without the commit after it: that is the same in a town and in a city.
  double microseconds_a_search() {
    std::vector<double> each;
    for (int i = 0; i < searches; ++i) {
      identity::FindPeople wish;
      wish.name = crowd_.common_pair();
      wish.purpose = "bench";
      wish.limit = shown_at_once;
      command([&](Transaction& tx, const Caller& caller) {
        const auto begin = std::chrono::steady_clock::now();
        const auto found = identity::find_people(tx, caller, wish);
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
        if (!found || !found->next) throw std::runtime_error("the page is not full");
        each.push_back(took.count());
      });
    }
    return median(each);
  }

 private:
  Crowd crowd_;
};

Row name_search(storage::Engine engine, std::string_view engine_name) {
  City city{engine};
  city.grow_to(people_of_a_town);
  city.microseconds_a_search();  // the first ones also read the pages
  const auto in_town = city.microseconds_a_search();
  city.grow_to(people_of_a_city);
  city.microseconds_a_search();
  const auto in_city = city.microseconds_a_search();
  return {
      .name = fmt::format("finding people by two letters of a name among 1,000,000, {} (limit: among 10,000)",
                          engine_name),
      .value = in_city,
      .unit = "us",
      .limit = in_town,
      .ratio = in_city / in_town,
      .goal = "<=1.5"};
}

}  // namespace

Row name_search_on_sqlite() { return name_search(storage::Engine::sqlite, "SQLite"); }
Row name_search_on_postgres() { return name_search(storage::Engine::postgres, "PostgreSQL"); }

}  // namespace doorstep::bench
