// The sheets in which the city's systems answer, one kind for each.
#include "base/enums.hpp"
#include "base/problem.hpp"
#include "cases/system_adapters.hpp"
#include "cases/system_answers.hpp"
#include "identity/sheet_people.hpp"
#include "imports/imports.hpp"
#include "network/import_kinds.hpp"

namespace doorstep::cases {

namespace {

using imports::Cells;
using imports::Fault;

std::vector<imports::Column> columns(const Adapter& adapter) {
  return {
      {.key = "our_number",
       .heading = {adapter.our_number, "Our number"},
       .required = true,
       .help = {"交出去的表里的编号，一个字也不要改", "As in the file that was handed over, to the letter"},
       .example = {"NX-2026-000001", "NX-2026-000001"},
       .other_headings = {"外部编号", "关联编号", "受理编号", "我方编号"},
       .unique = true},
      {.key = "says",
       .heading = {adapter.what_became, "What became of it"},
       .required = true,
       .help = {"对方系统里的结果", "As that system says"},
       .example = {adapter.registered, "Registered"},
       .choices = {{"registered", {adapter.registered, "Registered"}},
                   {"returned", {adapter.returned, "Returned"}},
                   {"settled", {adapter.settled, "Settled"}}},
       .other_headings = {"结果", "状态", "办理结果"}},
      {.key = "their_number",
       .heading = {adapter.their_number, "Their number"},
       .help = {"对方系统里的编号；第一次登记时要有",
                "Its number in that system; the first time it is needed"},
       .example = {"示例-0001", "SAMPLE-0001"},
       .other_headings = {"编号", "流水号", "对方编号"},
       .bytes_max = system_reference_bytes_max},
      {.key = "words",
       .heading = {"说明", "Words"},
       .help = {"对方系统里写的情况；退回的要写原因", "What that system says; of one returned, why"},
       .example = {"", ""},
       .other_headings = {"备注", "原因", "退回原因", "补正原因", "不通过原因", "办理情况", "答复"},
       .bytes_max = system_words_bytes_max}};
}

SystemAnswer answer_in(OtherSystem system, const Cells& cells) {
  return {.system = system,
          .our_number = imports::cell(cells, "our_number"),
          .says = enum_named<SystemSays>(imports::cell(cells, "says")).value(),  // a choice
          .their_number = imports::filled_cell(cells, "their_number"),
          .words = imports::filled_cell(cells, "words")};
}

imports::Kind kind_for(const Adapter& adapter) {
  const auto system = adapter.system;
  return {.key = std::string{name_of(system)} + "_answers",
          .name = {adapter.name.zh + "的回音", "Answers of the " + adapter.name.en},
          .columns = columns(adapter),
          .may = network::require_manager_somewhere,
          .look_up =
              [system](Snapshot& snapshot, const Caller& caller, const Cells& cells, const imports::Above&) {
                try {
                  require_fitting(snapshot, caller, answer_in(system, cells));
                } catch (const Problem& problem) {
                  return network::as_faults(problem);
                }
                return std::vector<Fault>{};
              },
          .rows_a_run = 10,
          .record =
              [system](Transaction& tx, const Caller& caller, const Cells& cells, const std::any&) {
                const auto recorded = record_system_answer(tx, caller, answer_in(system, cells));
                return imports::Recorded{to_string(recorded.id), recorded.version};
              },
          .end =
              [](Transaction& tx, const Caller& caller, const imports::Recorded& recorded) {
                const auto id = parse_id<SystemAnswerTag>(recorded.thing);
                if (!id) throw Problem{"no_such_case"};
                take_back_system_answer(tx, caller, *id);
              },
          .on_look = identity::look_through_people};
}

}  // namespace

void add_import_kinds(imports::Kinds& kinds) {
  for (const auto& adapter : adapters()) kinds.add(kind_for(adapter));
}

}  // namespace doorstep::cases
