// Devices: displays, kiosks, ticket machines, tablets.
#include "base/problem_texts.hpp"

namespace doorstep {
namespace {

constexpr ProblemText texts[] = {
    {"no_such_device", 404, "没有这台设备", "没有找到这台设备。请从设备列表里重新选择。",
     "There is no such device", "This device was not found. Please choose again from the list of devices."},
    {"device_ended", 409, "这台设备已经解除配对",
     "这台设备已经解除配对，不能再改。还要用它，请在设备上重新要一个配对码。",
     "This device is not paired any more",
     "This device was unpaired and cannot be changed. To use it again, please have it show a new pairing code."},
    {"device_locked", 409, "这台设备已经停用", "这台设备已经停用，不用再停。请刷新看看是谁停的、为什么。",
     "This device is out of use already",
     "This device is out of use already. Please reload to see who took it out of use, and why."},
    {"device_not_locked", 409, "这台设备没有停用", "这台设备没有停用，不用恢复。请刷新看看最新的。",
     "This device is in use already",
     "This device is in use, so there is nothing to take back. Please reload to see the latest."},
    {"device_not_closed", 409, "这台设备没有提前关",
     "这台设备没有提前关，或者已经到时间自己开了。请刷新看看。", "This device is not closed early",
     "This device is not closed early, or has opened again by itself. Please reload to see the latest."},
    {"wrong_pairing_code", 403, "配对码不对",
     "这个码不对，或者已经用过、过了 10 分钟。请看看设备上现在显示的码，或在设备上重新要一个。",
     "The pairing code is not right",
     "The code is not right, was used already, or is more than 10 minutes old. Please look at what the device shows now, or "
     "have it show another."},
    {"no_such_pairing", 404, "配对码过期了", "这个配对码过期了，或者已经用过。请在设备上重新要一个码。",
     "This pairing code has expired",
     "This pairing code has expired, or was used already. Please have the device show another code."},
    {"pairing_waits", 409, "还没有人配对", "还没有人输入这个配对码。请在工作台的“设备”那一页输入。",
     "Nobody has paired it yet",
     "Nobody has typed this pairing code yet. Please type it on the page of devices in the console."},
};

}  // namespace

std::span<const ProblemText> problem_texts_of_devices() { return texts; }

}  // namespace doorstep
