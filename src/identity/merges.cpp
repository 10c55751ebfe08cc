#include "identity/merges.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "identity/acting.hpp"
#include "identity/phones.hpp"

namespace doorstep::identity {

namespace {

// A record as it is, whichever stands for it.
struct RecordRow {
  PersonId id;
  std::int64_t version = 0;
  std::optional<Instant> erased_at;
  std::optional<PersonId> merged_into;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (), (id, version, erased_at, merged_into))

struct StandingRow {
  MergeId id;
  PersonId into_person;
  Instant merged_at;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (id, into_person, merged_at))

struct MergeRow {
  MergeId id;
  PersonId from_person, into_person;
  MergeReason reason{};
  Instant merged_at;
  std::string name, post_zh, post_en;
  std::optional<Instant> undone_at;
  std::optional<std::string> undone_name, undone_zh, undone_en;
  bool may_be_undone = false;
};
BOOST_DESCRIBE_STRUCT(MergeRow, (),
                      (id, from_person, into_person, reason, merged_at, name, post_zh, post_en, undone_at,
                       undone_name, undone_zh, undone_en, may_be_undone))

struct UnderRow {
  PersonId id;
};
BOOST_DESCRIBE_STRUCT(UnderRow, (), (id))

RecordRow require_record(Snapshot& snapshot, PersonId id, const char* member) {
  auto row = snapshot.maybe<RecordRow>(
      "select id, version, erased_at, merged_into from persons where id = :id", {{"id", id}});
  if (!row) throw Problem{"no_such_person", {}, member};
  return *row;
}

// Each phone may then do for the other record what it may for its own, and so may whoever acts for one of
// them: the same as linking it, and as a mandate given, at a window.
void require_may_move_phones(Snapshot& snapshot, const Caller& caller, PersonId one, PersonId other) {
  require_server(caller);
  const bool phones = have_phones(snapshot, {one, other});
  const auto mandates = live_mandates(snapshot, {one, other});
  if (phones || mandates.given + mandates.held > 0) require_at_window(caller);
}

void require_living(const RecordRow& row) {
  if (row.erased_at) throw Problem{"person_erased"};
}

void require_mergeable(Snapshot& snapshot, const RecordRow& from, const RecordRow& into) {
  if (from.id == into.id) throw Problem{"merged_with_itself", {}, "into"};
  if (from.merged_into || into.merged_into)
    throw Problem{"already_merged", {}, from.merged_into ? "person" : "into"};
  const auto records =
      snapshot.value<std::int64_t>("select count(*) from persons where merged_into in (:both)",
                                   {{"both", storage::in(std::array{from.id, into.id})}});
  if (records + 1 > merged_most) throw Problem{"too_many_merged", {std::to_string(merged_most)}};
  const auto mandates = live_mandates(snapshot, {from.id, into.id});
  if (mandates.given > mandates_given_most || mandates.held > mandates_held_most)
    throw Problem{"too_many_mandates"};
  auto numbers = facts_shown(snapshot, std::array{from.id, into.id}, std::array{Fact::identity_number});
  const bool both_known = !numbers[from.id].empty() && !numbers[into.id].empty();
  if (both_known && numbers[from.id] != numbers[into.id]) throw Problem{"two_identity_numbers"};
}

// Both have a version that neither has had: whoever saw one of them before sees it again first.
void renew_versions(Transaction& tx, PersonId one, PersonId other, std::int64_t newest) {
  tx.run("update persons set version = :version where id in (:both)",
         {{"version", newest + 1}, {"both", storage::in(std::array{one, other})}});
}

// A record and all that were merged into it, directly or not.
std::vector<PersonId> under(Snapshot& snapshot, PersonId person) {
  std::vector<PersonId> records;
  for (const auto& row : snapshot.all<UnderRow>(
           "with recursive under (id) as (select id from persons where id = :person"
           " union select m.from_person from person_merges m join under u on m.into_person = u.id"
           " where m.undone_at is null) select id from under",
           {{"person", person}}))
    records.push_back(row.id);
  return records;
}

// Two people never share an identity number. Of the same person's records two may have it: it was recorded
// anew on the one that stood for both.
void require_own_numbers(Snapshot& snapshot, PersonId root, const std::vector<PersonId>& apart) {
  const auto shared = snapshot.value<std::int64_t>(
      "select count(*) from person_marks a join person_marks b on b.kind = 'identity_number' and b.hash = a.hash"
      " where a.person in (:apart) and a.kind = 'identity_number' and b.root = :root and b.person not in (:apart)",
      {{"apart", storage::in(apart)}, {"root", root}});
  if (shared > 0) throw Problem{"same_identity_number"};
}

void take_out(Transaction& tx, PersonId person, const std::vector<PersonId>& apart) {
  tx.run("update persons set merged_into = nullif(cast(:person as ID), id) where id in (:apart)",
         {{"person", person}, {"apart", storage::in(apart)}});
  tx.run("update person_marks set root = :person where person in (:apart)",
         {{"person", person}, {"apart", storage::in(apart)}});
}

std::vector<MergeRow> merges_before(Snapshot& snapshot, const std::vector<PersonId>& people,
                                    std::int64_t before, int limit) {
  return snapshot.all<MergeRow>(
      "select m.id, m.from_person, m.into_person, m.reason, m.merged_at, s.name, s.post_zh, s.post_en, m.undone_at,"
      " u.name as undone_name, u.post_zh as undone_zh, u.post_en as undone_en,"
      " case when m.undone_at is null and i.merged_into is null and i.erased_at is null then 1 else 0 end"
      " as may_be_undone from person_merges m join persons i on i.id = m.into_person"
      " join staff s on s.id = m.merged_by left join staff u on u.id = m.undone_by"
      " where (m.from_person in (:people) or m.into_person in (:people)) and m.id < :before"
      " order by m.id desc limit :limit",
      {{"people", storage::in(people)}, {"before", before}, {"limit", limit}});
}

MergeView shown(const MergeRow& row, std::map<PersonId, Facts>& names) {
  MergeView view{.id = row.id,
                 .person = row.from_person,
                 .name = mask_name(names[row.from_person][Fact::name]),
                 .into = row.into_person,
                 .into_name = mask_name(names[row.into_person][Fact::name]),
                 .reason = row.reason,
                 .merged_at = row.merged_at,
                 .merged_by = {row.name, {row.post_zh, row.post_en}},
                 .undone_at = row.undone_at,
                 .undone_by = std::nullopt,
                 .may_be_undone = row.may_be_undone};
  if (row.undone_name)
    view.undone_by = Officer{*row.undone_name, {row.undone_zh.value_or(""), row.undone_en.value_or("")}};
  return view;
}

}  // namespace

PersonView merge_people(Transaction& tx, const Caller& caller, const MergePeople& wish) {
  const auto from = require_record(tx, wish.person, "person");
  const auto into = require_record(tx, wish.into, "into");
  require_may_move_phones(tx, caller, from.id, into.id);
  require_living(from);
  require_living(into);
  require_version(from.version, wish.version);
  require_version(into.version, wish.into_version);
  require_mergeable(tx, from, into);
  audit_look_at(tx, caller, "merge_people", std::array{from.id, into.id}, "merging records");
  tx.run(
      "insert into person_merges (id, from_person, into_person, reason, merged_at, merged_by)"
      " values (:id, :from, :into, :reason, :at, :by)",
      {{"id", tx.new_id<MergeId>()},
       {"from", from.id},
       {"into", into.id},
       {"reason", wish.reason},
       {"at", caller.at},
       {"by", require_staff(caller).id}});
  tx.run("update persons set merged_into = :into where id = :from or merged_into = :from",
         {{"into", into.id}, {"from", from.id}});
  tx.run(
      "update person_marks set root = :into where person in (select id from persons where merged_into = :into)",
      {{"into", into.id}});
  end_mandates_within(tx, caller, into.id);
  renew_versions(tx, from.id, into.id, std::max(from.version, into.version));
  return masked_all(tx, {into.id}).front();
}

TakenApart unmerge_people(Transaction& tx, const Caller& caller, const UnmergePeople& wish) {
  const auto from = require_record(tx, wish.person, "person");
  const auto root = require_person(tx, wish.person);
  require_may_move_phones(tx, caller, from.id, root.id);
  require_living(from);
  require_version(root.version, wish.version);
  const auto merge = tx.maybe<StandingRow>(
      "select id, into_person, merged_at from person_merges where from_person = :from and undone_at is null",
      {{"from", from.id}});
  if (!merge) throw Problem{"not_merged"};
  if (merge->into_person != root.id) throw Problem{"merged_further"};
  const auto apart = under(tx, from.id);
  require_own_numbers(tx, root.id, apart);
  audit_look_at(tx, caller, "unmerge_people", std::array{from.id, root.id}, "taking records apart");
  tx.run("update person_merges set undone_at = :at, undone_by = :by where id = :id",
         {{"at", caller.at}, {"by", require_staff(caller).id}, {"id", merge->id}});
  take_out(tx, from.id, apart);
  forget_empty_facts(tx, root.id);
  end_links_since(tx, root.id, merge->merged_at, caller.at);
  end_mandates_since(tx, caller, root.id, merge->merged_at);
  renew_versions(tx, from.id, root.id, std::max(from.version, root.version));
  const auto views = masked_all(tx, {from.id, root.id});
  const bool in_order = views.front().id == from.id;
  return {.person = in_order ? views.front() : views.back(),
          .taken_from = in_order ? views.back() : views.front()};
}

Outcome<Page<MergeView>> list_merges(Transaction& tx, const Caller& caller, const ListMerges& wish) {
  const auto root = require_person(tx, wish.person).id;
  if (!serves_people(caller)) return denied_look(tx, caller, "list_merges", std::array{root}, wish.purpose);
  require_purpose(wish.purpose);
  const int limit = page_limit(wish.limit);
  const auto before = page_after(wish.cursor);
  const auto rows = merges_before(tx, records_of(tx, root), before == 0 ? INT64_MAX : before, limit + 1);
  std::vector<PersonId> people{root};
  for (const auto& row : std::views::take(rows, limit)) {
    people.push_back(row.from_person);
    people.push_back(row.into_person);
  }
  auto names = facts_of(tx, people, std::array{Fact::name});
  audit_look_at(tx, caller, "list_merges", people, wish.purpose);
  return page_of(
      rows, limit, [](const MergeRow& row) { return row.id.value; },
      [&](const MergeRow& row) { return shown(row, names); });
}

}  // namespace doorstep::identity
