// Volunteers from a sheet: each a person, on record or new, with what they can do and where they help.
#include <algorithm>
#include <ranges>

#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "network/import_kinds.hpp"
#include "network/volunteers.hpp"

namespace doorstep::network {

namespace {

using imports::Cells;
using imports::Fault;

struct SkillName {
  VolunteerSkill skill{};
  Text name;
};

Text name_of_skill(VolunteerSkill skill) {
  switch (skill) {
    case VolunteerSkill::teaching: return {"教学", "teaching"};
    case VolunteerSkill::medical: return {"医疗", "medical"};
    case VolunteerSkill::legal: return {"法律", "legal"};
    case VolunteerSkill::psychology: return {"心理", "psychology"};
    case VolunteerSkill::repairs: return {"维修", "repairs"};
    case VolunteerSkill::haircuts: return {"理发", "haircuts"};
    case VolunteerSkill::care: return {"陪伴", "care"};
    case VolunteerSkill::culture: return {"文体", "culture"};
    case VolunteerSkill::digital: return {"手机电脑", "digital"};
    case VolunteerSkill::translation: return {"翻译", "translation"};
    case VolunteerSkill::photography: return {"摄影", "photography"};
    case VolunteerSkill::order: return {"秩序", "order"};
    case VolunteerSkill::errands: return {"跑腿", "errands"};
    case VolunteerSkill::environment: return {"环境", "environment"};
    case VolunteerSkill::emergency: return {"急救", "emergency"};
  }
  return {};
}

std::vector<SkillName> skill_names() {
  std::vector<SkillName> all;
  for (const auto& name : enum_names<VolunteerSkill>) {
    const auto skill = static_cast<VolunteerSkill>(name.value);
    all.push_back({skill, name_of_skill(skill)});
  }
  return all;
}

// All of them, as the help lists them.
std::string skills_in(Language language) {
  std::string list;
  for (const auto& [skill, name] : skill_names())
    list += (list.empty() ? "" : language == Language::zh ? "、" : ", ") + name.in(language);
  return list;
}

// What stands between commas and their like.
std::vector<std::string> words_in(std::string text) {
  for (const std::string_view mark : {"、", "，", "；", "／", ";", "/"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, mark.size(), ",");
  }
  std::vector<std::string> words;
  for (const auto part : std::views::split(text, ',')) {
    const auto word = trimmed(std::string_view{part.begin(), part.end()});
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

std::optional<VolunteerSkill> skill_named(const std::string& word) {
  const auto all = skill_names();
  const auto found = std::ranges::find_if(
      all, [&](const SkillName& each) { return each.name.zh == word || each.name.en == word; });
  return found == all.end() ? std::nullopt : std::optional{found->skill};
}

std::vector<VolunteerSkill> skills_of(const Cells& cells) {
  std::vector<VolunteerSkill> skills;
  for (const auto& word : words_in(imports::cell(cells, "skills"))) {
    const auto skill = skill_named(word);
    if (skill && std::ranges::find(skills, *skill) == skills.end()) skills.push_back(*skill);
  }
  return skills;
}

std::vector<imports::Column> columns() {
  return {
      identity::name_column(),
      identity::phone_column(true),
      {.key = "register_number",
       .heading = {"志愿者编号", "Register number"},
       .help =
           {"全国志愿服务信息系统里的编号；这一列要设为“文本”格式，没有就空着",
            "As in the national volunteer register; the column has to be of the format “text”. It may be left empty"},
       .example = {"000000000000", "000000000000"},
       .other_headings = {"编号", "志愿服务编号", "注册编号", "注册号"},
       .unique = true,
       .bytes_max = register_number_chars_max},
      {.key = "skills",
       .heading = {"特长", "Skills"},
       .help = {"几样之间用顿号隔开，从这些里选：" + skills_in(Language::zh),
                "With commas between them, out of: " + skills_in(Language::en)},
       .example = {"理发、陪伴", "haircuts, care"},
       .other_headings = {"技能", "专长", "服务项目", "服务类别"}},
      {.key = "since",
       .heading = {"开始日期", "Since"},
       .help = {"从哪天开始做志愿者，写成 2020-03-05；不记得就空着",
                "Since when they have helped, as 2020-03-05; leave it empty if nobody remembers"},
       .example = {"2020-03-05", "2020-03-05"},
       .other_headings = {"注册日期", "加入日期", "注册时间"}},
      {.key = "venue",
       .heading = {"服务场所", "Venue"},
       .help = {"常去的场所的名称；场所和组织最多填一个",
                "Where they help, by its name; a venue or an organisation, not both"},
       .example = {"示例中心", "示例中心"},
       .other_headings = {"场所", "服务地点", "所在站点", "服务站点"}},
      {.key = "organisation",
       .heading = {"服务组织", "Organisation"},
       .help = {"跟着哪个组织服务，写名称或全称",
                "With which organisation they help, by its name or official name"},
       .example = {"", ""},
       .other_headings = {"所属组织", "所属支部", "所属队伍", "志愿服务队"}}};
}

std::vector<Fault> check(const Cells& cells) {
  auto faults = identity::check_person(cells);
  for (const auto& word : words_in(imports::cell(cells, "skills"))) {
    if (skill_named(word)) continue;
    faults.push_back(
        {"skills",
         {"“" + word + "”不在特长的名单里。请改用说明里的词，几样之间用顿号隔开。",
          word +
              " is not in the list of skills. Please use the words of the help, with commas between them."}});
    break;
  }
  const auto since = imports::filled_cell(cells, "since");
  if (since && !imports::written_day(*since))
    faults.push_back({"since",
                      {"看不出是哪一天。请写成 2020-03-05 这样。",
                       "This is no day that can be read. Please write it as 2020-03-05."}});
  const auto number = imports::filled_cell(cells, "register_number");
  if (number && number->size() < register_number_chars_min)
    faults.push_back({"register_number",
                      {"志愿者编号太短了。请核对，或者空着。",
                       "This number is too short. Please check it, or leave it empty."}});
  if (imports::filled_cell(cells, "venue") && imports::filled_cell(cells, "organisation"))
    faults.push_back(
        {"organisation",
         {"场所和组织最多填一个。请去掉一个。", "Please give a venue or an organisation, not both."}});
  return faults;
}

// Two statements.
NewVolunteering volunteering_in(Snapshot& snapshot, const Cells& cells) {
  NewVolunteering wish{.skills = skills_of(cells),
                       .register_number = imports::filled_cell(cells, "register_number"),
                       .since = {},
                       .venue = venue_named(snapshot, cells, "venue"),
                       .organisation = {}};
  if (const auto since = imports::filled_cell(cells, "since")) wish.since = imports::written_day(*since);
  if (const auto name = imports::filled_cell(cells, "organisation")) {
    wish.organisation = organisation_named(snapshot, *name, "organisation");
    if (!wish.organisation) throw Problem{"no_such_organisation", {}, "organisation"};
  }
  return wish;
}

std::string stored(Snapshot& snapshot, const Caller& caller, const Cells& cells) {
  return stored_volunteering(snapshot, caller, volunteering_in(snapshot, cells));
}

}  // namespace

imports::Kind volunteers_kind() {
  return kind_of({.key = "volunteers",
                  .name = {"志愿者", "Volunteers"},
                  .columns = columns(),
                  .check = check,
                  .fact = identity::Fact::volunteering,
                  .stored = stored});
}

}  // namespace doorstep::network
