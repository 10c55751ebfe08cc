// What still holds a venue or an organisation that somebody would end.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>

#include "base/enums.hpp"

namespace doorstep::network {

// Each has its text in base/problem_texts_uses.cpp.
enum class InUse {
  roles,
  posts,
  devices,
  open_windows,
  people_waiting,
  cases,
  organisations,
  venues,
  grids,
  communities
};
BOOST_DESCRIBE_ENUM(InUse, roles, posts, devices, open_windows, people_waiting, cases, organisations, venues,
                    grids, communities)

// As the arguments of a Problem whose text lists them.
inline std::vector<std::string> names_of(std::span<const InUse> uses) {
  std::vector<std::string> names;
  for (const auto use : uses) names.emplace_back(name_of(use));
  return names;
}

}  // namespace doorstep::network
