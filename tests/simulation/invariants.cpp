#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/network.hpp"
#include "simulation/world.hpp"

namespace doorstep::testing {

namespace {

struct EventRow {
  std::int64_t seq = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (seq, at))

struct VersionRow {
  std::int64_t id = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (id, version))

// What must find nothing, with what it would mean.
struct Never {
  const char* what;
  const char* statement;
};

constexpr Never never_after_a_step[] = {
    {"a window has two tickets in hand",
     "select count(*) from (select window_id from tickets where state in ('called', 'serving') group by window_id"
     " having count(*) > 1) as twice"},
    {"a ticket is in hand at a window that is not open",
     "select count(*) from tickets t join windows w on w.id = t.window_id"
     " where t.state in ('called', 'serving') and w.state <> 'open'"},
    {"an officer sits at two windows",
     "select count(*) from (select officer from windows where officer is not null group by officer having count(*) > 1)"
     " as twice"},
    {"a window is open without an officer, or closed with one",
     "select count(*) from windows where (state = 'closed') <> (officer is null)"},
    {"a browser holds two places in a line",
     "select count(*) from (select device, prefix from tickets where state in ('waiting', 'called', 'serving')"
     " group by device, prefix having count(*) > 1) as twice"},
};

constexpr Never never_after_a_day[] = {
    {"a ticket waits from an earlier day",
     "select count(*) from tickets where state in ('waiting', 'called', 'serving')"},
    {"a ticket that is over has no end", "select count(*) from tickets where ended_at is null"},
    {"numbers of a day have a gap",
     "select count(*) from (select max(ordinal) as last, count(*) as taken from tickets group by hall, day, prefix) as days"
     " where last <> taken"},
    {"a finished ticket was never called or started",
     "select count(*) from tickets where state = 'finished' and (called_at is null or started_at is null)"},
    {"somebody on record has no key, or somebody erased has one",
     "select count(*) from persons p where (p.erased_at is null) <>"
     " (exists (select 1 from person_keys k where k.person = p.id))"},
    {"something is known of nobody",
     "select count(*) from person_facts where person not in (select person from person_keys)"},
    {"a role of a post is held by two at once",
     "select count(*) from post_holders h join post_holders o on o.post = h.post and o.role = h.role and o.id > h.id"
     " where h.from_day <= coalesce(h.until_day, '9999') and o.from_day <= coalesce(o.until_day, '9999')"
     " and h.from_day <= coalesce(o.until_day, '9999') and o.from_day <= coalesce(h.until_day, '9999')"},
    {"somebody has both roles of a post at once",
     "select count(*) from post_holders h join post_holders o on o.post = h.post and o.role <> h.role"
     " and o.staff = h.staff and o.id > h.id"
     " where h.from_day <= coalesce(h.until_day, '9999') and o.from_day <= coalesce(o.until_day, '9999')"
     " and h.from_day <= coalesce(o.until_day, '9999') and o.from_day <= coalesce(h.until_day, '9999')"},
    {"somebody is away twice at once",
     "select count(*) from absences a join absences o on o.staff = a.staff and o.id > a.id"
     " where a.cancelled_at is null and o.cancelled_at is null and a.from_day <= o.until_day and o.from_day <= a.until_day"},
    {"a slip that is over has no end, or an open one has",
     "select count(*) from handovers where (state in ('closed', 'withdrawn')) <> (ended_at is not null)"},
    {"a phone speaks for somebody erased, or an account is not one of the two kinds while it lasts and none after",
     "select (select count(*) from resident_people l join persons p on p.id = l.person"
     " where l.ended_at is null and p.erased_at is not null) + (select count(*) from residents"
     " where (phone is null) <> (phone_mark is null)"
     " or (ended_at is null and (phone_mark is null) = (city_mark is null))"
     " or (ended_at is not null and (phone_mark is not null or city_mark is not null)))"},
    {"two people have one identity number",
     "select count(*) from (select hash from person_marks where kind = 'identity_number' group by hash"
     " having count(distinct root) > 1) as twice"},
    {"a record stands for others and does not stand for itself, or a mark shows somebody else",
     "select (select count(*) from persons p join persons r on r.id = p.merged_into where r.merged_into is not null"
     " or r.id = p.id) + (select count(*) from person_marks m join persons p on p.id = m.person"
     " where m.root <> coalesce(p.merged_into, p.id))"},
    {"a record stands for another and no merge leads there, or a merge leads elsewhere",
     "select count(*) from persons p where coalesce(p.merged_into, p.id) <>"
     " (with recursive up (id, step) as (select p.id, 0 union all"
     " select m.into_person, u.step + 1 from person_merges m join up u on m.from_person = u.id"
     " where m.undone_at is null and u.step < 1000) select id from up order by step desc limit 1)"},
    {"an erased record stands for one that is not, or the other way round",
     "select count(*) from persons p join persons r on r.id = p.merged_into"
     " where (p.erased_at is null) <> (r.erased_at is null)"},
    {"somebody erased gives or holds a mandate",
     "select count(*) from mandates m join persons p on p.id = m.person left join persons a on a.id = m.agent"
     " where m.state <> 'ended' and (p.erased_at is not null or a.erased_at is not null)"},
    {"somebody acts for themselves by a mandate",
     "select count(*) from mandates m join persons p on p.id = m.person join persons a on a.id = m.agent"
     " where m.state = 'active' and coalesce(p.merged_into, p.id) = coalesce(a.merged_into, a.id)"},
    {"a mandate is active with nobody who acts or after its time, or has ended and does not say how",
     "select count(*) from mandates where (state = 'active' and (agent is null or began_at is null))"
     " or (state <> 'ended' and until_at <= (select at from journal_head))"
     " or (state = 'ended') <> (ended_at is not null) or (state = 'ended') <> (ended_how is not null)"
     " or (state <> 'offered' and agent_mark is not null)"},
    {"somebody has given or holds more mandates than one may",
     "select (select count(*) from (select coalesce(p.merged_into, p.id) as root from mandates m"
     " join persons p on p.id = m.person where m.state <> 'ended' group by coalesce(p.merged_into, p.id)"
     " having count(*) > 5) as givers) + (select count(*) from (select coalesce(p.merged_into, p.id) as root"
     " from mandates m join persons p on p.id = m.agent where m.state <> 'ended'"
     " group by coalesce(p.merged_into, p.id) having count(*) > 10) as agents)"},
    {"a case is over and has no end, or runs and has one",
     "select count(*) from cases where (phase in ('done', 'refused', 'withdrawn')) <> (ended_at is not null)"},
    {"a case was refused and nothing says why",
     "select count(*) from cases c where c.phase = 'refused'"
     " and not exists (select 1 from case_refusals r where r.case_id = c.id)"},
    {"a case is done while a paper is to follow",
     "select count(*) from cases c join case_follows f on f.case_id = c.id where c.phase = 'done'"
     " and not exists (select 1 from case_materials m where m.case_id = c.id and m.key = f.key)"},
    {"a case is done while one that belongs to it runs",
     "select count(*) from cases c join cases p on p.id = c.parent where p.phase = 'done' and c.ended_at is null"},
    {"a result was handed out and nobody knows by whom or to whom, or names a station that is none of its way",
     "select count(*) from case_results where (handed_at is null) <> (handed_by is null)"
     " or (handed_at is null) <> (sealed_taker is null) or (way = 'station') <> (venue is not null)"},
    {"a second notice of what is missing gives no reason, or a first one gives one",
     "select count(*) from case_notices n where (n.sealed_note is null) ="
     " (exists (select 1 from case_notices o where o.case_id = n.case_id and o.id < n.id))"},
    {"an organisation stands below itself",
     "select count(*) from organisations o where exists (with recursive above (id) as ("
     " select parent from organisations where id = o.id"
     " union select u.parent from organisations u join above a on u.id = a.id where u.parent is not null)"
     " select 1 from above where id = o.id)"},
    {"something stands below an organisation that has ended, or has a role at it",
     "select (select count(*) from organisations o join organisations u on u.id = o.parent"
     " where u.ended_at is not null and o.ended_at is null) + (select count(*) from grants g"
     " join organisations u on u.id = g.place where g.reach = 'organisation' and u.ended_at is not null"
     " and (g.until_at is null or g.until_at > u.ended_at))"},
    {"a venue is not called as its history says, or has two names without a day",
     "select (select count(*) from venues v where not exists (select 1 from venue_names n where n.venue = v.id"
     " and n.name_zh = v.name_zh and n.name_en = v.name_en and not exists (select 1 from venue_names m"
     " where m.venue = v.id and coalesce(m.from_day, '') > coalesce(n.from_day, ''))))"
     " + (select count(*) from (select venue from venue_names where from_day is null group by venue"
     " having count(*) > 1) as twice)"},
    {"a venue serves as the same thing twice at a time, or for no day at all",
     "select (select count(*) from venue_functions a join venue_functions b on b.venue = a.venue"
     " and b.function = a.function where coalesce(a.since_day, '') < coalesce(b.since_day, '')"
     " and (a.until_day is null or a.until_day > coalesce(b.since_day, '')))"
     " + (select count(*) from venue_functions where until_day <= since_day)"},
    {"a venue's hours overlap or run backwards",
     "select (select count(*) from venue_hours a join venue_hours b on b.venue = a.venue and b.weekday = a.weekday"
     " and b.id <> a.id where a.opens <= b.opens and b.opens < a.closes)"
     " + (select count(*) from venue_hours where closes <= opens)"},
    {"a house belongs to two communities",
     "select (select count(*) from address_ranges a join address_ranges b on b.street = a.street and b.id > a.id"
     " where a.ended_at is null and b.ended_at is null and coalesce(a.lane, 0) = coalesce(b.lane, 0)"
     " and (a.side = 'all' or b.side = 'all' or a.side = b.side) and a.from_number <= b.to_number"
     " and b.from_number <= a.to_number and ((a.side = 'all' and b.side = 'all') or (a.from_number < b.to_number"
     " and b.from_number < a.to_number and a.from_number < a.to_number and b.from_number < b.to_number))) + (select count(*) from address_ranges a join address_ranges b"
     " on b.street = a.street where a.ended_at is null and b.ended_at is null and a.lane is null"
     " and b.lane between a.from_number and a.to_number and (a.side = 'all' or (a.side = 'odd') = (b.lane % 2 = 1)))"},
    {"those of a community belong to a branch that has ended",
     "select count(*) from communities c join organisations o on o.id = c.branch where o.ended_at is not null"},
    {"an organisation that has ended answers for a micro-grid, or one lies outside its box",
     "select (select count(*) from grids g join organisations o on o.id = g.organisation where g.ended_at is null"
     " and o.ended_at is not null) + (select count(*) from grids where south > north or west > east)"},
    {"an activity that was held is still to come",
     "select count(*) from past_activities where day > '2027-12-31'"},
    {"somebody has a role at a venue that has ended, or waits there",
     "select (select count(*) from grants g join venues v on v.id = g.place where g.reach = 'venue'"
     " and v.ended_at is not null and (g.until_at is null or g.until_at > v.ended_at)) + (select count(*) from cases c"
     " join venues v on v.id = c.venue where v.ended_at is not null and c.ended_at is null)"},
    {"an account that has ended has a role or is signed in",
     "select (select count(*) from grants g join staff s on s.id = g.staff where s.ended_at is not null"
     " and (g.until_at is null or g.until_at > s.ended_at)) + (select count(*) from sessions o"
     " join staff s on s.id = o.staff where s.ended_at is not null and o.ended_at is null)"},
    {"nobody is an administrator of the town",
     "select count(*) from town where not exists (select 1 from grants g join staff s on s.id = g.staff"
     " where g.role = 'administrator' and g.reach = 'town' and g.until_at is null and s.ended_at is null)"},
    {"an import does not count what became of its rows",
     "select count(*) from imports i where i.recorded + i.refused <>"
     " (select count(*) from import_rows r where r.import = i.id)"
     " or i.refused <> (select count(*) from import_rows r where r.import = i.id and r.outcome = 'refused')"
     " or i.ended <> (select count(*) from import_rows r where r.import = i.id and r.outcome = 'ended')"
     " or i.kept <> (select count(*) from import_rows r where r.import = i.id and r.outcome = 'kept')"
     " or i.recorded + i.refused > i.total"},
    {"an import is undone and a row still stands as it was imported, or it was taken back and never undone",
     "select count(*) from import_rows r join imports i on i.id = r.import"
     " where (r.outcome = 'recorded' and i.state = 'undone')"
     " or (r.outcome in ('ended', 'kept') and i.state not in ('undoing', 'undone'))"},
    {"an import goes on without its sheet, a dropped one still has it, or a sheet is not kept",
     "select count(*) from imports i where (i.state in ('draft', 'importing') and i.file is null)"
     " or (i.state = 'dropped' and i.file is not null) or (i.file is not null and not exists"
     " (select 1 from files f where f.address = i.file and f.kept = 1 and f.complete = 1))"},
    {"a device that has ended is still signed in, or one that has not is not",
     "select count(*) from devices d join device_sessions s on s.device = d.id"
     " where (d.ended_at is null) <> (s.ended_at is null)"},
    {"a code was used and still pairs, or a device was paired and nobody knows by whom",
     "select (select count(*) from pairings where device is not null and code_hash is not null)"
     " + (select count(*) from devices d where (select count(*) from device_history h where h.device = d.id"
     " and h.what = 'paired') <> 1)"},
    {"a device is locked without a reason, or has a reason and is not",
     "select count(*) from devices where (locked_at is null) <> (lock_reason is null)"
     " or (closed_until is null) <> (closed_zh is null)"},
    {"a device stands at a venue that has ended",
     "select count(*) from devices d join venues v on v.id = d.venue where d.ended_at is null"
     " and v.ended_at is not null"},
    {"a case has no first contact",
     "select count(*) from cases where first_contact not in (select id from staff)"},
    {"a case is handled by somebody who never accepted it, or was handed over by an offer alone",
     "select count(*) from cases c where c.handler is not null and c.handler <> coalesce((select h.staff from case_history h"
     " where h.case_id = c.id and h.kind in ('accepted', 'handed_over') order by h.id desc limit 1), 0)"},
    {"a case was accepted and nobody handles it",
     "select count(*) from cases c where c.handler is null and exists (select 1 from case_history h"
     " where h.case_id = c.id and h.kind in ('accepted', 'handed_over'))"},
    {"a case that is over is still offered to somebody",
     "select count(*) from case_offers o join cases c on c.id = o.case_id where o.state = 'offered'"
     " and c.ended_at is not null"},
    {"a case is in a step of a unit that was not named, or waits for another than the one named",
     "select count(*) from cases c where (c.acting_unit is not null and not exists (select 1 from case_units u"
     " where u.case_id = c.id and u.unit = c.acting_unit and u.ended_at is null"
     " and coalesce(u.organisation, 0) = coalesce(c.waits_for, 0)))"
     " or (c.acting_unit is null and c.waits_for is not null)"},
    {"a case that is over waits for a unit",
     "select count(*) from cases where ended_at is not null and acting_unit is not null"},
    {"a case does not begin its history with being opened",
     "select count(*) from cases c where (select count(*) from case_history h where h.case_id = c.id and h.kind = 'opened')"
     " <> 1"},
    {"a case that was opened at a window belongs to no ticket or to two, or another to any",
     "select count(*) from cases c where (select count(*) from tickets t where t.case_id = c.id)"
     " <> case when c.device is not null or c.parent is not null or exists (select 1 from inquiries i where i.case_id = c.id)"
     " or exists (select 1 from case_trips p where p.correction = c.id) then 0 else 1 end"},
    {"a question became a case whose first contact is not who was asked",
     "select count(*) from inquiries i join cases c on c.id = i.case_id where c.first_contact <> i.staff"},
    {"a case that is over has no end, or one that is not has one",
     "select count(*) from cases where (phase in ('done', 'refused', 'withdrawn')) <> (ended_at is not null)"},
    {"the trips of a case are not counted one by one, or a later one has no reason, or is called ready",
     "select (select count(*) from (select case_id from case_trips where ended_at is null group by case_id"
     " having max(number) <> count(*)) g)"
     " + (select count(*) from case_trips where number > 1 and (reason is null or ready = 1))"},
    {"a case was put into more files, or into fewer, than it was tried, or a file has other lines than it says",
     "select (select count(*) from case_systems s"
     " where s.tries <> (select count(*) from system_lines l where l.case_id = s.case_id))"
     " + (select count(*) from system_files f"
     " where f.lines <> (select count(*) from system_lines l where l.file = f.id))"},
    {"a case is registered in another system without a number there, or waits for a word that is known",
     "select count(*) from case_systems where (stage = 'registered' and sealed_reference is null)"
     " or (stage in ('sent', 'returned', 'settled') and tries = 0 and sealed_reference is null)"},
    {"a case was taken further that was not refused before, or by two",
     "select count(*) from cases c where c.matter = 'cannot_be_done' and c.parent is not null"
     " and ((select count(*) from case_history h where h.case_id = c.parent and h.kind = 'taken_further') <> 1"
     " or (select count(*) from cases o where o.parent = c.parent and o.matter = c.matter) <> 1)"},
    {"a low grade has no follow-up, or another has one",
     "select count(*) from ratings where (grade <= 2) <> (follow_up <> 'none')"
     " or (grade <= 2) <> (call_back_by is not null)"},
    {"somebody reviewed an appeal against their own call",
     "select count(*) from ratings where reviewed_by = called_back_by"},
    {"somebody concerned dealt with a rating",
     "select count(*) from ratings where called_back_by in (first_contact, handler)"
     " or reviewed_by in (first_contact, handler)"},
    {"a deadline runs and nothing will happen, or its case has no timer, or has one for nothing",
     "select (select count(*) from case_deadlines where state = 'running' and next_on is null)"
     " + abs((select count(distinct case_id) from case_deadlines where next_on is not null)"
     " - (select count(*) from timers where kind = 'case_deadlines'))"},
    {"a deadline was missed and no alarm was raised",
     "select count(*) from case_deadlines d where d.state = 'missed' and d.ended_at is null"
     " and not exists (select 1 from case_alarms a where a.deadline = d.id)"},
    {"an alarm is open though its deadline was not missed, or its case went on",
     "select count(*) from case_alarms a join case_deadlines d on d.id = a.deadline where a.ended_at is null"
     " and (d.state <> 'missed' or d.ended_at is not null)"},
    {"a case that is over has a deadline, or one that is not has none of what was promised",
     "select (select count(*) from case_deadlines d join cases c on c.id = d.case_id where d.ended_at is null"
     " and c.ended_at is not null) + (select count(*) from cases c where c.ended_at is null and not exists"
     " (select 1 from case_deadlines d where d.case_id = c.id and d.kind = 'promised' and d.ended_at is null))"},
    {"what the town owes stands still though nobody waits for the resident, or runs though somebody does",
     "select count(*) from case_deadlines d join cases c on c.id = d.case_id where d.ended_at is null"
     " and d.kind in ('legal', 'promised') and d.state <> 'missed'"
     " and (d.state = 'paused') <> (c.phase = 'waiting_for_resident')"},
    {"lists show another promise than there is",
     "select count(*) from cases c join case_deadlines d on d.case_id = c.id and d.kind = 'promised'"
     " where d.ended_at is null and coalesce(c.promised_by, '') <> case when d.state = 'paused' then '' else d.due end"},
    {"a timer is dead", "select count(*) from timers where dead = 1"},
    {"somebody looked at an applicant and it was not recorded for what",
     "select count(*) from audit where allowed = 1 and purpose = ''"},
};

void expect_never(Snapshot& snapshot, std::span<const Never> all) {
  for (const auto& never : all) EXPECT_EQ(snapshot.value<std::int64_t>(never.statement), 0) << never.what;
}

// Whatever has ended is never found as near, and what is found comes in the order of its distance.
void check_nearest(World& world) {
  Browser anyone;
  const auto near = world.send(
      {&anyone, "GET", "/api/venues/nearest?latitude=31.29&longitude=121.31&closed_too=true&limit=20", ""});
  EXPECT_EQ(near.status, 200) << near.problem();
  std::int64_t before = 0;
  for (const auto& item : near.at("items").as_array()) {
    EXPECT_TRUE(item.at_pointer("/listing/venue/ended_at").is_null());
    const auto distance = item.at("distance_metres").as_int64();
    EXPECT_GE(distance, before);
    before = distance;
  }
}

}  // namespace

void Invariants::check_step(World& world) {
  world.town.read([&](Snapshot& snapshot, Instant) {
    expect_never(snapshot, never_after_a_step);
    const auto head = snapshot.value<std::int64_t>("select seq from journal_head");
    for (const auto& event : snapshot.all<EventRow>(
             "select seq, at from events where seq > :seq order by seq", {{"seq", seq_}})) {
      EXPECT_EQ(event.seq, seq_ + 1) << "the numbers of events have a gap";
      EXPECT_GE(event.at, at_) << "time runs backwards";
      seq_ = event.seq;
      at_ = event.at;
    }
    EXPECT_EQ(head, seq_);
    for (const auto& row : snapshot.all<VersionRow>("select id, version from windows")) {
      auto& seen = versions_[row.id];
      EXPECT_GE(row.version, seen) << "a version shrinks";
      seen = row.version;
    }
  });
}

void Invariants::check_day(World& world) {
  check_nearest(world);
  world.town.read([&](Snapshot& snapshot, Instant at) {
    expect_never(snapshot, never_after_a_day);
    EXPECT_EQ(snapshot.value<std::int64_t>(
                  "select count(*) from case_deadlines where state = 'running' and due < :today",
                  {{"today", network::local_zone(snapshot).day_of(at)}}),
              0)
        << "a deadline has passed, and neither an alarm nor an end came of it";
    EXPECT_EQ(snapshot.value<std::int64_t>("select count(*) from tickets"), world.tickets_taken)
        << "tickets are taken once and never lost";
    EXPECT_EQ(snapshot.value<std::int64_t>("select count(*) from cases"), world.cases_opened)
        << "cases are opened once and never lost";
    for (const auto& row : snapshot.all<VersionRow>("select id, version from cases")) {
      auto& seen = versions_[row.id];
      EXPECT_GE(row.version, seen) << "a version shrinks";
      seen = row.version;
    }
  });
}

}  // namespace doorstep::testing
