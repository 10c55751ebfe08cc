// How a case stands in the city's system that decides it: handed over in a file, answered in a sheet, or
// typed in by hand.
#include <array>
#include <thread>

#include <gmock/gmock.h>

#include "cases/system_adapters.hpp"
#include "cases/system_answers.hpp"
#include "cases/system_files.hpp"
#include "sheets/csv.hpp"
#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Sent;
using testing::SheetLines;
using ::testing::UnorderedElementsAre;

const std::string name = "示例 王秀英", phone = "13900000000";

std::string refusal(std::optional<SystemStage> stage, SystemAct act) {
  try {
    stage_after(stage, act);
  } catch (const Problem& problem) {
    return problem.code;
  }
  return "";
}

TEST(SystemStages, AllowWhatIsInTheTableAndNothingElse) {
  using enum SystemStage;
  using enum SystemAct;
  struct Row {
    std::optional<SystemStage> from;
    std::array<std::string, 5> by;  // hand_over, send, register_it, return_it, settle: where to, or why not
  };
  const std::string not_asked = "system_not_asked", waits = "system_waits_already", over = "system_settled";
  const std::vector<Row> table{
      {std::nullopt, {"to_send", not_asked, "registered", not_asked, not_asked}},
      {to_send, {waits, "sent", "registered", not_asked, not_asked}},
      {sent, {"to_send", not_asked, "registered", "returned", "settled"}},
      {registered, {waits, not_asked, "registered", "returned", "settled"}},
      {returned, {"to_send", not_asked, "registered", not_asked, not_asked}},
      {settled, {over, over, over, over, over}},
  };
  const std::array acts{hand_over, send, register_it, return_it, settle};
  for (const auto& [from, by] : table) {
    for (std::size_t at = 0; at < acts.size(); ++at) {
      const auto why = refusal(from, acts[at]);
      EXPECT_EQ(why.empty() ? std::string{name_of(stage_after(from, acts[at]))} : why, by[at])
          << (from ? name_of(*from) : "none") << ' ' << at;
    }
  }
}

TEST(SystemAdapters, HaveEveryColumnFilledAndWordsThatDiffer) {
  EXPECT_EQ(adapters().size(), enum_names<OtherSystem>.size());
  const CaseToSend whole{.reference = "1",
                         .matter = "2",
                         .name = "3",
                         .phone = "4",
                         .units = "5",
                         .answers = "6",
                         .venue = "7",
                         .day = "8",
                         .tried = "9"};
  for (const auto& adapter : adapters()) {
    const auto file = file_for(adapter, {whole});
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows.front().size(), file.columns.size());
    EXPECT_THAT(file.rows.front(), Not(::testing::Contains("")));
    EXPECT_EQ(file.columns.front().heading, adapter.our_number) << "an answer is found by what went out";
    EXPECT_NE(adapter.registered, adapter.returned);
    EXPECT_NE(adapter.registered, adapter.settled);
    EXPECT_NE(adapter.returned, adapter.settled);
  }
}

class Systems : public testing::CaseTest {
 protected:
  CaseId case_to_hand_over() { return open_relief("officer1", Applicant{name, phone}); }
  Answer hand_over(CaseId id, const std::string& who = "officer1") {
    return act(id, who, "/system/hand-over");
  }
  Answer record(CaseId id, const std::string& reference, const std::string& who = "officer1") {
    return act(id, who, "/system/reference", R"({"reference":")" + reference + "\"}");
  }
  Answer confirm(CaseId id, bool settled = false) {
    return act(id, "officer1", "/system/confirm",
               std::string{R"({"words":"审核中","settled":)"} + (settled ? "true}" : "false}"));
  }
  Answer standing(CaseId id) { return get("officer1", path(id, "/system")); }
  std::string stage(CaseId id) { return standing(id).text("stage"); }
  // How it stands after a press, or why it was refused.
  std::string then(const Answer& pressed, CaseId id) {
    return pressed.problem().empty() ? stage(id) : pressed.problem();
  }
  Answer make_file(const std::string& who = "manager", const std::string& system = "member_system") {
    return post(who, "/api/desk/systems/files",
                R"({"venue":")" + town.venue + R"(","system":")" + system + "\"}");
  }
  Answer fetch(const Answer& file, const std::string& who = "manager",
               const std::string& purpose = R"({"purpose":"to hand over"})") {
    return post(who, "/api/desk/systems/files/" + file.text("id") + "/csv", purpose);
  }
  std::string reference(CaseId id) { return read(id, "officer1").text("reference"); }
  CaseId sent() {
    const auto id = case_to_hand_over();
    EXPECT_EQ(hand_over(id).problem(), "");
    EXPECT_EQ(make_file().status, 201);
    return id;
  }
  // What the member system writes, as .csv; the import that it became.
  Answer answered(const SheetLines& rows, const std::string& kind = "member_system_answers") {
    sheets::NewSheet sheet{.name = "", .columns = {}, .rows = rows};
    for (const auto* heading : {"外部编号", "审核结果", "业务流水号", "退回原因"})
      sheet.columns.push_back({.heading = heading});
    auto& manager = as("manager");
    const auto uploaded = town.call(manager, "POST", "/api/imports?kind=" + kind + "&name=answers.csv",
                                    sheets::write_csv(sheet),
                                    {.headers = {{"content-type", std::string{sheets::csv_media_type}}}});
    EXPECT_EQ(uploaded.status, 201) << uploaded.problem();
    return testing::run_import(town, manager, uploaded);
  }
  // The columns in which its rows were refused.
  std::string fault(const Answer& import) {
    const auto refused = get("manager", "/api/imports/" + import.text("id") + "/outcomes?outcome=refused");
    const auto& items = refused.at("items").as_array();
    return items.empty() ? "" : std::string{items[0].at("faults").at(0).at("why").at("en").as_string()};
  }
  std::vector<std::string> history(CaseId id) {
    std::vector<std::string> texts;
    const auto shown = read(id, "officer1");
    for (const auto& entry : shown.at("history").as_array())
      texts.emplace_back(entry.at("text").at("en").as_string());
    return texts;
  }
};

TEST_P(Systems, AreNotThereForWhatTheTownDecidesItself) {
  const auto id = open("officer1");
  EXPECT_TRUE(standing(id).at("system").is_null());
  EXPECT_EQ(hand_over(id).problem(), "no_system");
  EXPECT_EQ(record(id, "A-1").problem(), "no_system");
  EXPECT_EQ(confirm(id).problem(), "no_system");
}

TEST_P(Systems, TakeACaseThatIsHandedOverInAFileAndAnswerIt) {
  const auto id = case_to_hand_over();
  EXPECT_EQ(standing(id).text("system"), "member_system");
  EXPECT_TRUE(standing(id).at("stage").is_null());
  EXPECT_EQ(then(hand_over(id), id), "to_send");
  EXPECT_EQ(hand_over(id).problem(), "system_waits_already");
  const auto file = make_file();
  EXPECT_EQ(file.number("lines"), 1);
  EXPECT_EQ(stage(id), "sent");
  const auto fetched = fetch(file);
  EXPECT_EQ(fetched.headers.at("content-type"), "text/csv");
  const auto sheet = sheets::read_csv(fetched.bytes);
  EXPECT_THAT(sheet.rows.at(0).cells,
              ElementsAre(reference(id), "临时救助", name, phone, "", "", "2026-11-24", "1"));

  const auto import = answered({{reference(id), "已受理", "DY-1", ""}});
  EXPECT_EQ(import.number("recorded"), 1) << fault(import);
  const auto now = standing(id);
  EXPECT_EQ(now.text("stage"), "registered");
  EXPECT_EQ(now.text("reference"), "DY-1");
  EXPECT_FALSE(now.text("recorded_by").empty());
  EXPECT_FALSE(now.text("confirmed_at").empty());
  EXPECT_EQ(answered({{reference(id), "已接收", "", "已接收到示例支部"}}).number("recorded"), 1);
  EXPECT_EQ(stage(id), "settled");
  EXPECT_EQ(standing(id).text("words"), "已接收到示例支部");
  EXPECT_EQ(hand_over(id).problem(), "system_settled");
  EXPECT_EQ(record(id, "DY-2").problem(), "system_settled");
  EXPECT_EQ(confirm(id).problem(), "system_settled");
  EXPECT_THAT(history(id), ::testing::IsSupersetOf(
                               {"It waits to be given to the other system", "Given to the other system",
                                "Registered in the other system", "Settled in the other system"}));
  EXPECT_EQ(read(id, "officer1").text("phase"), "submitted") << "that system takes no step here";
}

TEST_P(Systems, AreTriedAgainWhereTheyAreSilentOrReturnIt) {
  const auto id = sent();
  EXPECT_EQ(make_file().problem(), "nothing_to_send");
  EXPECT_EQ(then(hand_over(id), id), "to_send") << "no word came";
  const auto second = make_file();
  EXPECT_EQ(standing(id).number("tries"), 2);
  EXPECT_EQ(sheets::read_csv(fetch(second).bytes).rows.at(0).cells.back(), "2");
  answered({{reference(id), "已退回", "", "接收支部不对"}});
  EXPECT_EQ(stage(id), "returned");
  EXPECT_EQ(standing(id).text("words"), "接收支部不对");
  EXPECT_EQ(then(hand_over(id), id), "to_send");
  make_file();
  EXPECT_EQ(standing(id).number("tries"), 3);
}

TEST_P(Systems, AreTypedInWhereSomebodyLookedThere) {
  const auto id = case_to_hand_over();
  EXPECT_EQ(confirm(id).problem(), "no_system_reference");
  EXPECT_EQ(then(record(id, "DY-7"), id), "registered");
  EXPECT_EQ(then(record(id, "DY-8"), id), "registered");
  EXPECT_EQ(standing(id).text("reference"), "DY-8");
  EXPECT_EQ(then(confirm(id), id), "registered");
  EXPECT_EQ(standing(id).text("words"), "审核中");
  EXPECT_EQ(then(confirm(id, true), id), "settled");
}

TEST_P(Systems, TakeACaseWhoseNumberWasTypedInByMistake) {
  const auto id = case_to_hand_over();
  record(id, "DY-7");
  confirm(id);
  EXPECT_EQ(then(hand_over(id), id), "to_send");
  EXPECT_TRUE(standing(id).at("reference").is_null());
  EXPECT_TRUE(standing(id).at("words").is_null());
  make_file();
  EXPECT_EQ(answered({{reference(id), "已受理", "DY-8", ""}}).number("recorded"), 1);
  EXPECT_EQ(hand_over(id).problem(), "system_waits_already") << "this one a file led to";
}

TEST_P(Systems, LeaveACaseWhereItIsWhenItsNumberIsCorrected) {
  const auto id = sent();
  answered({{reference(id), "已受理", "DY-1", ""}});
  answered({{reference(id), "已退回", "", "接收支部不对"}});
  EXPECT_EQ(then(record(id, "DY-2"), id), "returned");
  EXPECT_EQ(standing(id).text("reference"), "DY-2");
  EXPECT_EQ(standing(id).text("words"), "接收支部不对");
  EXPECT_EQ(then(hand_over(id), id), "to_send");
}

TEST_P(Systems, SayWhatIsSaidNowAndSinceWhen) {
  const auto id = sent();
  const auto since = standing(id).text("changed_at");
  answered({{reference(id), "已退回", "", "接收支部不对"}});
  hand_over(id);
  make_file();
  pass(std::chrono::hours{1});
  answered({{reference(id), "已受理", "DY-1", ""}});
  EXPECT_TRUE(standing(id).at("words").is_null()) << "why it was returned is no news any more";
  const auto registered = standing(id).text("changed_at");
  EXPECT_NE(registered, since);
  pass(std::chrono::hours{1});
  confirm(id);
  EXPECT_EQ(standing(id).text("changed_at"), registered) << "it stands there since then, whoever looks";
}

TEST_P(Systems, WaitForNothingOnceTheCaseIsOver) {
  const auto id = case_to_hand_over();
  hand_over(id);
  advance(id, "officer1", 2, "refused");
  EXPECT_TRUE(standing(id).at("stage").is_null());
  const auto token = read(id, "officer1").text("token");
  EXPECT_TRUE(get("nobody", "/api/cases/" + token + "/system").at("stage").is_null());
}

TEST_P(Systems, AreForWhoeverHandlesTheCase) {
  const auto id = case_to_hand_over();
  accept(id, "officer2", 1);
  for (const auto& refused : {hand_over(id, "officer1"), record(id, "DY-1", "officer1")})
    EXPECT_EQ(refused.problem(), "not_your_case");
  EXPECT_EQ(act(id, "officer1", "/system/confirm", R"({"words":"x","settled":false})").problem(),
            "not_your_case");
  EXPECT_EQ(hand_over(id, "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(hand_over(id, "officer2").problem(), "");
  EXPECT_EQ(make_file("officer2").problem(), "not_allowed");
  EXPECT_EQ(make_file("manager_elsewhere").problem(), "not_allowed");
  const auto file = make_file();
  EXPECT_EQ(fetch(file, "officer2").problem(), "not_allowed");
  EXPECT_EQ(fetch(file, "manager", R"({"purpose":""})").problem(), "purpose_missing");
  EXPECT_EQ(post("manager", "/api/desk/systems/files/sf_1/csv", R"({"purpose":"x"})").problem(),
            "no_such_system_file");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'fetch_system_file'"), 1)
      << "the refused look is on record";
}

TEST_P(Systems, TakeOnlyWhoCanBeNamedAndWhatStillRuns) {
  const auto nobody = open_relief("officer1");
  EXPECT_EQ(hand_over(nobody).problem(), "no_applicant");
  const auto over = case_to_hand_over();
  EXPECT_EQ(hand_over(over).problem(), "");
  advance(over, "officer1", 2, "refused");
  EXPECT_EQ(make_file().problem(), "nothing_to_send");
  EXPECT_EQ(act(case_to_hand_over(), "officer1", "/system/hand-over").status, 200);
  const auto refused = case_to_hand_over();
  advance(refused, "officer1", 1, "refused");
  EXPECT_EQ(hand_over(refused).problem(), "case_over");
}

TEST_P(Systems, AnswerOnlyWhatTheyWereGiven) {
  const auto id = case_to_hand_over();
  const auto number = reference(id);
  EXPECT_THAT(fault(answered({{"NX-2026-999999", "已受理", "DY-1", ""}})), HasSubstr("not found"));
  EXPECT_THAT(fault(answered({{number, "已受理", "DY-1", ""}})), HasSubstr("not found")) << "not handed over";
  record(id, "DY-1");
  EXPECT_THAT(fault(answered({{number, "已接收", "DY-1", ""}})), HasSubstr("not given to that system"));
  const auto other = sent();
  const auto of = reference(other);
  EXPECT_THAT(fault(answered({{of, "已受理", "", ""}})), HasSubstr("its number"));
  EXPECT_THAT(fault(answered({{of, "已退回", "", ""}})), HasSubstr("say why"));
  EXPECT_EQ(answered({{of, "已受理", "DY-2", ""}}).number("recorded"), 1);
  EXPECT_THAT(fault(answered({{of, "已受理", "DY-2", ""}})), HasSubstr("stands so already"));
  EXPECT_EQ(answered({{of, "不知道", "DY-2", ""}}).number("recorded"), 0) << "none of its words";
}

TEST_P(Systems, AreTakenBackWithTheirSheet) {
  const auto id = sent();
  auto import = answered({{reference(id), "已受理", "DY-1", "收到"}});
  const auto undone = [&](Answer of) {
    of = testing::import_step(town, as("manager"), of, "undo");
    return testing::run_import(town, as("manager"), of);
  };
  EXPECT_EQ(undone(import).number("ended"), 1);
  EXPECT_EQ(stage(id), "sent");
  EXPECT_TRUE(standing(id).at("reference").is_null());
  EXPECT_TRUE(standing(id).at("confirmed_at").is_null());
  const auto since = standing(id).text("changed_at");
  const auto first = answered({{reference(id), "已受理", "DY-1", ""}});
  const auto second = answered({{reference(id), "已接收", "", "已接收"}});
  EXPECT_EQ(undone(second).number("ended"), 1);
  EXPECT_EQ(stage(id), "registered");
  EXPECT_EQ(undone(first).number("ended"), 1) << "the last one first, and then the one before";
  EXPECT_EQ(stage(id), "sent");
  EXPECT_EQ(standing(id).text("changed_at"), since) << "no word since then, as before";
  import = answered({{reference(id), "已受理", "DY-1", ""}});
  record(id, "DY-9");
  EXPECT_EQ(undone(import).number("kept"), 1) << "somebody has noted another number since";
  EXPECT_EQ(standing(id).text("reference"), "DY-9");
}

TEST_P(Systems, AreSealedAndShowTheHolderNoNumber) {
  const auto id = sent();
  answered({{reference(id), "已受理", "DYXT-SECRET", "同意接收王秀英"}});
  const auto token = read(id, "officer1").text("token");
  const auto shown = get("nobody", "/api/cases/" + token + "/system");
  EXPECT_EQ(shown.text("stage"), "registered");
  EXPECT_EQ(shown.number("tries"), 1);
  EXPECT_THAT(boost::json::serialize(shown.body), Not(HasSubstr("SECRET")));
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_systems where sealed_reference is not null"
                                " and sealed_words is not null"),
            1);
}

TEST_P(Systems, AreCountedAndListedByHowTheyStand) {
  const auto waiting = case_to_hand_over();
  hand_over(waiting);
  const auto path_of = [&](const std::string& stage) {
    return "/api/desk/systems/cases?venue=" + town.venue + "&system=member_system&stage=" + stage;
  };
  const auto counts = [&] {
    return get("officer1", "/api/desk/systems?venue=" + town.venue).at("systems").at(0);
  };
  EXPECT_EQ(counts().at("to_send").as_int64(), 1);
  EXPECT_TRUE(counts().at("silent_since").is_null());
  EXPECT_EQ(get("officer1", path_of("to_send")).at("items").at(0).at("reference").as_string(),
            reference(waiting));
  make_file();
  EXPECT_EQ(counts().at("to_send").as_int64(), 0);
  EXPECT_EQ(counts().at("sent").as_int64(), 1);
  EXPECT_FALSE(counts().at("silent_since").is_null());
  EXPECT_EQ(get("officer1", path_of("sent")).at("items").at(0).at("tries").as_int64(), 1);
  EXPECT_EQ(get("officer1", path_of("moon")).problem(), "bad_query");
  EXPECT_EQ(get("elsewhere", path_of("sent")).problem(), "not_allowed");
  EXPECT_EQ(get("manager", "/api/desk/systems/files?venue=" + town.venue).at("items").as_array().size(), 1U);
}

TEST_P(Systems, TakeSoManyInAFileAndTheRestInTheNext) {
  town.write([](Transaction& tx, Instant at) { put_matter(tx, testing::relief(), at); });
  for (int i = 0; i <= system_lines_max; ++i) {
    command("officer1", [&](Transaction& tx, const Caller& caller) {
      const auto opened = open_case(tx, caller,
                                    {.matter = "relief",
                                     .venue = venue(),
                                     .materials_received = {},
                                     .applicant = Applicant{name, phone},
                                     .note = std::nullopt});
      hand_over_to_system(tx, caller, {opened.id, 1});
    });
  }
  const auto first = make_file();
  EXPECT_EQ(first.number("lines"), system_lines_max);
  EXPECT_EQ(sheets::read_csv(fetch(first).bytes).rows.size(), static_cast<std::size_t>(system_lines_max));
  EXPECT_EQ(make_file().number("lines"), 1);
}

TEST_P(Systems, AreGivenACaseOnceWhereTwoPressAtOnce) {
  hand_over(case_to_hand_over());
  auto one = town.sign_in("manager"), two = town.sign_in("manager");
  const auto body = R"({"venue":")" + town.venue + R"(","system":"member_system"})";
  std::array<std::string, 2> outcome;
  std::array<std::thread, 2> both;
  std::array<testing::Browser*, 2> who{&one, &two};
  for (std::size_t at = 0; at < 2; ++at)
    both[at] = std::thread{
        [&, at] { outcome[at] = town.call(*who[at], "POST", "/api/desk/systems/files", body).problem(); }};
  for (auto& each : both) each.join();
  EXPECT_THAT(outcome, UnorderedElementsAre("", "nothing_to_send"));
  EXPECT_EQ(value<std::int64_t>("select count(*) from system_lines"), 1);
}

TEST_P(Systems, AreFoundWithoutAScan) {
  const auto id = case_to_hand_over();
  const auto number = reference(id);
  auto& officer = caller_of("officer1");
  auto& manager = caller_of("manager");
  testing::read_plans(town, [&](Transaction& tx) {
    hand_over_to_system(tx, officer, {id, 1});
    const auto file = make_system_file(tx, manager, {venue(), OtherSystem::member_system});
    fetch_system_file(tx, manager, {file.id, "to hand over"});
    list_system_files(tx, manager, {.venue = venue(), .cursor = {}, .limit = {}});
    list_system_cases(
        tx, officer,
        {.venue = venue(), .system = "member_system", .stage = "sent", .cursor = {}, .limit = {}});
    count_systems(tx, officer, {venue()});
    const auto recorded = record_system_answer(
        tx, manager, {OtherSystem::member_system, number, SystemSays::registered, "DY-1", std::nullopt});
    take_back_system_answer(tx, manager, recorded.id);
    read_system(tx, officer, {id});
  });
}

DOORSTEP_ON_ALL_ENGINES(Systems);

}  // namespace
}  // namespace doorstep::cases
