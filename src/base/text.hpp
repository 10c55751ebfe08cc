// Text in the languages that Doorstep speaks. Chinese first, English complete.
#pragma once

#include <string>
#include <string_view>

#include <boost/describe/class.hpp>

namespace doorstep {

enum class Language { zh, en };

struct Text {
  std::string zh;
  std::string en;

  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  bool operator==(const Text&) const = default;
};
BOOST_DESCRIBE_STRUCT(Text, (), (zh, en))

// The best of our languages for an Accept-Language header; Chinese when it names none of them.
Language language_from_header(std::string_view accept_language);

}  // namespace doorstep
