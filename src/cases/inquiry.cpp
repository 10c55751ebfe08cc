#include "cases/inquiry.hpp"

#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "cases/stored_case.hpp"
#include "journal/bytes.hpp"
#include "network/post.hpp"

namespace doorstep::cases {

namespace {

struct InquiryRow {
  InquiryId id;
  Instant at;
  StaffId staff;
  std::string staff_name;
  std::optional<std::string> body;  // of the matter
  InquiryOutcome outcome{};
  std::optional<CaseId> case_id;
  std::optional<std::string> reference;
};
BOOST_DESCRIBE_STRUCT(InquiryRow, (), (id, at, staff, staff_name, body, outcome, case_id, reference))

struct StoredInquiry {
  InquiryId id;
  VenueId venue;
  StaffId staff;
  storage::Bytes question, answer;
  InquiryOutcome outcome{};
};
BOOST_DESCRIBE_STRUCT(StoredInquiry, (), (id, venue, staff, question, answer, outcome))

SealContext context(std::string_view column, InquiryId id) { return {"inquiries", column, id.value}; }

std::string opened(const KeyRing& keys, std::string_view column, InquiryId id, const storage::Bytes& bytes) {
  return open(keys, Sealed<std::string>{std::string{as_text(bytes)}}, context(column, id));
}

InquiryView view(const InquiryRow& row) {
  InquiryView shown{.id = row.id,
                    .at = row.at,
                    .staff = {row.staff, row.staff_name},
                    .matter = std::nullopt,
                    .outcome = row.outcome,
                    .opened_case = std::nullopt};
  if (row.body) {
    const auto matter = read_json<MatterDefinition>(*row.body);
    shown.matter = MatterName{matter.key, matter.name};
  }
  if (row.case_id) shown.opened_case = InquiryCase{*row.case_id, row.reference.value_or("")};
  return shown;
}

StoredInquiry require_inquiry(Snapshot& snapshot, InquiryId id) {
  auto row = snapshot.maybe<StoredInquiry>(
      "select id, venue, staff, question, answer, outcome from inquiries where id = :id", {{"id", id}});
  if (!row) throw Problem{"no_such_inquiry"};
  return std::move(*row);
}

}  // namespace

InquiryView log_inquiry(Transaction& tx, const Caller& caller, const LogInquiry& wish) {
  const auto& staff = require_role(caller, at_cases, wish.venue);
  if (wish.matter) current_matter(tx, *wish.matter);
  const auto id = tx.new_id<InquiryId>();
  const auto question = seal(tx.keys(), wish.question, context("question", id));
  const auto answer = seal(tx.keys(), wish.answer, context("answer", id));
  tx.run(
      "insert into inquiries (id, venue, day, at, staff, matter, question, answer, outcome)"
      " values (:id, :venue, :day, :at, :staff, :matter, :question, :answer, 'answered')",
      {{"id", id},
       {"venue", wish.venue},
       {"day", network::today(tx, caller.at)},
       {"at", caller.at},
       {"staff", staff.id},
       {"matter", wish.matter},
       {"question", as_column(question.bytes())},
       {"answer", as_column(answer.bytes())}});
  return view(tx.one<InquiryRow>(
      "select i.id, i.at, i.staff, s.name as staff_name, d.body, i.outcome, i.case_id, c.reference from inquiries i"
      " join staff s on s.id = i.staff left join matters m on m.key = i.matter"
      " left join matter_definitions d on d.hash = m.hash left join cases c on c.id = i.case_id where i.id = :id",
      {{"id", id}}));
}

Page<InquiryView> list_inquiries(Snapshot& snapshot, const Caller& caller, const ListInquiries& wish) {
  require_role(caller, at_cases, wish.venue);
  const int limit = page_limit(wish.limit);
  const auto before = page_after(wish.cursor);
  const auto day = wish.day ? *wish.day : network::today(snapshot, caller.at);
  const auto rows = snapshot.all<InquiryRow>(
      "select i.id, i.at, i.staff, s.name as staff_name, d.body, i.outcome, i.case_id, c.reference from inquiries i"
      " join staff s on s.id = i.staff left join matters m on m.key = i.matter"
      " left join matter_definitions d on d.hash = m.hash left join cases c on c.id = i.case_id"
      " where i.venue = :venue and i.day = :day and i.id < :before order by i.id desc limit :limit",
      {{"venue", wish.venue},
       {"day", day},
       {"before", before == 0 ? INT64_MAX : before},
       {"limit", limit + 1}});
  return page_of(rows, limit, [](const InquiryRow& row) { return row.id.value; }, view);
}

Outcome<InquiryText> look_at_inquiry(Transaction& tx, const Caller& caller, const LookAtInquiry& wish) {
  const auto row = require_inquiry(tx, wish.inquiry);
  const bool allowed =
      caller.has(Role::window_officer, row.venue) || caller.has(Role::centre_manager, row.venue);
  identity::audit_look(tx, caller, "look_at_inquiry", to_string(row.id), "inquiry", allowed);
  if (!allowed) return std::unexpected(Refused{Problem{"not_allowed"}});
  return InquiryText{opened(tx.keys(), "question", row.id, row.question),
                     opened(tx.keys(), "answer", row.id, row.answer)};
}

CaseView open_case_of_inquiry(Transaction& tx, const Caller& caller, const OpenCaseOfInquiry& wish) {
  const auto row = require_inquiry(tx, wish.inquiry);
  require_role(caller, at_cases, row.venue);
  if (row.outcome == InquiryOutcome::became_case) throw Problem{"became_case_already"};
  auto made = open_case(tx, caller,
                        {.matter = wish.matter,
                         .venue = row.venue,
                         .materials_received = wish.materials_received,
                         .applicant = wish.applicant,
                         .note = opened(tx.keys(), "question", row.id, row.question),
                         .first_contact = row.staff,
                         .came = !wish.by_phone.value_or(false)});
  tx.run("update inquiries set outcome = 'became_case', case_id = :case where id = :id",
         {{"case", made.id}, {"id", row.id}});
  return made;
}

}  // namespace doorstep::cases
