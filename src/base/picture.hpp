// What stands somewhere, thing by thing and fact by fact, as text for people: two pictures, before and after,
// say what was done in between.
#pragma once

#include <map>
#include <string>

#include <boost/mp11/algorithm.hpp>

#include "base/json.hpp"

namespace doorstep {

struct Thing {
  std::string kind;  // "venue"
  std::string key;

  auto operator<=>(const Thing&) const = default;
};

using Facts = std::map<std::string, std::string>;  // by name; the value as JSON says it
using Picture = std::map<Thing, Facts>;

// A fact for each member of a described row but its key; what is null is none.
template <class Row>
Facts facts_of(const Row& row) {
  Facts facts;
  boost::mp11::mp_for_each<json_detail::Members<Row>>([&]<class D>(D) {
    auto value = write_json(row.*D::pointer);
    if (std::string_view{D::name} != "key" && value != "null") facts.emplace(D::name, std::move(value));
  });
  return facts;
}

}  // namespace doorstep
