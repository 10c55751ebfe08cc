#include "hall/front.hpp"

#include <algorithm>

namespace doorstep::hall {

FrontView read_front(Snapshot& snapshot, const Caller& caller, const ReadFront& wish) {
  FrontView front{.town = read_town(snapshot, caller, {}), .hall = {}, .services = {}, .queue = {}};
  const auto& halls = front.town.halls;
  if (halls.empty()) return front;
  const auto wished = std::ranges::find(halls, wish.hall, &HallView::id);
  const auto hall = wished == halls.end() ? halls.front().id : wished->id;
  front.hall = hall;
  front.services = list_services(snapshot, caller, {.hall = hall, .cursor = {}, .limit = page_items_max});
  front.queue = read_queue(snapshot, caller, {hall});
  return front;
}

}  // namespace doorstep::hall
