// What a person does, and where they belong: volunteering, and membership of the Party. Each is one fact of
// the vault, as JSON, sealed under the person's own key, so that it is erased, merged and taken along with
// the rest. A volunteer is found by where they help, through a keyed hash; nobody is found by their
// membership, which is sensitive personal information (Personal Information Protection Law 个人信息保护法,
// art. 28).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/json.hpp"
#include "journal/reach.hpp"

namespace doorstep::identity {

// teaching 教学辅导, medical 医疗健康, legal 法律咨询, psychology 心理疏导, repairs 维修, haircuts 理发, care
// 陪伴照护, culture 文体, digital 手机电脑, translation 翻译, photography 摄影, order 秩序引导, errands
// 跑腿代办, environment 环境, emergency 应急救护.
enum class VolunteerSkill {
  teaching,
  medical,
  legal,
  psychology,
  repairs,
  haircuts,
  care,
  culture,
  digital,
  translation,
  photography,
  order,
  errands,
  environment,
  emergency
};
BOOST_DESCRIBE_ENUM(VolunteerSkill, teaching, medical, legal, psychology, repairs, haircuts, care, culture,
                    digital, translation, photography, order, errands, environment, emergency)

struct Volunteering {
  std::vector<VolunteerSkill> skills;
  std::optional<std::string> register_number;  // of the national volunteer register
  std::optional<Day> since;
  // Where they help: at a venue, or with an organisation; and what it was called when that was recorded.
  std::optional<VenueId> venue;
  std::optional<OrganisationId> organisation;
  std::optional<std::string> place_name;
};
BOOST_DESCRIBE_STRUCT(Volunteering, (), (skills, register_number, since, venue, organisation, place_name))

// What they are found by: "ve_1", "or_1"; nothing when they help nowhere in particular.
std::string place_of(const Volunteering& volunteering);

// full 正式党员, probationary 预备党员.
enum class MembershipKind { full, probationary };
BOOST_DESCRIBE_ENUM(MembershipKind, full, probationary)

struct Membership {
  OrganisationId branch;
  std::string branch_name;  // its exact name when that was recorded
  MembershipKind kind{};
  std::optional<Day> joined_on;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (branch, branch_name, kind, joined_on))

}  // namespace doorstep::identity
