// A matter's definition: what people come for, as data on a closed engine (ADR 15).
//
// Everything that differs between two matters stands here; what happens is the engine's. Members that are
// optional came with the second edition of the vocabulary: a definition stored before it reads as it is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"

namespace doorstep::cases {

enum class Phase {
  draft,
  submitted,
  in_work,
  waiting_for_resident,
  waiting_for_other,
  done,
  refused,
  withdrawn
};
BOOST_DESCRIBE_ENUM(Phase, draft, submitted, in_work, waiting_for_resident, waiting_for_other, done, refused,
                    withdrawn)

bool is_over(Phase phase);

// Who comes with it; what it is looked for under.
enum class Audience { members, residents, firms };
BOOST_DESCRIBE_ENUM(Audience, members, residents, firms)

// What has happened in somebody's life that they come.
enum class LifeEvent { moving, growing_old, in_need, lost, neighbours, taking_part, work, firm };
BOOST_DESCRIBE_ENUM(LifeEvent, moving, growing_old, in_need, lost, neighbours, taking_part, work, firm)

// Systems of the city that decide or register what the town only accompanies.
enum class OtherSystem { member_system, one_stop, hotline_12345, volunteer_register };
BOOST_DESCRIBE_ENUM(OtherSystem, member_system, one_stop, hotline_12345, volunteer_register)

// Who acts in a step. The two people of the case stay the same, whoever acts.
enum class Actor { first_contact, handler, resident, unit };
BOOST_DESCRIBE_ENUM(Actor, first_contact, handler, resident, unit)

// Holds where the question was answered by one of these.
struct Condition {
  std::string question;
  std::vector<std::string> answers;
};
BOOST_DESCRIBE_STRUCT(Condition, (), (question, answers))

struct AnswerChoice {
  std::string key;
  Text text;
};
BOOST_DESCRIBE_STRUCT(AnswerChoice, (), (key, text))

// A plain question of the pre-check: its answers say what to bring and whether to come at all.
struct Question {
  std::string key;
  Text ask;
  std::optional<Text> help{};
  std::vector<AnswerChoice> answers;
  std::optional<std::vector<Condition>> when{};  // asked only then; all of them must hold
};
BOOST_DESCRIBE_STRUCT(Question, (), (key, ask, help, answers, when))

struct Material {
  std::string key;
  Text name;
  Text note;
  bool secondary = false;                        // may follow later, where the matter allows it (容缺受理)
  std::optional<std::vector<Condition>> when{};  // needed only then
  std::optional<Text> example{};                 // what a good one looks like, in words
  std::optional<bool> from_home{};               // a photo sent ahead will do
  std::optional<bool> proves_membership{};       // never follows later
};
BOOST_DESCRIBE_STRUCT(Material, (), (key, name, note, secondary, when, example, from_home, proves_membership))

// The first one whose conditions hold says whether anybody has to come at all.
struct TripRule {
  std::optional<std::vector<Condition>> when{};
  bool needed = true;
  Text text;
};
BOOST_DESCRIBE_STRUCT(TripRule, (), (when, needed, text))

enum class FieldKind { text, long_text, choice, day, yes_no, number, phone };
BOOST_DESCRIBE_ENUM(FieldKind, text, long_text, choice, day, yes_no, number, phone)

// A question of the form. What is answered is sealed with the case, whatever it says.
struct Field {
  std::string key;
  FieldKind kind{};
  Text ask;
  std::optional<Text> help{};
  std::optional<std::vector<AnswerChoice>> choices{};
  std::optional<bool> optional{};
  std::optional<std::vector<Condition>> when{};
  // Of a day: once it has passed, the case is refused with this reason (an expired letter).
  std::optional<std::string> refused_once_past{};
};
BOOST_DESCRIBE_STRUCT(Field, (), (key, kind, ask, help, choices, optional, when, refused_once_past))

// Another unit that acts in some steps: a branch, a committee, an office of the district.
struct Unit {
  std::string key;
  Text name;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (key, name))

// How long a step may take before it alarms those who must act: one of the two.
struct StepLimit {
  std::optional<std::int32_t> working_days{};
  std::optional<std::int32_t> months{};
};
BOOST_DESCRIBE_STRUCT(StepLimit, (), (working_days, months))

struct StepDefinition {
  std::string key;
  Text name;
  Text who;  // acts in this step
  Phase phase{};
  std::vector<std::string> next;  // steps that may follow; none: the last
  std::optional<Actor> actor{};   // the handler, where nothing is said
  std::optional<std::string> unit{};
  std::optional<StepLimit> limit{};
};
BOOST_DESCRIBE_STRUCT(StepDefinition, (), (key, name, who, phase, next, actor, unit, limit))

// A reason for which it may be refused, and what helps then: nobody is sent away without a next step.
struct Refusal {
  std::string key;
  Text reason;
  Text remedy;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (key, reason, remedy))

// What the law gives at most, and which law says so.
struct LegalLimit {
  std::int32_t working_days = 0;
  Text source;
};
BOOST_DESCRIBE_STRUCT(LegalLimit, (), (working_days, source))

struct GuidePart {
  Text title;
  Text text;
};
BOOST_DESCRIBE_STRUCT(GuidePart, (), (title, text))

struct AskedOften {
  Text ask;
  Text answer;
};
BOOST_DESCRIBE_STRUCT(AskedOften, (), (ask, answer))

struct MatterDefinition {
  std::string key;
  Text name;
  Text summary;
  Text authority;  // who decides, where it is not the centre
  std::optional<std::int32_t> promised_working_days;
  std::vector<Material> materials;
  std::vector<StepDefinition> steps;  // the first one is where a case begins
  std::vector<Text> advice;
  Text source;
  std::optional<Audience> audience{};
  std::optional<LifeEvent> life_event{};
  std::optional<std::vector<std::string>> words{};  // by which people look for it, as they say it
  std::optional<OtherSystem> system{};
  std::optional<LegalLimit> legal{};
  std::optional<std::int32_t> supplement_working_days{};  // for the resident, when something is missing
  std::optional<std::int32_t>
      follow_working_days{};          // for a secondary paper promised; none: 容缺受理 is not offered
  std::optional<Text> declaration{};  // signed in place of a proof (告知承诺)
  std::optional<std::vector<Question>> questions{};
  std::optional<std::vector<TripRule>> trip{};
  std::optional<std::vector<Field>> form{};
  std::optional<std::vector<Unit>> units{};
  std::optional<std::vector<Refusal>> refusals{};
  std::optional<std::vector<GuidePart>> guide{};
  std::optional<std::vector<AskedOften>> asked{};
  std::optional<bool> finds_branch{};  // the branch that an address belongs to is part of it
};
BOOST_DESCRIBE_STRUCT(MatterDefinition, (),
                      (key, name, summary, authority, promised_working_days, materials, steps, advice, source,
                       audience, life_event, words, system, legal, supplement_working_days,
                       follow_working_days, declaration, questions, trip, form, units, refusals, guide, asked,
                       finds_branch))

inline constexpr std::size_t questions_max = 5;  // of a pre-check: more would be an interrogation

// What is wrong with a definition beyond its shape, with the path; nothing when it is sound.
struct Fault {
  std::string path;
  std::string what;
};
std::optional<Fault> find_fault(const MatterDefinition& matter);

const StepDefinition* find_step(const MatterDefinition& matter, std::string_view key);
const Material* find_material(const MatterDefinition& matter, std::string_view key);
const Unit* find_unit(const MatterDefinition& matter, std::string_view key);
const Refusal* find_refusal(const MatterDefinition& matter, std::string_view key);

using Answers = std::map<std::string, std::string>;  // by the question's key

// Whether all of them hold; none always do. A question that was not answered holds nothing.
bool hold(const std::optional<std::vector<Condition>>& when, const Answers& answers);

}  // namespace doorstep::cases
