#include "network/words.hpp"

namespace doorstep::network {

Text words_for(VenueKind kind) {
  switch (kind) {
    case VenueKind::centre: return {"中心", "Centre"};
    case VenueKind::branch_centre: return {"分中心", "Branch centre"};
    case VenueKind::station: return {"站点", "Station"};
  }
  return {};
}

Text words_for(VenueFunction function) {
  switch (function) {
    case VenueFunction::community_station: return {"村居站点", "Community station"};
    case VenueFunction::tower: return {"楼宇红吧", "Office tower station"};
    case VenueFunction::park: return {"园区理想湾", "Industrial park station"};
    case VenueFunction::living_room: return {"客堂间", "Living-room venue"};
    case VenueFunction::model_building: return {"优秀楼组", "Model building"};
    case VenueFunction::council_hall: return {"议事厅", "Council hall"};
    case VenueFunction::warm_station: return {"暖新驿站", "Warm station"};
    case VenueFunction::grid_point: return {"小微网格服务点", "Grid service point"};
  }
  return {};
}

Text words_for(StepFree step_free) {
  switch (step_free) {
    case StepFree::yes: return {"有", "Yes"};
    case StepFree::no: return {"没有", "No"};
    case StepFree::unknown: return {"不清楚", "Not known"};
  }
  return {};
}

Text words_for(OrganisationKind kind) {
  switch (kind) {
    case OrganisationKind::committee: return {"基层党委", "Party committee"};
    case OrganisationKind::general_branch: return {"党总支", "General branch"};
    case OrganisationKind::branch: return {"党支部", "Branch"};
    case OrganisationKind::office: return {"机关事业单位", "Office"};
    case OrganisationKind::firm: return {"企业", "Firm"};
    case OrganisationKind::two_new: return {"两新组织", "Two-new organisation"};
    case OrganisationKind::partner_unit: return {"共建单位", "Partner unit"};
    case OrganisationKind::paired_unit: return {"局镇挂钩单位", "Paired unit"};
  }
  return {};
}

Text words_for(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::display: return {"叫号屏", "Display"};
    case DeviceKind::kiosk: return {"自助机", "Kiosk"};
    case DeviceKind::ticket_machine: return {"取号机", "Ticket machine"};
    case DeviceKind::guide_tablet: return {"导办台平板", "Tablet of the guide desk"};
  }
  return {};
}

Text words_for(DeviceState state) {
  switch (state) {
    case DeviceState::active: return {"使用中", "In use"};
    case DeviceState::locked: return {"停用", "Out of use"};
    case DeviceState::ended: return {"已解除", "Unpaired"};
  }
  return {};
}

Text words_for(DeviceAct what) {
  switch (what) {
    case DeviceAct::paired: return {"配对", "Paired it"};
    case DeviceAct::edited: return {"改了名字或大厅", "Changed its name or hall"};
    case DeviceAct::hours_put: return {"改了开放时间", "Changed its hours"};
    case DeviceAct::locked: return {"停用", "Took it out of use"};
    case DeviceAct::unlocked: return {"恢复使用", "Put it back into use"};
    case DeviceAct::closed_early: return {"提前关", "Closed it early"};
    case DeviceAct::reopened: return {"再打开", "Opened it again"};
    case DeviceAct::ended: return {"解除配对", "Unpaired it"};
  }
  return {};
}

Text words_for(HouseSide side) {
  switch (side) {
    case HouseSide::all: return {"两侧都是", "Both sides"};
    case HouseSide::odd: return {"只有单号", "Odd numbers only"};
    case HouseSide::even: return {"只有双号", "Even numbers only"};
  }
  return {};
}

Text words_for(ActivityKind kind) {
  switch (kind) {
    case ActivityKind::volunteering: return {"志愿服务", "Volunteering"};
    case ActivityKind::lesson: return {"党课", "Lesson"};
    case ActivityKind::walking_lesson: return {"行走的党课", "Walking lesson"};
    case ActivityKind::immersive_lesson: return {"情景党课", "Immersive lesson"};
    case ActivityKind::training: return {"培训班", "Training"};
    case ActivityKind::delivery: return {"你点我送", "Delivery"};
    case ActivityKind::council: return {"议事", "Council"};
    case ActivityKind::jobs_and_policy: return {"招聘和政策解读", "Jobs and policy"};
    case ActivityKind::joint_event: return {"联学共践", "Joint event"};
    case ActivityKind::club: return {"兴趣小组", "Club"};
    case ActivityKind::other: return {"其他", "Other"};
  }
  return {};
}

Text words_for(DutyBy by) {
  switch (by) {
    case DutyBy::roster: return {"按值班表", "By the roster"};
    case DutyBy::a: return {"A 角", "A role"};
    case DutyBy::b: return {"B 角顶班", "B role stands in"};
    case DutyBy::third: return {"第三人顶岗", "A third stands in"};
  }
  return {};
}

Text words_for(AbsenceKind kind) {
  switch (kind) {
    case AbsenceKind::planned: return {"计划请假", "Planned leave"};
    case AbsenceKind::sudden: return {"临时来不了", "Suddenly cannot come"};
  }
  return {};
}

Text words_for(HandoverState state) {
  switch (state) {
    case HandoverState::written: return {"等接手", "To be taken over"};
    case HandoverState::taken: return {"已接手", "Taken over"};
    case HandoverState::reported: return {"写好了情况，等交的人看", "Reported back, to be read"};
    case HandoverState::closed: return {"结束了", "Closed"};
    case HandoverState::withdrawn: return {"收回了", "Withdrawn"};
  }
  return {};
}

}  // namespace doorstep::network
