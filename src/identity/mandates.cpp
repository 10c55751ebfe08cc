#include "identity/mandates.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "identity/own_people.hpp"
#include "identity/phones.hpp"
#include "identity/resident.hpp"

namespace doorstep::identity {

namespace {

struct ShownRow {
  MandateId id;
  PersonId person;
  std::optional<PersonId> agent;
  MandateState state{};
  MandateScope scope{};
  Consent consent{};
  Instant given_at;
  std::optional<std::string> given_name, given_zh, given_en;
  std::optional<Instant> began_at;
  Instant until_at;
  std::optional<Instant> ended_at;
  std::optional<MandateEnd> ended_how;
  std::optional<std::string> ended_name, ended_zh, ended_en;
};
BOOST_DESCRIBE_STRUCT(ShownRow, (),
                      (id, person, agent, state, scope, consent, given_at, given_name, given_zh, given_en,
                       began_at, until_at, ended_at, ended_how, ended_name, ended_zh, ended_en))

using Names = std::map<PersonId, Facts>;

PersonName named(PersonId id, Names& names) { return {.id = id, .name = mask_name(names[id][Fact::name])}; }

std::optional<Officer> officer_of(const std::optional<std::string>& name,
                                  const std::optional<std::string>& zh,
                                  const std::optional<std::string>& en) {
  if (!name) return std::nullopt;
  return Officer{*name, {zh.value_or(""), en.value_or("")}};
}

MandateView shown(const ShownRow& row, PersonId side, Names& names) {
  MandateView view{.id = row.id,
                   .side = row.person == side ? MandateSide::giver : MandateSide::agent,
                   .state = row.state,
                   .scope = row.scope,
                   .person = named(row.person, names),
                   .agent = std::nullopt,
                   .consent = row.consent,
                   .given_at = row.given_at,
                   .given_by = officer_of(row.given_name, row.given_zh, row.given_en),
                   .began_at = row.began_at,
                   .until = row.until_at,
                   .ended_at = row.ended_at,
                   .ended_how = row.ended_how,
                   .ended_by = officer_of(row.ended_name, row.ended_zh, row.ended_en)};
  if (row.agent) view.agent = named(*row.agent, names);
  return view;
}

Names names_in(Snapshot& snapshot, const std::vector<ShownRow>& rows) {
  std::vector<PersonId> people;
  for (const auto& row : rows) {
    people.push_back(row.person);
    if (row.agent) people.push_back(*row.agent);
  }
  return facts_shown(snapshot, people, std::array{Fact::name});
}

// Of these records, and those offered to whom the mark tells; the newest first.
std::vector<ShownRow> mandates_before(Snapshot& snapshot, const std::vector<PersonId>& records,
                                      const std::string& mark, std::int64_t before, int limit) {
  return snapshot.all<ShownRow>(
      "select m.id, coalesce(p.merged_into, p.id) as person, coalesce(a.merged_into, a.id) as agent, m.state, m.scope,"
      " m.consent, m.given_at, s.name as given_name, s.post_zh as given_zh, s.post_en as given_en, m.began_at,"
      " m.until_at, m.ended_at, m.ended_how, e.name as ended_name, e.post_zh as ended_zh, e.post_en as ended_en"
      " from mandates m join persons p on p.id = m.person left join persons a on a.id = m.agent"
      " left join staff s on s.id = m.given_by left join staff e on e.id = m.ended_by"
      " where (m.person in (:records) or m.agent in (:records) or m.agent_mark = :mark) and m.id < :before"
      " order by m.id desc limit :limit",
      {{"records", storage::in(records)}, {"mark", mark}, {"before", before}, {"limit", limit}});
}

// Two statements.
MandateView one_shown(Snapshot& snapshot, MandateId id, PersonId side) {
  const std::vector<ShownRow> rows{snapshot.one<ShownRow>(
      "select m.id, coalesce(p.merged_into, p.id) as person, coalesce(a.merged_into, a.id) as agent, m.state, m.scope,"
      " m.consent, m.given_at, s.name as given_name, s.post_zh as given_zh, s.post_en as given_en, m.began_at,"
      " m.until_at, m.ended_at, m.ended_how, e.name as ended_name, e.post_zh as ended_zh, e.post_en as ended_en"
      " from mandates m join persons p on p.id = m.person left join persons a on a.id = m.agent"
      " left join staff s on s.id = m.given_by left join staff e on e.id = m.ended_by where m.id = :id",
      {{"id", id}})};
  auto names = names_in(snapshot, rows);
  return shown(rows.front(), side, names);
}

// Where an offer goes, as a keyed hash: nobody is looked up when it is made.
std::string offer_mark(const Snapshot& snapshot, const std::string& phone, const std::string& last_four) {
  return snapshot.keys().keyed_hash("mandate offer", phone + ' ' + last_four);
}

// What an offer to this person carries, on the phone that asks; empty without an identity number on record,
// and on what is no phone. At most two statements.
std::string own_mark(Snapshot& snapshot, const Resident& resident, PersonId person) {
  constexpr std::size_t tail_chars = 4;
  auto facts = facts_shown(snapshot, std::array{person}, std::array{Fact::identity_number});
  const auto& number = facts[person][Fact::identity_number];
  if (number.size() < tail_chars) return {};
  const auto phone = phone_of(snapshot, resident.id);
  return phone ? offer_mark(snapshot, *phone, number.substr(number.size() - tail_chars)) : std::string{};
}

void require_period(Instant at, Instant until) {
  if (until <= at) throw Problem{"period_empty", {}, "until"};
  if (until - at > mandate_time_max) throw Problem{"mandate_too_long", {}, "until"};
}

// One is no more than the others that one has given or holds. At most two statements.
void require_room(Snapshot& snapshot, const std::optional<PersonId>& giver,
                  const std::optional<PersonId>& agent) {
  if (giver && live_mandates(snapshot, {*giver}).given >= mandates_given_most)
    throw Problem{"too_many_mandates"};
  if (agent && live_mandates(snapshot, {*agent}).held >= mandates_held_most)
    throw Problem{"too_many_mandates"};
}

void require_none_between(Snapshot& snapshot, PersonId person, PersonId agent) {
  if (person == agent) throw Problem{"mandate_for_oneself"};
  const auto active = snapshot.value<std::int64_t>(
      "select count(*) from mandates where state = 'active' and person in"
      " (select id from persons where id = :person or merged_into = :person) and agent in"
      " (select id from persons where id = :agent or merged_into = :agent)",
      {{"person", person}, {"agent", agent}});
  if (active > 0) throw Problem{"mandate_known"};
}

// A person who is there gives the code that their phone on record was sent.
std::optional<Refused> refused_consent(Transaction& tx, const Caller& caller, PersonId person,
                                       const GiveMandate& wish) {
  if (wish.consent == WindowConsent::in_person) return std::nullopt;
  auto facts = facts_shown(tx, std::array{person}, std::array{Fact::phone});
  const auto& phone = facts[person][Fact::phone];
  if (phone.empty()) throw Problem{"no_phone_on_record"};
  return refused_code(tx, phone, wish.code.value_or(Secret{}), caller.at);
}

// Of one of these people, as either side. Throws Problem no_such_mandate.
MandateRow require_mandate(Snapshot& snapshot, MandateId id, PersonId person, const std::string& mark = "") {
  auto row = mandate(snapshot, id);
  const bool theirs =
      row && (row->person == person || row->agent == person || (row->agent_mark && *row->agent_mark == mark));
  if (!theirs) throw Problem{"no_such_mandate"};
  return *row;
}

std::vector<PersonId> both_sides(const MandateRow& row) {
  std::vector<PersonId> people{row.person};
  if (row.agent) people.push_back(*row.agent);
  return people;
}

template <class Rows>
Page<MandateView> page_shown(const Rows& rows, int limit, PersonId side, Names& names) {
  return page_of(
      rows, limit, [](const ShownRow& row) { return row.id.value; },
      [&](const ShownRow& row) { return shown(row, side, names); });
}

std::int64_t before_cursor(const std::optional<std::string>& cursor) {
  const auto before = page_after(cursor);
  return before == 0 ? INT64_MAX : before;
}

}  // namespace

Outcome<MandateView> give_mandate(Transaction& tx, const Caller& caller, const GiveMandate& wish) {
  const auto person = require_person(tx, wish.person);
  const auto agent = require_person(tx, wish.agent);
  require_at_window(caller);
  if (person.erased_at || agent.erased_at) throw Problem{"person_erased"};
  require_period(caller.at, wish.until);
  require_none_between(tx, person.id, agent.id);
  require_room(tx, person.id, agent.id);
  if (auto refused = refused_consent(tx, caller, person.id, wish))
    return std::unexpected(*std::move(refused));
  audit_look_at(tx, caller, "give_mandate", std::array{person.id, agent.id}, "recording a mandate");
  const auto id = tx.new_id<MandateId>();
  tx.run(
      "insert into mandates (id, person, agent, scope, consent, state, given_at, given_by, began_at, until_at)"
      " values (:id, :person, :agent, :scope, :consent, 'active', :at, :by, :at, :until)",
      {{"id", id},
       {"person", person.id},
       {"agent", agent.id},
       {"scope", MandateScope::matters},
       {"consent", name_of(wish.consent)},
       {"at", caller.at},
       {"by", require_staff(caller).id},
       {"until", wish.until}});
  set_mandate_timer(tx, id, wish.until);
  tell_of_mandates(tx, caller, {person.id}, true);
  return one_shown(tx, id, person.id);
}

MandateView end_mandate_at_window(Transaction& tx, const Caller& caller, const EndMandate& wish) {
  const auto person = require_person(tx, wish.person).id;
  require_at_window(caller);
  const auto row = require_mandate(tx, wish.mandate, person);
  if (!may_become(row.state, MandateState::ended)) throw Problem{"mandate_over"};
  audit_look_at(tx, caller, "end_mandate", both_sides(row), "ending a mandate");
  end_mandate(tx, caller, row, MandateEnd::revoked);
  return one_shown(tx, row.id, person);
}

Outcome<Page<MandateView>> look_at_mandates(Transaction& tx, const Caller& caller,
                                            const LookAtMandates& wish) {
  const auto person = require_person(tx, wish.person).id;
  if (!serves_people(caller))
    return denied_look(tx, caller, "look_at_mandates", std::array{person}, wish.purpose);
  require_purpose(wish.purpose);
  const int limit = page_limit(wish.limit);
  const auto rows = mandates_before(tx, records_of(tx, person), "", before_cursor(wish.cursor), limit + 1);
  auto names = names_in(tx, rows);
  std::vector<PersonId> people{person};
  for (const auto& row : std::views::take(rows, limit)) {
    people.push_back(row.person);
    if (row.agent) people.push_back(*row.agent);
  }
  audit_look_at(tx, caller, "look_at_mandates", people, wish.purpose);
  return page_shown(rows, limit, person, names);
}

Page<MandateView> list_own_mandates(Snapshot& snapshot, const Caller& caller, const ListOwnMandates& wish) {
  const auto person = require_own(snapshot, caller, wish.person).id;
  const int limit = page_limit(wish.limit);
  const auto mark = own_mark(snapshot, require_resident(caller), person);
  const auto rows =
      mandates_before(snapshot, records_of(snapshot, person), mark, before_cursor(wish.cursor), limit + 1);
  auto names = names_in(snapshot, rows);
  return page_shown(rows, limit, person, names);
}

std::vector<MandateView> newest_mandates(Snapshot& snapshot, const Resident& resident, PersonId person,
                                         int limit) {
  const auto mark = own_mark(snapshot, resident, person);
  const auto rows = mandates_before(snapshot, records_of(snapshot, person), mark, INT64_MAX, limit);
  auto names = names_in(snapshot, rows);
  std::vector<MandateView> views;
  for (const auto& row : rows) views.push_back(shown(row, person, names));
  return views;
}

MandateView offer_mandate(Transaction& tx, const Caller& caller, const OfferMandate& wish) {
  const auto person = require_own(tx, caller, wish.person).id;
  require_fresh(require_resident(caller), caller.at);
  const auto phone = checked_form(Fact::phone, wish.phone);
  if (phone.empty()) throw Problem{"invalid_phone", {}, "phone"};
  const auto mark = offer_mark(tx, phone, stored_form(Fact::identity_number, wish.last_four));
  require_period(caller.at, wish.until);
  if (mark == own_mark(tx, require_resident(caller), person)) throw Problem{"mandate_for_oneself"};
  require_room(tx, person, std::nullopt);
  audit_look_at(tx, caller, "offer_mandate", std::array{person}, by_themselves);
  const auto id = tx.new_id<MandateId>();
  tx.run(
      "insert into mandates (id, person, agent_mark, scope, consent, state, given_at, until_at)"
      " values (:id, :person, :mark, :scope, :consent, 'offered', :at, :until)",
      {{"id", id},
       {"person", person},
       {"mark", mark},
       {"scope", MandateScope::matters},
       {"consent", Consent::own_phone},
       {"at", caller.at},
       {"until", wish.until}});
  set_mandate_timer(tx, id, std::min(wish.until, caller.at + offer_time));
  return one_shown(tx, id, person);
}

MandateView accept_mandate(Transaction& tx, const Caller& caller, const AcceptMandate& wish) {
  const auto agent = require_own(tx, caller, wish.person).id;
  const auto mark = own_mark(tx, require_resident(caller), agent);
  const auto row = require_mandate(tx, wish.mandate, agent, mark);
  const bool offered_to_them = row.agent_mark && *row.agent_mark == mark;
  const bool in_time = caller.at < std::min(row.until_at, row.given_at + offer_time);
  const bool open = may_become(row.state, MandateState::active);
  if (!open || !offered_to_them || !in_time) throw Problem{"mandate_not_offered"};
  require_none_between(tx, row.person, agent);
  require_room(tx, std::nullopt, agent);
  audit_look_at(tx, caller, "accept_mandate", std::array{row.person, agent}, by_themselves);
  tx.run(
      "update mandates set state = 'active', agent = :agent, agent_mark = null, began_at = :at where id = :id",
      {{"agent", agent}, {"at", caller.at}, {"id", row.id}});
  set_mandate_timer(tx, row.id, row.until_at);
  tell_of_mandates(tx, caller, {row.person}, true);
  return one_shown(tx, row.id, agent);
}

MandateView end_own_mandate(Transaction& tx, const Caller& caller, const EndOwnMandate& wish) {
  const auto person = require_own(tx, caller, wish.person).id;
  const auto mark = own_mark(tx, require_resident(caller), person);
  const auto row = require_mandate(tx, wish.mandate, person, mark);
  if (!may_become(row.state, MandateState::ended)) throw Problem{"mandate_over"};
  const bool declines = row.state == MandateState::offered && row.person != person;
  auto people = both_sides(row);
  if (declines) people.push_back(person);
  audit_look_at(tx, caller, "end_own_mandate", people, by_themselves);
  end_mandate(tx, caller, row, declines ? MandateEnd::declined : MandateEnd::revoked);
  return one_shown(tx, row.id, person);
}

}  // namespace doorstep::identity
