// What happens between a case and the city's systems.
#include "base/problem_texts.hpp"

namespace doorstep {
namespace {

constexpr ProblemText texts[] = {
    {"no_system", 409, "这件事不经过别的系统", "这件事由本镇自己办，没有别的系统要登记。请直接办下去。",
     "No other system decides this",
     "The town decides this itself, so there is no other system to note. Please just go on with it."},
    {"no_system_reference", 409, "还没有对方的编号",
     "对方系统里的编号还没有记下。请先填上编号，再记看到的情况。", "Its number there is not known yet",
     "Nobody has noted its number in that system. Please enter the number first, then what you saw there."},
    {"system_waits_already", 409, "已经排上或登记了",
     "这件已经排着要交，或者对方已经登记了，不用再交。请刷新看看到了哪一步。",
     "It waits or is registered already",
     "It waits for the next file, or has its number there already. Please reload to see how it stands."},
    {"system_settled", 409, "对方系统里已经办好",
     "对方系统里已经办好，不再改动。确实有变化的，请在备注里写明。", "It is settled there",
     "That system has settled it, so nothing is changed here. If something is new, please write a note."},
    {"system_not_asked", 409, "没有交给对方系统",
     "这件还没有交给对方系统，或者退回后还没有再交。请先核对编号，或者先排上再交。",
     "It was not given to that system",
     "It was not given to that system, or not again since it was returned. Please check the number, or hand it over first."},
    {"nothing_to_send", 409, "没有要交的", "没有排着要交的事项。请先在事项里点“排上去交”，再来生成表格。",
     "Nothing waits to be handed over",
     "No case waits for that system. Please let cases wait for the next file first, on their pages."},
    {"no_such_system_file", 404, "没有这份表", "找不到这份交接的表。请刷新，看看列表里有没有。",
     "No such file", "There is no such file. Please reload the list and look for it there."},
    {"system_answer_known", 409, "这条已经记过了", "这条回音和记下的一样，不用再导。可以去掉这一行。",
     "This answer is known",
     "The case stands so already. You may leave this row out; please go on with the others."},
    {"system_answer_needs_number", 422, "没有对方的编号", "对方已受理的，请填上对方系统里的编号。",
     "Its number there is missing", "Of what is registered there, please give its number in that system."},
    {"system_answer_needs_words", 422, "没有写退回的原因", "退回的，请写上原因，好让承办人知道改什么。",
     "Why it was returned is missing",
     "Of what was returned, please say why, so that the handler knows what to mend."},
};

}  // namespace

std::span<const ProblemText> problem_texts_of_systems() { return texts; }

}  // namespace doorstep
