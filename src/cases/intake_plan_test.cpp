// How the commands around taking in find their rows.
#include "cases/child.hpp"
#include "cases/ending.hpp"
#include "cases/follow.hpp"
#include "cases/materials.hpp"
#include "cases/note.hpp"
#include "cases/notice.hpp"
#include "cases/receipt.hpp"
#include "cases/result.hpp"
#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

class IntakePlans : public testing::CaseTest {};

TEST_P(IntakePlans, ScanNothingThatGrows) {
  CaseId id;
  for (int i = 0; i < 20; ++i) id = open_relief("officer1", Applicant{"示例 王秀英", "13900000000"});
  auto& caller = caller_of("officer1");
  caller.at = town.instant();
  std::string token;
  town.read([&](Snapshot& snapshot, Instant) { token = token_of(snapshot, id); });
  testing::read_plans(town, [&](Transaction& tx) {
    const auto told = tell_missing(
        tx, caller, {.id = id, .version = 1, .materials = {"card"}, .others = {"证明"}, .reason = {}});
    tell_missing(tx, caller,
                 {.id = id, .version = 2, .materials = {"form"}, .others = {}, .reason = "后来才知道"});
    read_progress(tx, caller, {token});
    receive_material(tx, caller, {id, 3, told.materials.back().key});
    receive_material(tx, caller, {id, 4, "form"});
    take_back_material(tx, caller, {id, 5, "form"});
    receive_material(tx, caller, {id, 6, "form"});
    receive_material(tx, caller, {id, 7, "card"});
    withdraw_case(tx, caller, {id, 8});
    reopen_case(tx, caller, {id, 9, "示例"});
    let_follow(tx, caller, {id, 10, "bank", "示例 王秀英"});
    sign_declaration(tx, caller, {id, 11, "示例 王秀英"});
    advance_case(tx, caller, {id, 12, "refused", "备注", RefusalWish{{}, "不符合", "请找居委会"}});
    reopen_case(tx, caller, {id, 13, "示例"});
    auto later = caller;
    later.at = caller.at + std::chrono::hours{24 * 20};
    pass_follow(tx, later, to_string(id), "{}");
    open_child_case(tx, caller, {id, 15, "transfer"});
    const auto plain = open_case(
        tx, caller,
        {.matter = "relief", .venue = venue(), .materials_received = {}, .applicant = {}, .note = {}});
    advance_case(tx, caller, {plain.id, 1, "check", {}, {}});
    choose_own_result_way(tx, caller, {plain.token, ResultWay::station, venue()});
    choose_result_way(tx, caller, {plain.id, 3, ResultWay::post, {}});
    advance_case(tx, caller, {plain.id, 4, "done", {}, {}});
    hand_out_result(tx, caller, {plain.id, 5, ResultTaker::applicant, "示例 王秀英"});
    note_case(tx, caller, {id, "示例"});
    read_receipt(tx, caller, {id, {}});
    read_own_receipt(tx, caller, {token, {}});
    withdraw_own_case(tx, caller, {token});
  });
}

DOORSTEP_ON_ALL_ENGINES(IntakePlans);

}  // namespace
}  // namespace doorstep::cases
