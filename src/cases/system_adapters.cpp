#include "cases/system_adapters.hpp"

#include <algorithm>

#include "base/ensure.hpp"

namespace doorstep::cases {

namespace {

Adapter member_system() {
  return {.system = OtherSystem::member_system,
          .name = {"党员系统", "Party member system"},
          .columns = {{"外部编号", &CaseToSend::reference},
                      {"业务类型", &CaseToSend::matter},
                      {"姓名", &CaseToSend::name},
                      {"手机号码", &CaseToSend::phone},
                      {"相关党组织", &CaseToSend::units},
                      {"填报内容", &CaseToSend::answers},
                      {"申请日期", &CaseToSend::day},
                      {"第几次交", &CaseToSend::tried}},
          .our_number = "外部编号",
          .their_number = "业务流水号",
          .what_became = "审核结果",
          .registered = "已受理",
          .returned = "已退回",
          .settled = "已接收"};
}

Adapter one_stop() {
  return {.system = OtherSystem::one_stop,
          .name = {"一网通办", "City one-stop service"},
          .columns = {{"外部编号", &CaseToSend::reference},
                      {"事项名称", &CaseToSend::matter},
                      {"申请人", &CaseToSend::name},
                      {"联系电话", &CaseToSend::phone},
                      {"申请内容", &CaseToSend::answers},
                      {"收件地点", &CaseToSend::venue},
                      {"收件日期", &CaseToSend::day},
                      {"第几次交", &CaseToSend::tried}},
          .our_number = "外部编号",
          .their_number = "办件编码",
          .what_became = "办理状态",
          .registered = "已收件",
          .returned = "补正",
          .settled = "办结"};
}

Adapter hotline() {
  return {.system = OtherSystem::hotline_12345,
          .name = {"12345 热线", "12345 line"},
          .columns = {{"关联编号", &CaseToSend::reference},
                      {"诉求类别", &CaseToSend::matter},
                      {"来电人", &CaseToSend::name},
                      {"联系电话", &CaseToSend::phone},
                      {"诉求内容", &CaseToSend::answers},
                      {"受理单位", &CaseToSend::venue},
                      {"受理日期", &CaseToSend::day},
                      {"第几次交", &CaseToSend::tried}},
          .our_number = "关联编号",
          .their_number = "工单编号",
          .what_became = "工单状态",
          .registered = "已转派",
          .returned = "退单",
          .settled = "已办结"};
}

Adapter volunteer_register() {
  return {.system = OtherSystem::volunteer_register,
          .name = {"志愿者平台", "Volunteer register"},
          .columns = {{"外部编号", &CaseToSend::reference},
                      {"业务类型", &CaseToSend::matter},
                      {"姓名", &CaseToSend::name},
                      {"手机号码", &CaseToSend::phone},
                      {"填报内容", &CaseToSend::answers},
                      {"登记日期", &CaseToSend::day},
                      {"第几次交", &CaseToSend::tried}},
          .our_number = "外部编号",
          .their_number = "志愿者编号",
          .what_became = "审核状态",
          .registered = "审核中",
          .returned = "不通过",
          .settled = "通过"};
}

}  // namespace

std::span<const Adapter> adapters() {
  static const std::vector<Adapter> all{member_system(), one_stop(), hotline(), volunteer_register()};
  return all;
}

const Adapter& adapter_of(OtherSystem system) {
  const auto found = std::ranges::find(adapters(), system, &Adapter::system);
  ensure(found != adapters().end(), "every system has its adapter");
  return *found;
}

sheets::NewSheet file_for(const Adapter& adapter, const std::vector<CaseToSend>& cases) {
  sheets::NewSheet sheet{.name = adapter.name.zh, .columns = {}, .rows = {}};
  for (const auto& column : adapter.columns) sheet.columns.push_back({.heading = column.heading});
  for (const auto& each : cases) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& column : adapter.columns) row.push_back(each.*column.text);
  }
  return sheet;
}

}  // namespace doorstep::cases
