// The matters that come with the program: whole in both languages, found by what people call them, and each
// way through a pre-check ends with what to bring.
#include <algorithm>
#include <functional>
#include <set>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "app/town_package.hpp"
#include "base/json.hpp"
#include "base/search_text.hpp"
#include "cases/precheck.hpp"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

using cases::Actor;
using cases::MatterDefinition;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

class DemoMatters : public ::testing::Test {
 protected:
  const MatterDefinition& matter(const std::string& key) const {
    return *std::ranges::find(package.matters, key, &MatterDefinition::key);
  }

  const Package package = read_package(fs::path{DOORSTEP_SOURCE_DIR} / "data" / "nanxiang");
};

// Every text of a matter, by its path.
void each_text(const boost::json::value& value, const std::string& path,
               const std::function<void(const std::string&, const std::string&, const std::string&)>& see) {
  if (const auto* list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      each_text((*list)[i], path + '[' + std::to_string(i) + ']', see);
  } else if (const auto* object = value.if_object()) {
    if (object->contains("zh") && object->contains("en"))
      return see(path, std::string{object->at("zh").as_string()}, std::string{object->at("en").as_string()});
    for (const auto& [key, member] : *object) each_text(member, path + '.' + std::string{key}, see);
  }
}

bool has_chinese(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

TEST_F(DemoMatters, AreThoseThatPeopleComeFor) {
  std::set<std::string> keys;
  for (const auto& each : package.matters) keys.insert(each.key);
  EXPECT_THAT(keys, IsSupersetOf({"membership_transfer_in",
                                  "membership_transfer_out",
                                  "floating_member",
                                  "probation_end",
                                  "dues_question",
                                  "hardship_help",
                                  "home_visit",
                                  "room_loan",
                                  "suggestion",
                                  "complaint",
                                  "lost_document",
                                  "participation_certificate",
                                  "director_appointment",
                                  "volunteer_registration",
                                  "community_registration",
                                  "unit_registration",
                                  "policy_consultation",
                                  "job_posting",
                                  "alliance_joining",
                                  "cannot_be_done",
                                  "follow_up"}));
}

TEST_F(DemoMatters, AreWholeInBothLanguages) {
  for (const auto& each : package.matters) {
    each_text(boost::json::parse(write_json(each)), each.key,
              [](const std::string& path, const std::string& zh, const std::string& en) {
                EXPECT_TRUE(has_chinese(zh)) << path << ": " << zh;
                EXPECT_FALSE(en.empty()) << path;
                EXPECT_FALSE(has_chinese(en)) << path << ": " << en;
              });
    EXPECT_TRUE(each.audience && each.life_event && each.trip && each.form) << each.key;
    ASSERT_TRUE(each.asked && each.words && each.guide && each.refusals && each.questions) << each.key;
    EXPECT_GE(each.asked->size(), 3U) << each.key;
    EXPECT_LE(each.asked->size(), 6U) << each.key;
    EXPECT_GE(each.words->size(), 5U) << each.key;
    for (const auto& paper : each.materials) EXPECT_TRUE(paper.example) << each.key << ' ' << paper.key;
  }
}

// What is not from a regulation says that it is a sample.
TEST_F(DemoMatters, SayWhatIsInvented) {
  for (const auto& each : package.matters) {
    EXPECT_THAT(each.source.zh, HasSubstr("示例")) << each.key;
    EXPECT_THAT(each.source.en, HasSubstr("ample")) << each.key;
  }
}

TEST_F(DemoMatters, AreFoundByTheirNamesAndByWhatPeopleCallThem) {
  for (const auto& each : package.matters) {
    const auto by_name = search_text({each.name.zh, each.name.en});
    const auto by_words = search_text(*each.words);
    const std::string_view texts[] = {by_name, by_words};
    EXPECT_EQ(Search{each.name.zh}.rank(texts), 0U) << each.key;
    for (const auto& word : *each.words) EXPECT_TRUE(Search{word}.rank(texts)) << each.key << ' ' << word;
  }
  const auto found = [&](const std::string& typed) {
    std::set<std::string> keys;
    for (const auto& each : package.matters) {
      const auto by_name = search_text({each.name.zh, each.name.en});
      const auto by_words = search_text(*each.words);
      const std::string_view texts[] = {by_name, by_words};
      if (Search{typed}.rank(texts)) keys.insert(each.key);
    }
    return keys;
  };
  EXPECT_THAT(found("zzgx"), IsSupersetOf({"membership_transfer_in", "membership_transfer_out"}));
  EXPECT_THAT(found("我妈腿脚不便怎么办"), IsSupersetOf({"home_visit"}));
  EXPECT_THAT(found("shenfenzheng"), IsSupersetOf({"lost_document"}));
  EXPECT_THAT(found("hiring"), IsSupersetOf({"job_posting"}));
}

// All ways to answer, each a walk from question to question.
void walk(const MatterDefinition& matter, const cases::Answers& answers,
          const std::function<void(const cases::Answers&, const cases::PrecheckOutcome&)>& at_the_end) {
  const auto view = cases::precheck(matter, answers);
  ASSERT_LE(answers.size(), cases::questions_max) << matter.key;
  ASSERT_NE(view.next.has_value(), view.outcome.has_value()) << matter.key;
  if (view.outcome) return at_the_end(answers, *view.outcome);
  ASSERT_FALSE(answers.contains(view.next->key)) << matter.key << " asks twice";
  for (const auto& choice : view.next->answers) {
    auto more = answers;
    more[view.next->key] = choice.key;
    walk(matter, more, at_the_end);
  }
}

TEST_F(DemoMatters, EndEveryPrecheckWithWhatToBring) {
  for (const auto& each : package.matters) {
    std::set<std::string> brought;
    int ends = 0;
    walk(each, {}, [&](const cases::Answers&, const cases::PrecheckOutcome& outcome) {
      ++ends;
      std::set<std::string> keys;
      for (const auto& material : outcome.bring) {
        EXPECT_TRUE(keys.insert(material.key).second) << each.key << ' ' << material.key << " twice";
      }
      EXPECT_TRUE(outcome.trip) << each.key << " does not say why to come";
      brought.merge(keys);
    });
    EXPECT_GE(ends, 2) << each.key;
    EXPECT_THAT(brought, SizeIs(each.materials.size())) << each.key << ": a paper that nobody is asked for";
  }
}

// Who need not come has nothing to show in the original, but a letter whose way is not known yet.
TEST_F(DemoMatters, NeverAskForAnOriginalOfWhomTheyTellToStayAtHome) {
  for (const auto& each : package.matters) {
    walk(each, {}, [&](const cases::Answers& answers, const cases::PrecheckOutcome& outcome) {
      const auto way = answers.find("way");
      if (outcome.trip_needed || (way != answers.end() && way->second == "unsure")) return;
      for (const auto& material : outcome.bring) {
        const auto& paper = *std::ranges::find(each.materials, material.key, &cases::Material::key);
        EXPECT_TRUE(material.from_home || material.may_follow || paper.proves_membership.value_or(false))
            << each.key << ' ' << material.key;
      }
    });
  }
}

TEST_F(DemoMatters, LetTransfersAlarmAfterFiveDaysOfSilenceAndAMonthForTheReceipt) {
  for (const auto* key : {"membership_transfer_in", "membership_transfer_out"}) {
    for (const auto& step : matter(key).steps) {
      if (step.actor != Actor::unit) continue;
      ASSERT_TRUE(step.limit) << key << ' ' << step.key;
      if (step.key == "receipt")
        EXPECT_EQ(step.limit->months, 1) << key;
      else
        EXPECT_EQ(step.limit->working_days, 5) << key << ' ' << step.key;
    }
    const auto& form = *matter(key).form;
    EXPECT_THAT(std::ranges::count(form, std::optional<std::string>{"letter_expired"},
                                   &cases::Field::refused_once_past),
                1)
        << key;
  }
}

// Every matter can be taken in somewhere.
TEST_F(DemoMatters, AreTakenInAtTheCentre) {
  std::set<std::string> taken;
  for (const auto& service : package.halls.front().services) {
    if (service.matter) taken.insert(*service.matter);
  }
  EXPECT_THAT(taken, SizeIs(package.matters.size()));
}

}  // namespace
}  // namespace doorstep::app
