// What is shown of taking in: what was handed in and what is missing, what was told, and how a case ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace doorstep::cases {

enum class MaterialState { missing, received, to_follow };
BOOST_DESCRIBE_ENUM(MaterialState, missing, received, to_follow)

struct MaterialView {
  std::string key;
  Text name;
  MaterialState state{};
  std::optional<Instant> received_at;
  std::optional<std::string> received_by;
  std::optional<Day> follows_by;
  bool may_follow = false;  // the matter lets it come later
  bool needed = true;       // what was answered calls for it
};
BOOST_DESCRIBE_STRUCT(MaterialView, (),
                      (key, name, state, received_at, received_by, follows_by, may_follow, needed))

// What is signed in place of a proof.
struct DeclarationView {
  Text text;
  std::optional<Instant> signed_at;
  std::optional<std::string> taken_by;
};
BOOST_DESCRIBE_STRUCT(DeclarationView, (), (text, signed_at, taken_by))

// All that was missing, told once.
struct NoticeView {
  Instant at;
  std::string by;
  std::optional<std::string> reason;  // what came up since the first one; none: this is the first one
  std::vector<Text> materials;
};
BOOST_DESCRIBE_STRUCT(NoticeView, (), (at, by, reason, materials))

// What of all that was told has not come yet.
struct StillMissing {
  Instant told_at;
  std::vector<Text> materials;
};
BOOST_DESCRIBE_STRUCT(StillMissing, (), (told_at, materials))

enum class ResultWay { counter, post, station };
BOOST_DESCRIBE_ENUM(ResultWay, counter, post, station)

enum class ResultTaker { applicant, mandate };
BOOST_DESCRIBE_ENUM(ResultTaker, applicant, mandate)

// How the result reaches whoever asked for it, and that it did.
struct ResultView {
  ResultWay way{};
  std::optional<Text> station;
  bool by_resident = false;
  std::optional<Instant> handed_at;
  std::optional<std::string> handed_by;
  std::optional<ResultTaker> taken_by;
};
BOOST_DESCRIBE_STRUCT(ResultView, (), (way, station, by_resident, handed_at, handed_by, taken_by))

// Why it was refused, and what helps now.
struct RefusalView {
  Text reason;
  Text remedy;
};
BOOST_DESCRIBE_STRUCT(RefusalView, (), (reason, remedy))

}  // namespace doorstep::cases
