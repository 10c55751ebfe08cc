#include "identity/acting.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/ensure.hpp"
#include "identity/phones.hpp"

namespace doorstep::identity {

namespace {

struct Step {
  MandateState from, to;
};

constexpr Step steps[] = {
    {MandateState::offered, MandateState::active},
    {MandateState::offered, MandateState::ended},
    {MandateState::active, MandateState::ended},
};

struct Ending {
  MandateState from;
  MandateEnd how;
};

constexpr Ending endings[] = {
    {MandateState::offered, MandateEnd::declined},        {MandateState::offered, MandateEnd::revoked},
    {MandateState::offered, MandateEnd::expired},         {MandateState::offered, MandateEnd::erased},
    {MandateState::active, MandateEnd::revoked},          {MandateState::active, MandateEnd::expired},
    {MandateState::active, MandateEnd::erased},           {MandateState::active, MandateEnd::records_changed},
    {MandateState::offered, MandateEnd::records_changed},
};

struct AgentRow {
  PersonId id;
};
BOOST_DESCRIBE_STRUCT(AgentRow, (), (id))

std::string message_of(Language language, bool begun) {
  if (begun)
    return language == Language::zh
               ? "你同意了让别人替你办事：交材料、查进度、取结果。看不到你的身份证号码，也不能删除你的信息。如果不是你本人的意思，"
                 "请马上到窗口，或在“我的”页面收回。"
               : "You agreed that somebody may act for you: hand in, follow and collect. They cannot see your identity number "
                 "or erase anything. If that was not you, please come to a window at once, or take it back on your own page.";
  return language == Language::zh
             ? "有一项让别人替你办事的委托已经结束。还需要的话，可以到窗口或在“我的”页面再办。"
             : "Somebody who could act for you no longer can. If you still want it, please say so again at a "
               "window or on your own page.";
}

// Whom they were from is told, but for one who is being erased.
void end_all(Transaction& tx, const Caller& caller, const std::vector<MandateRow>& rows, MandateEnd how,
             const std::optional<PersonId>& untold = std::nullopt) {
  if (rows.empty()) return;
  std::vector<MandateId> ids;
  std::set<PersonId> began;
  for (const auto& row : rows) {
    ensure(may_end(row.state, how), "a mandate ends as the table says");
    ids.push_back(row.id);
    if (row.state == MandateState::active && row.person != untold) began.insert(row.person);
  }
  tx.run(
      "update mandates set state = 'ended', ended_at = :at, ended_how = :how, ended_by = :by, agent_mark = null"
      " where id in (:ids)",
      {{"at", caller.at}, {"how", how}, {"by", caller.staff_id()}, {"ids", storage::in(ids)}});
  tell_of_mandates(tx, caller, {began.begin(), began.end()}, false);
}

}  // namespace

bool may_become(MandateState from, MandateState to) {
  return std::ranges::any_of(steps, [&](const Step& step) { return step.from == from && step.to == to; });
}

bool may_end(MandateState from, MandateEnd how) {
  return std::ranges::any_of(endings, [&](const Ending& one) { return one.from == from && one.how == how; });
}

bool may_act_for(Snapshot& snapshot, const Resident& resident, PersonId person, Instant at,
                 MandateScope scope) {
  const auto root = person_standing_for(snapshot, person);
  if (!root) return false;
  std::vector<PersonId> speakers{*root};
  for (
      const auto& row : snapshot.all<AgentRow>(
          "select distinct coalesce(a.merged_into, a.id) as id from persons g join mandates m on m.person = g.id"
          " join persons a on a.id = m.agent where (g.id = :root or g.merged_into = :root) and m.state = 'active'"
          " and m.scope = :scope and m.until_at > :at",
          {{"root", *root}, {"scope", scope}, {"at", at}}))
    speakers.push_back(row.id);
  return speaks_for_one_of(snapshot, resident.id, speakers);
}

std::optional<MandateRow> mandate(Snapshot& snapshot, MandateId id) {
  return snapshot.maybe<MandateRow>(
      "select m.id, coalesce(p.merged_into, p.id) as person, coalesce(a.merged_into, a.id) as agent, m.agent_mark,"
      " m.state, m.given_at, m.until_at from mandates m join persons p on p.id = m.person"
      " left join persons a on a.id = m.agent where m.id = :id",
      {{"id", id}});
}

LiveMandates live_mandates(Snapshot& snapshot, const std::vector<PersonId>& people) {
  return snapshot.one<LiveMandates>(
      "select (select count(*) from mandates where state <> 'ended' and person in"
      " (select id from persons where id in (:people) or merged_into in (:people))) as given,"
      " (select count(*) from mandates where state <> 'ended' and agent in"
      " (select id from persons where id in (:people) or merged_into in (:people))) as held",
      {{"people", storage::in(people)}});
}

void tell_of_mandates(Transaction& tx, const Caller& caller, const std::vector<PersonId>& people,
                      bool begun) {
  for (const auto& [person, facts] : facts_shown(tx, people, std::array{Fact::phone})) {
    tx.send({.channel = Channel::phone,
             .recipient = facts.at(Fact::phone),
             .subject = begun ? "mandate began" : "mandate ended",
             .body = message_of(caller.language, begun),
             .deliver_before = {}},
            caller.at);
  }
}

void end_mandate(Transaction& tx, const Caller& caller, const MandateRow& row, MandateEnd how) {
  end_all(tx, caller, {row}, how);
}

void end_mandates_of(Transaction& tx, const Caller& caller, PersonId person) {
  end_all(
      tx, caller,
      tx.all<MandateRow>(
          "select m.id, coalesce(p.merged_into, p.id) as person, coalesce(a.merged_into, a.id) as agent,"
          " m.agent_mark, m.state, m.given_at, m.until_at from mandates m join persons p on p.id = m.person"
          " left join persons a on a.id = m.agent where m.state <> 'ended'"
          " and (m.person in (:records) or m.agent in (:records)) order by m.id",
          {{"records", storage::in(records_of(tx, person))}}),
      MandateEnd::erased, person);
}

void end_mandates_since(Transaction& tx, const Caller& caller, PersonId person, Instant since) {
  end_all(
      tx, caller,
      tx.all<MandateRow>(
          "select m.id, coalesce(p.merged_into, p.id) as person, coalesce(a.merged_into, a.id) as agent,"
          " m.agent_mark, m.state, m.given_at, m.until_at from mandates m join persons p on p.id = m.person"
          " left join persons a on a.id = m.agent where m.state <> 'ended'"
          " and ((m.person = :person and m.given_at >= :since) or (m.agent = :person and m.began_at >= :since))"
          " order by m.id",
          {{"person", person}, {"since", since}}),
      MandateEnd::records_changed);
}

void end_mandates_within(Transaction& tx, const Caller& caller, PersonId person) {
  tx.run(
      "update mandates set state = 'ended', ended_at = :at, ended_how = :how, ended_by = :by where state <> 'ended'"
      " and person in (select id from persons where id = :person or merged_into = :person)"
      " and agent in (select id from persons where id = :person or merged_into = :person)",
      {{"at", caller.at},
       {"how", MandateEnd::records_changed},
       {"by", require_staff(caller).id},
       {"person", person}});
}

void set_mandate_timer(Transaction& tx, MandateId id, Instant due) {
  tx.set_timer(mandate_timer, to_string(id), due);
}

void expire_mandate(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = parse_id(MandateTag::prefix, key);
  const auto row = id ? mandate(tx, MandateId{*id}) : std::nullopt;
  // One that ended before keeps its timer; there is nothing left to do.
  if (row && row->state != MandateState::ended) end_mandate(tx, caller, *row, MandateEnd::expired);
}

}  // namespace doorstep::identity
