// What happens around taking in a case: papers, notices, endings.
#include "base/problem_texts.hpp"

namespace doorstep {
namespace {

constexpr ProblemText texts[] = {
    {"material_received", 409, "这样材料已经收到了", "这样材料已经收到了，不用再记。请刷新看看是谁收的。",
     "This paper has come already", "This paper was taken in already. Please reload to see who took it."},
    {"material_not_received", 409, "这样材料还没有收到", "这样材料没有记过收到，不用退回。请刷新看看。",
     "This paper has not come yet",
     "This paper was not marked as received, so there is nothing to take back. Please reload to see it."},
    {"mark_not_yours", 403, "这个标记不是你记的", "这样材料是别的同事记的。记错了，请请记的人或者主任来改。",
     "Somebody else made this mark",
     "A colleague marked this paper. If it is a mistake, please ask them or the manager to take it back."},
    {"mark_too_old", 409, "只能当天改", "收到材料的标记只能当天退回。材料确实不在，请在备注里写明。",
     "A mark is taken back on the same day only",
     "A paper's mark can be taken back on the same day only. If the paper is not there, please write a note."},
    {"follows_already", 409, "已经说好后补了", "这样材料已经说好后补。请刷新看看哪一天前补来。",
     "This paper follows already",
     "It was already promised that this paper follows. Please reload to see by which day."},
    {"never_follows", 409, "这样材料不能后补",
     "这样材料不能先收后补。请申请人交来以后再办，或者一次告知还缺什么。", "This paper cannot follow later",
     "This paper cannot follow later. Please wait until it has come, or tell the applicant all that is missing."},
    {"papers_to_follow", 409, "还有材料没补来",
     "还有说好后补的材料没有到，不能办结。请先收齐；确实不来了，再告知申请人。", "Papers are still to follow",
     "Papers that were promised have not come, so the case cannot be done. Please wait for them, or tell the applicant."},
    {"no_declaration", 409, "这个事项没有承诺书", "这个事项不用签告知承诺书。请按材料清单收件。",
     "This matter has no declaration",
     "This matter has no declaration to be signed in place of a proof. Please take in the papers on its list."},
    {"declared_already", 409, "承诺书已经签过", "这件事的承诺书已经签过，不用再签。请刷新看看。",
     "The declaration was signed already",
     "The declaration of this case was signed already. Please reload to see it."},
    {"nothing_missing", 400, "还没有写缺什么", "请选出还缺的材料，或者用自己的话写明缺什么。",
     "Nothing is named as missing",
     "Please choose the papers that are missing, or say it in your own words."},
    {"told_already", 409, "已经一次告知过了",
     "缺什么已经一次告知过。后来确实有新情况，请写明原因，再告知一次。", "This was told already",
     "What is missing was told already. If something has come up since, please say what, and tell it again."},
    {"cannot_wait_here", 409, "这一步不能等补材料",
     "按这件事现在的进度，还不能转为等补材料。请先走到可以等的一步，或者在收件时当面说清。",
     "It cannot wait for papers here",
     "At its present step this case cannot wait for papers. Please take it to a step from which it can, or say at the "
     "window what is missing."},
    {"refusal_needs_reason", 400, "请写明为什么不办、现在怎么办",
     "不予办理要写明原因，还要告诉对方现在可以怎么办。请选一条原因，或者自己写明两样。",
     "Please say why, and what helps now",
     "To refuse a case, please choose one of the reasons, or write your own and what the applicant can do now."},
    {"refusal_not_asked", 400, "这一步不用写不办的原因", "这一步不是不予办理。请去掉原因，或者重新选一步。",
     "This step does not refuse the case",
     "This step does not refuse the case. Please leave out the reason, or choose another step."},
    {"child_running", 409, "相关的事还没办完", "从这件事另开的事还在办，不能办结。请先办完那一件。",
     "A case beside this one still runs",
     "A case that was opened beside this one still runs, so this one cannot be done. Please finish that one first."},
    {"parent_over", 409, "原来那件已经办结", "它所属的那件事已经办结。请先重新打开那一件。",
     "The case it belongs to is done",
     "The case that this one belongs to is done. Please take up that one again first."},
    {"child_of_a_child", 409, "这件本身就是另开的", "这件事是从别的事另开的。请在原来那件里再开。",
     "This case belongs to another one",
     "This case belongs to another one. Please open the further case beside that one."},
    {"too_many_children", 409, "另开的事太多了", "一件事最多另开 {0} 件，已经到了。请单独收一件。",
     "Too many cases beside this one",
     "At most {0} cases can be opened beside one. Please take in a case of its own."},
    {"case_running", 409, "这件事还在办", "这件事还在办理中，不用重新打开。请刷新看看到了哪一步。",
     "The case is still running",
     "This case is still running, so there is nothing to take up again. Please reload to see its step."},
    {"too_late_to_reopen", 409, "结束太久了，不能重新打开",
     "这件事结束已经超过三十天，不能重新打开。请另开一件，在备注里写上原来的编号。", "It ended too long ago",
     "This case ended more than thirty days ago. Please open a new one and note the old number in it."},
};

}  // namespace

std::span<const ProblemText> problem_texts_of_intake() { return texts; }

}  // namespace doorstep
