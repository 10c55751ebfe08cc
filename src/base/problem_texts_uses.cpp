#include "base/problem_texts.hpp"

namespace doorstep {

std::span<const UseText> problem_texts_of_uses() {
  static constexpr UseText texts[] = {
      {"roles", "在这里有权限的人员", "people with a role"},
      {"posts", "岗位", "posts"},
      {"devices", "配对的设备", "paired devices"},
      {"open_windows", "开着的窗口", "open windows"},
      {"people_waiting", "在等的人", "people who wait or are being served"},
      {"cases", "没办完的事", "cases in hand"},
      {"organisations", "下级组织", "organisations below it"},
      {"venues", "由它管理的场所", "venues it runs"},
      {"grids", "小微网格", "micro-grids"},
      {"communities", "以它为支部的社区", "communities whose branch it is"},
  };
  return texts;
}

}  // namespace doorstep
