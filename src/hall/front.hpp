// What a resident sees first, in one answer: the town, and of one hall what can be done there and its lines.
//
// Over a slow line a second question costs more than all the rest of the page.
#pragma once

#include "hall/place.hpp"
#include "hall/queue.hpp"

namespace doorstep::hall {

struct ReadFront {
  std::optional<HallId> hall;  // the first one without it, or when it is not there any more
};
BOOST_DESCRIBE_STRUCT(ReadFront, (), (hall))

struct FrontView {
  TownView town;
  std::optional<HallId> hall;  // whose they are; none: the town has no hall yet
  Page<ServiceView> services;
  std::optional<QueueView> queue;
};
BOOST_DESCRIBE_STRUCT(FrontView, (), (town, hall, services, queue))

FrontView read_front(Snapshot& snapshot, const Caller& caller, const ReadFront& wish);

}  // namespace doorstep::hall
