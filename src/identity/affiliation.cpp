#include "identity/affiliation.hpp"

namespace doorstep::identity {

std::string place_of(const Volunteering& volunteering) {
  if (volunteering.venue) return to_string(*volunteering.venue);
  return volunteering.organisation ? to_string(*volunteering.organisation) : std::string{};
}

}  // namespace doorstep::identity
