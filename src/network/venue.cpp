#include "network/venue.hpp"

#include <algorithm>
#include <iterator>

#include "base/problem.hpp"
#include "identity/grants.hpp"
#include "network/community.hpp"
#include "network/device.hpp"
#include "network/organisation.hpp"
#include "network/post.hpp"
#include "network/tree.hpp"
#include "network/venue_row.hpp"

namespace doorstep::network {

namespace {

struct NameRow {
  std::optional<Day> from_day;
  std::string name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (from_day, name_zh, name_en))

// What a venue is written with; the name stands in its history, too.
struct Facts {
  VenueKind kind{};
  Text address;
  std::optional<OrganisationId> organisation;
  std::optional<std::string> community;
  std::optional<Place> place;
  StepFree step_free{};
  std::optional<Text> step_free_note;
};

std::optional<std::int64_t> latitude_of(const std::optional<Place>& place) {
  return place ? std::optional{microdegrees(*place).latitude} : std::nullopt;
}

std::optional<std::int64_t> longitude_of(const std::optional<Place>& place) {
  return place ? std::optional{microdegrees(*place).longitude} : std::nullopt;
}

std::optional<std::string> zh_of(const std::optional<Text>& text) {
  return text ? std::optional{text->zh} : std::nullopt;
}

std::optional<std::string> en_of(const std::optional<Text>& text) {
  return text ? std::optional{text->en} : std::nullopt;
}

void write_facts(Transaction& tx, VenueId venue, const Facts& facts, Instant at) {
  tx.run(
      "update venues set kind = :kind, address_zh = :address_zh, address_en = :address_en, organisation = :organisation,"
      " community = :community, latitude = :latitude, longitude = :longitude, step_free = :step_free,"
      " step_free_note_zh = :note_zh, step_free_note_en = :note_en, edited_at = :at, version = version + 1"
      " where id = :id",
      {{"kind", facts.kind},
       {"address_zh", facts.address.zh},
       {"address_en", facts.address.en},
       {"organisation", facts.organisation},
       {"community", facts.community},
       {"latitude", latitude_of(facts.place)},
       {"longitude", longitude_of(facts.place)},
       {"step_free", facts.step_free},
       {"note_zh", zh_of(facts.step_free_note)},
       {"note_en", en_of(facts.step_free_note)},
       {"at", at},
       {"id", venue}});
}

Scope run_by(const std::optional<OrganisationId>& organisation) {
  return organisation ? Scope{*organisation} : Scope{WholeTown{}};
}

// Whoever gives a venue into other hands gives those there their roles at it, and takes them from those who
// had it: that is an administrator's. Returns whether it changes hands.
bool require_giver_away(Snapshot& snapshot, const Caller& caller, const VenueView& venue,
                        const EditVenue& wish, std::optional<OrganisationView>& taker) {
  if (!wish.organisation || venue.organisation == wish.organisation.value) return false;
  if (wish.organisation.value)
    taker = require_organisation(snapshot, *wish.organisation.value, "organisation");
  require_role(caller, {Role::administrator}, run_by(venue.organisation));
  require_role(caller, {Role::administrator}, run_by(wish.organisation.value));
  return true;
}

void correct_name(Transaction& tx, VenueId venue, const Text& name) {
  const auto names = names_of(tx, venue);
  put_name(tx, venue, names.empty() ? std::nullopt : names.back().from, name);
}

std::vector<InUse> uses_of(Snapshot& snapshot, VenueId venue, const std::vector<VenueUse>& above,
                           Instant at) {
  std::vector<InUse> uses;
  if (identity::has_grants(snapshot, venue, at)) uses.push_back(InUse::roles);
  if (has_posts(snapshot, venue)) uses.push_back(InUse::posts);
  if (has_devices(snapshot, venue)) uses.push_back(InUse::devices);
  for (const auto& room : above) std::ranges::copy(room(snapshot, venue), std::back_inserter(uses));
  return uses;
}

template <class T>
T changed(const Patch<T>& wish, const T& now) {
  return wish ? wish.value : now;
}

}  // namespace

VenueView require_venue(Snapshot& snapshot, VenueId id, const char* path) {
  const auto row = snapshot.maybe<VenueRow>(
      "select id, version, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude, longitude,"
      " step_free, step_free_note_zh, step_free_note_en, ended_at from venues where id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_venue", {}, path};
  return view(*row);
}

void require_live(const VenueView& venue) {
  if (venue.ended_at) throw Problem{"venue_ended"};
}

void require_community(Snapshot& snapshot, const std::optional<std::string>& code) {
  if (code) require_community_of(snapshot, *code);
}

Page<VenueView> list_venues(Snapshot& snapshot, const Caller& caller, const ListVenues& wish) {
  require_staff(caller);
  require_organisation(snapshot, wish.organisation);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<VenueRow>(
      "select id, version, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude, longitude,"
      " step_free, step_free_note_zh, step_free_note_en, ended_at from venues"
      " where organisation = :organisation and ended_at is null and id > :after order by id limit :limit",
      {{"organisation", wish.organisation}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(rows, limit, [](const VenueRow& row) { return row.id.value; }, view);
}

VenueView record_venue(Transaction& tx, const Caller& caller, const RecordVenue& wish) {
  std::optional<OrganisationView> organisation;
  if (wish.organisation) organisation = require_organisation(tx, *wish.organisation, "organisation");
  require_community(tx, wish.community);
  require_role(caller, {Role::centre_manager}, run_by(wish.organisation));
  if (organisation) require_live(*organisation, "organisation");
  if (wish.named_since && *wish.named_since > local_zone(tx).day_of(caller.at))
    throw Problem{"day_to_come", {}, "named_since"};
  const auto id = tx.new_id<VenueId>();
  // Files may name it by its id.
  tx.run(
      "insert into venues (id, key, kind, name_zh, name_en, address_zh, address_en, version)"
      " values (:id, :key, :kind, :name_zh, :name_en, :address_zh, :address_en, 0)",
      {{"id", id},
       {"key", to_string(id)},
       {"kind", wish.kind},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"address_zh", wish.address.zh},
       {"address_en", wish.address.en}});
  write_facts(tx, id,
              {.kind = wish.kind,
               .address = wish.address,
               .organisation = wish.organisation,
               .community = wish.community,
               .place = wish.place,
               .step_free = wish.step_free.value_or(StepFree::unknown),
               .step_free_note = wish.step_free_note},
              caller.at);
  put_name(tx, id, wish.named_since, wish.name);
  if (wish.organisation) tree_changed(tx);
  return require_venue(tx, id);
}

VenueView edit_venue(Transaction& tx, const Caller& caller, const EditVenue& wish) {
  const auto found = require_venue(tx, wish.venue);
  if (wish.community) require_community(tx, wish.community.value);
  require_role(caller, {Role::centre_manager}, found.id);
  std::optional<OrganisationView> taker;
  const bool changes_hands = require_giver_away(tx, caller, found, wish, taker);
  require_version(found.version, wish.version);
  require_live(found);
  if (taker) require_live(*taker, "organisation");
  write_facts(tx, found.id,
              {.kind = changed(wish.kind, found.kind),
               .address = changed(wish.address, found.address),
               .organisation = changed(wish.organisation, found.organisation),
               .community = changed(wish.community, found.community),
               .place = changed(wish.place, found.place),
               .step_free = changed(wish.step_free, found.step_free),
               .step_free_note = changed(wish.step_free_note, found.step_free_note)},
              caller.at);
  if (wish.name) correct_name(tx, found.id, wish.name.value);
  if (changes_hands) tree_changed(tx);
  return require_venue(tx, found.id);
}

VenueView rename_venue(Transaction& tx, const Caller& caller, const RenameVenue& wish) {
  const auto found = require_venue(tx, wish.venue);
  require_role(caller, {Role::centre_manager}, found.id);
  require_version(found.version, wish.version);
  require_live(found);
  const auto today = local_zone(tx).day_of(caller.at);
  const auto from = wish.from.value_or(today);
  if (from > today) throw Problem{"day_to_come", {}, "from"};
  tx.run("update venues set edited_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", found.id}});
  put_name(tx, found.id, from, wish.name);
  return require_venue(tx, found.id);
}

VenueView end_venue(Transaction& tx, const Caller& caller, const EndVenue& wish,
                    const std::vector<VenueUse>& uses) {
  const auto found = require_venue(tx, wish.venue);
  require_role(caller, {Role::centre_manager}, run_by(found.organisation));
  require_version(found.version, wish.version);
  require_live(found);
  end_unused_venue(tx, found, uses, caller.at);
  return require_venue(tx, found.id);
}

void end_unused_venue(Transaction& tx, const VenueView& venue, const std::vector<VenueUse>& uses,
                      Instant at) {
  const auto held_by = uses_of(tx, venue.id, uses, at);
  if (!held_by.empty()) throw Problem{"venue_in_use", names_of(held_by)};
  tx.run("update venues set ended_at = :at, version = version + 1 where id = :id",
         {{"at", at}, {"id", venue.id}});
  if (venue.organisation) tree_changed(tx);
}

std::vector<VenueNameView> names_of(Snapshot& snapshot, VenueId venue) {
  std::vector<VenueNameView> names;
  for (const auto& row : snapshot.all<NameRow>("select from_day, name_zh, name_en from venue_names"
                                               " where venue = :venue order by from_day nulls first",
                                               {{"venue", venue}})) {
    if (!names.empty()) names.back().until = row.from_day;
    names.push_back({.name = {row.name_zh, row.name_en}, .from = row.from_day, .until = {}});
  }
  return names;
}

void put_name(Transaction& tx, VenueId venue, const std::optional<Day>& from, const Text& name) {
  tx.run(
      "delete from venue_names where venue = :venue and (from_day = :from or (from_day is null"
      " and (:undated = 1 or (name_zh = :name_zh and name_en = :name_en))))",
      {{"venue", venue},
       {"from", from},
       {"undated", !from.has_value()},
       {"name_zh", name.zh},
       {"name_en", name.en}});
  tx.run(
      "insert into venue_names (venue, from_day, name_zh, name_en) values (:venue, :from, :name_zh, :name_en)",
      {{"venue", venue}, {"from", from}, {"name_zh", name.zh}, {"name_en", name.en}});
  tx.run(
      "update venues set"
      " name_zh = (select n.name_zh from venue_names n where n.venue = venues.id order by n.from_day desc nulls last limit 1),"
      " name_en = (select n.name_en from venue_names n where n.venue = venues.id order by n.from_day desc nulls last limit 1)"
      " where id = :venue",
      {{"venue", venue}});
}

}  // namespace doorstep::network
