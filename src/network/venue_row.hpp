// A row of `venues` as it is read wherever venues are shown.
#pragma once

#include "network/venue.hpp"

namespace doorstep::network {

struct VenueRow {
  VenueId id;
  std::int64_t version = 0;
  VenueKind kind{};
  std::string name_zh, name_en, address_zh, address_en;
  std::optional<OrganisationId> organisation;
  std::optional<std::string> community;
  std::optional<std::int64_t> latitude, longitude;
  StepFree step_free{};
  std::optional<std::string> step_free_note_zh, step_free_note_en;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (),
                      (id, version, kind, name_zh, name_en, address_zh, address_en, organisation, community,
                       latitude, longitude, step_free, step_free_note_zh, step_free_note_en, ended_at))

inline VenueView view(const VenueRow& row) {
  VenueView venue{.id = row.id,
                  .version = row.version,
                  .kind = row.kind,
                  .name = {row.name_zh, row.name_en},
                  .address = {row.address_zh, row.address_en},
                  .organisation = row.organisation,
                  .community = row.community,
                  .place = {},
                  .step_free = row.step_free,
                  .step_free_note = {},
                  .ended_at = row.ended_at};
  if (row.latitude && row.longitude) venue.place = place_at({*row.latitude, *row.longitude});
  if (row.step_free_note_zh)
    venue.step_free_note = Text{*row.step_free_note_zh, row.step_free_note_en.value_or("")};
  return venue;
}

}  // namespace doorstep::network
