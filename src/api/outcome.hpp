// What a command may return beside its plain view.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "base/problem.hpp"

namespace doorstep {

// A refusal that must leave a trace (a wrong password, a look denied): its rows are committed. A refusal that
// should leave nothing is thrown as a Problem.
struct Refused {
  Problem problem;
};

template <class View>
using Outcome = std::expected<View, Refused>;

// A view whose answer also sets or clears a cookie.
struct Cookie {
  std::string name;
  std::string value;  // empty: cleared
  long long max_age_seconds = 0;
  bool strict = true;  // SameSite=Strict, else Lax
};

template <class View>
struct WithCookie {
  View view;
  Cookie cookie;
};

// The answer of a command that has nothing to show: 204.
struct Nothing {
  bool operator==(const Nothing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

}  // namespace doorstep
