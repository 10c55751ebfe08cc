// Spreadsheets that clerks bring in.
#include "base/problem_texts.hpp"

namespace doorstep {
namespace {

constexpr ProblemText texts[] = {
    {"sheet_empty", 400, "表格里没有内容", "表头下面没有要导入的行。请填好以后再上传。",
     "The spreadsheet is empty",
     "There are no rows to import below the headings. Please fill them in and upload it again."},
    {"no_such_import_kind", 404, "没有这种导入", "没有这一种可以导入的表格。请从列表里选。",
     "There is no such kind of import",
     "There is no such kind of sheet to import. Please choose one from the list."},
    {"no_such_import", 404, "没有找到这次导入",
     "没有找到这次导入，也可能是别人上传的。请从自己的导入记录里进入。", "There is no such import",
     "There is no such import, or somebody else uploaded it. Please open it from the list of your own."},
    {"import_step_not_possible", 409, "现在不能这样做",
     "这次导入现在不能做这一步，可能别处已经继续或停止了。请刷新后再看。", "This cannot be done now",
     "This import does not allow that step now; it may have gone on or been stopped elsewhere. Please reload and look again."},
    {"no_such_import_column", 400, "没有这一列", "对应的列不存在。请从表头里重新选择。",
     "There is no such column", "That column does not exist. Please choose again from the headings."},
    {"import_column_twice", 400, "同一列用了两次", "表格里的同一列对应了两项内容。请为每一项选不同的列。",
     "A column is used twice",
     "One column of the sheet is to hold two things. Please choose another one for each."},
    {"import_columns_missing", 409, "还有必填的列没有对应",
     "还有必填的内容没有对应到表格里的列。请先选好，再开始导入。", "A required column has no place yet",
     "Something required has no column of the sheet yet. Please choose one first, then start the import."},
    {"import_file_gone", 410, "上传的文件已经删除",
     "上传的文件保留 30 天，已经删除了。如果还需要，请重新上传。", "The uploaded file is gone",
     "Uploaded files are kept for 30 days, and this one is gone. Please upload it again if it is still needed."},
    {"touched_since_import", 409, "导入以后已经有人用过",
     "导入以后已经有人用过它，所以没有撤销。如果确实不要，请在它自己的页面上处理。",
     "It has been used since it was imported",
     "It has been used since it was imported, so it was left as it is. Please end it on its own page if nobody needs it."},
    {"organisation_known", 409, "已经有这个组织",
     "同一个上级下面已经有叫这个名称的组织。请核对，不用再导入一次。",
     "There is such an organisation already",
     "There is one of this name below the same organisation already. Please check; it need not be imported again."},
    {"venue_known", 409, "已经有这个场所", "已经有叫这个名称的场所。请核对，不用再导入一次。",
     "There is such a venue already",
     "There is a venue of this name already. Please check; it need not be imported again."},
    {"past_activity_known", 409, "已经有这次活动",
     "同一个组织在同一天已经有叫这个名称的活动。请核对，不用再导入一次。",
     "This activity is on record already",
     "An activity of this name, held by the same organisation on the same day, is on record already. Please check; it need not be imported again."},
    {"several_such_venues", 409, "有几个场所都叫这个名称",
     "有几个场所都叫这个名称，分不清是哪一个。请先把场所改成不同的名称。", "Several venues have this name",
     "Several venues have this name. Please give them different names first."},
    {"roster_known", 409, "这一天已经排了人", "这个岗位这一天已经排了人，没有改动。要换人，请在值班表上改。",
     "Somebody is on the roster that day already",
     "The roster names somebody at this post on that day already; nothing was changed. Please change it on the month board."},
    {"several_such_posts", 409, "有几个岗位都叫这个名称",
     "这个场所有几个岗位都叫这个名称，分不清是哪一个。请先把岗位改成不同的名称。",
     "Several posts have this name",
     "Several posts of this venue have this name. Please give them different names first."},
    {"several_such_staff", 409, "有几位工作人员都叫这个名字",
     "有几位工作人员都叫这个名字，分不清是哪一位。请写用户名。", "Several members of staff have this name",
     "Several members of staff have this name. Please give the user name instead."},
    {"several_such_organisations", 409, "有几个组织都叫这个名称",
     "有几个组织都叫这个名称，分不清是哪一个。请写全称。", "Several organisations have this name",
     "Several organisations have this name. Please give the official name instead."},
};

}  // namespace

std::span<const ProblemText> problem_texts_of_imports() { return texts; }

}  // namespace doorstep
