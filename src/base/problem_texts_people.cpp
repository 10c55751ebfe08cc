// People on record, and residents.
#include "base/problem_texts.hpp"

namespace doorstep {
namespace {

constexpr ProblemText texts[] = {
    {"one_filter_at_a_time", 400, "请一次只按一项查",
     "请只选一项：某一位居民、某一位工作人员，或被拒绝的查看。", "Please choose one thing to go by",
     "Please choose one of these: a person, a member of staff, or looks that were refused."},
    {"phone_and_name_known", 409, "这个人可能已经登记过",
     "已经有人登记了同样的姓名和电话。请查找核对；确实是另一个人，请在窗口登记。",
     "This person may be on record already",
     "Somebody of the same name and phone is on record. Please search and compare; if it is another person, please record them on their own."},
    // Acting for somebody else.
    {"no_such_mandate", 404, "没有这项委托", "没有找到这项委托。请刷新看看最新的情况。",
     "There is no such mandate", "This mandate was not found. Please reload to see what there is."},
    {"mandate_over", 409, "这项委托已经结束", "这项委托已经结束。还需要的话，请重新办一项。",
     "This mandate has ended",
     "This mandate has ended already. If it is still wanted, please give a new one."},
    {"mandate_not_offered", 409, "这项委托不能再接受",
     "这项委托已经有人接受，或者等得太久了。请让对方重新办一项。", "This cannot be accepted any more",
     "This mandate was accepted already, or has waited too long. Please ask for a new one."},
    {"mandate_for_oneself", 409, "不用委托自己", "委托的是本人自己，自己的事不用委托。请选另外一个人。",
     "Nobody needs a mandate for themselves",
     "Both are the same person, who may act anyway. Please choose somebody else."},
    {"mandate_known", 409, "已经委托过这个人", "已经委托过这个人，还在有效期里。要改时间，请先结束原来的。",
     "This person may act already",
     "This person may act already. To change until when, please end the mandate that is there first."},
    {"too_many_mandates", 409, "委托已经够多了",
     "一个人能委托的人、能替的人都有限，已经到了。请先结束不再需要的。", "Enough mandates",
     "One can have only some people act for oneself, and act for only some others. Please end one that is no longer needed."},
    {"mandate_too_long", 400, "委托的时间太长", "一项委托最长两年。请选早一些的日子，到期可以再办。",
     "This is too long",
     "A mandate lasts two years at most. Please choose an earlier day; it can be given again after that."},
    {"no_phone_on_record", 409, "没有登记手机号",
     "这个人没有登记手机号，收不到验证码。请先登记，或当面确认。", "There is no phone on record",
     "This person has no phone on record to send a code to. Please record one, or have it said in person."},

    // Residents, by their phone.
    {"code_too_soon", 429, "验证码刚发过", "验证码刚发过。请再等 {0} 秒；还收不到，请到导办台，有人帮你。",
     "A code was just sent",
     "A code was just sent. Please wait {0} more seconds; if none arrives, the guide desk will help you."},
    {"wrong_code", 401, "验证码不对",
     "验证码不对，或者已经过了 10 分钟。请看看最新的一条短信，或重新要一个。", "The code is not right",
     "The code is not right, or more than 10 minutes old. Please look at the newest message, or ask for another."},
    {"fresh_code_needed", 403, "请再验证一次是你本人",
     "这一步关系到你的全部信息。为了安全，请再登录一次，然后接着办。", "Please show once more that it is you",
     "This is about all that is held of you. To be safe, please sign in once more and then go on."},
    // Residents, by the city's account.
    {"city_account_away", 409, "现在不能用这个账号登录",
     "那边的登录服务暂时没有回应。请用手机验证码登录，或者过一会儿再试。",
     "This account cannot be used just now",
     "Its sign-in service does not answer. Please sign in with a code to your phone, or try again in a while."},
    {"city_account_unfit", 403, "这次没有登录成功",
     "那边传回来的内容不能确认是你。请再登录一次；还是不行，请用手机验证码登录。",
     "This sign-in did not work",
     "What came back does not show that it is you. Please sign in once more; if it fails again, use a code to your phone."},
    {"city_sign_in_gone", 409, "这次登录已经过期",
     "可能过了十分钟，可能已经用过，也可能是在另一部手机上开始的。请重新登录一次。", "This sign-in is over",
     "It may be older than ten minutes, used already, or begun on another device. Please sign in again."},
    {"not_on_record", 409, "没有找到你的登记",
     "按这部手机、这个姓名和后四位没有找到登记。请核对后再试；以前没有登记过，后四位可以不填；也可以到窗口请工作人员关联。",
     "No such record was found",
     "There is no record with this phone, this name and these last four characters. Please check them and try again; if you were "
     "never recorded, leave the last four empty; or ask at a window."},
    {"phone_needed", 409, "还要验证登记的手机",
     "要找以前的登记，还要验证登记时留的手机：填手机号和它收到的验证码。没有那部手机，请带身份证到窗口。",
     "The phone on record is needed, too",
     "To find an earlier record, please give the phone that was recorded and the code it is sent. Without that phone, please bring "
     "your identity card to a window."},
    {"too_many_people", 409, "今天登记的人已经够多了",
     "一部手机一天只能登记几个人，今天已经够了。请明天再来，或到窗口登记。", "Enough people for today",
     "A phone may name only some people a day, and that many were named today. Please come back tomorrow, or ask at a window."},
};

}  // namespace

std::span<const ProblemText> problem_texts_of_people() { return texts; }

}  // namespace doorstep
