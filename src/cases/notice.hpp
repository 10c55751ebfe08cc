// All that is missing, told once 一次性补正告知: nobody is sent home twice for what could have been said the
// first time. The case waits for the resident, who sees the list and is sent it where a phone is known. When
// the last of it has come the case goes on where it was. A second notice is only for what came up since; it
// says why, and stays to be seen.
#pragma once

#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct TellMissing {
  CaseId id;
  std::int64_t version = 0;
  std::vector<std::string> materials;  // keys
  std::vector<std::string> others;     // papers in words of one's own; the resident reads them
  std::optional<std::string> reason;   // of a second notice: what came up since the first

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "materials") return {.length_max = 50};
    if (member == "others") return {.length_max = 10};
    return {.length_min = 1, .length_max = 200};
  }
};
BOOST_DESCRIBE_STRUCT(TellMissing, (), (id, version, materials, others, reason))

// Throws Problem nothing_missing, unknown_material, material_received, told_already, cannot_wait_here.
CaseView tell_missing(Transaction& tx, const Caller& caller, const TellMissing& wish);

// In order, with the names of `materials`. One statement.
std::vector<NoticeView> notices_of(Snapshot& snapshot, CaseId id, const std::vector<MaterialView>& materials);
// What of it has not come; nothing where all has.
std::optional<StillMissing> still_missing(Snapshot& snapshot, CaseId id,
                                          const std::vector<MaterialView>& materials);

// When nothing that was told is missing any more, the case goes on where it was; whether it did. `key` is
// what has just come. One statement where it waits for the resident, and then those of a step.
bool go_on_when_all_came(Transaction& tx, const Caller& caller, const StoredCase& row,
                         const MatterDefinition& matter, const std::string& key);

}  // namespace doorstep::cases
