// One human being, on record twice: the two records are merged, and taken apart again when that was a
// mistake.
//
// Merging copies nothing. Each record keeps its own facts under its own key, and one of them stands for both
// from then on (`persons.merged_into`): it shows its own facts and, of a kind that it lacks, the other's; it
// is what both are found by, and what both phones speak for. So taking apart is exact. What was changed in
// the meantime was changed on the record that stood for both, and stays there; but for phones that were
// linked with it, which end: nobody can tell any more which of the two people they belong to.
//
//   A merged into B, B into C:   C stands for A, B and C.   A and B can't be merged again, nor into.
//   B taken out of C:            B stands for A and B, as it did before.
//   A taken out of B:            only when B stands for itself, so after B was taken out of C.
//
// Two records with different identity numbers are not merged, whoever asks: two numbers are two people unless
// one is a mistake, and then somebody has to say which one, by taking it off.
#pragma once

#include <optional>
#include <string>

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

struct MergeTag {
  static constexpr std::string_view prefix = "mr";
};
using MergeId = Id<MergeTag>;

// Closed, so that nothing about anybody can stand in it.
enum class MergeReason {
  recorded_twice,
  said_anew,     // wrote themselves in by phone, and were on record already
  another_name,  // married, or written differently
  other
};
BOOST_DESCRIBE_ENUM(MergeReason, recorded_twice, said_anew, another_name, other)

// `person` is merged into `into`, which stands for both.
struct MergePeople {
  PersonId person;
  std::int64_t version = 0;
  PersonId into;
  std::int64_t into_version = 0;
  MergeReason reason{};
};
BOOST_DESCRIBE_STRUCT(MergePeople, (), (person, version, into, into_version, reason))

// `person`, who was merged, is taken out again; the version is of the record that stands for both.
struct UnmergePeople {
  PersonId person;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(UnmergePeople, (), (person, version))

struct TakenApart {
  PersonView person;      // who was taken out
  PersonView taken_from;  // who stood for both
};
BOOST_DESCRIBE_STRUCT(TakenApart, (), (person, taken_from))

struct ListMerges {
  PersonId person;
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "limit") return {.least = 1, .most = page_items_max};
    return {.length_max = purpose_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ListMerges, (), (person, purpose, cursor, limit))

struct MergeView {
  MergeId id;
  PersonId person;   // who was merged
  std::string name;  // theirs, masked
  PersonId into;
  std::string into_name;
  MergeReason reason{};
  Instant merged_at;
  Officer merged_by;
  std::optional<Instant> undone_at;
  std::optional<Officer> undone_by;
  bool may_be_undone = false;
};
BOOST_DESCRIBE_STRUCT(MergeView, (),
                      (id, person, name, into, into_name, reason, merged_at, merged_by, undone_at, undone_by,
                       may_be_undone))

PersonView merge_people(Transaction& tx, const Caller& caller, const MergePeople& wish);
TakenApart unmerge_people(Transaction& tx, const Caller& caller, const UnmergePeople& wish);
// Of a record and of those that it stands for; the newest first. A look.
Outcome<Page<MergeView>> list_merges(Transaction& tx, const Caller& caller, const ListMerges& wish);

// For how many records one may stand, itself not counted.
inline constexpr std::int64_t merged_most = 20;

}  // namespace doorstep::identity
