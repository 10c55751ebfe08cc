#include "app/hosts.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace doorstep::app {

namespace {

TEST(Host, IsTheHeaderWithoutItsPortAndLastDot) {
  struct Case {
    std::string_view header, host;
  };
  for (const auto& [header, host] : {Case{"town.example", "town.example"},
                                     {"town.example:8080", "town.example"},
                                     {"town.example.", "town.example"},
                                     {"town.example.:443", "town.example"},
                                     {"town.example:", "town.example"},
                                     {"127.0.0.1:80", "127.0.0.1"},
                                     {"[::1]", "::1"},
                                     {"[::1]:8080", "::1"},
                                     {"[::1", ""},
                                     {"[::1]8080", ""},
                                     {"", ""},
                                     {":80", ""},
                                     {".", ""}}) {
    EXPECT_EQ(host_of(header), host) << header;
  }
}

TEST(Host, OfASettingIsWrittenInOneWay) {
  EXPECT_EQ(plain_host("Town.Example."), "town.example");
  EXPECT_EQ(plain_host("xn--fiq.example"), "xn--fiq.example");
  EXPECT_EQ(plain_host("[0:0:0:0:0:0:0:1]"), "::1");
  EXPECT_EQ(plain_host("2001:DB8::1"), "2001:db8::1");
  for (const auto* wrong : {"", ".", "https://town.example", "town.example:80", "town..example", ".example",
                            "镇.example", "[town]", "[::1]:80", "*.example", "a b"}) {
    EXPECT_THROW(plain_host(wrong), std::invalid_argument) << wrong;
  }
  EXPECT_THROW(plain_host(std::string(254, 'a')), std::invalid_argument);
}

TEST(Hosts, AreFoundInAnyLettersAndNoOthers) {
  const Hosts hosts{{{"b.example", 1}, {"a.example", 0}, {"::1", 1}, {"c.example", 2}}};
  EXPECT_EQ(hosts.find("a.example"), 0U);
  EXPECT_EQ(hosts.find("A.EXAMPLE:8080"), 0U);
  EXPECT_EQ(hosts.find("b.Example."), 1U);
  EXPECT_EQ(hosts.find("[::1]:80"), 1U);
  EXPECT_EQ(hosts.find("c.example"), 2U);
  for (const auto* stranger : {"", "a", "a.exampl", "a.example.org", "x.a.example", "aa.example", "zzz"}) {
    EXPECT_EQ(hosts.find(stranger), std::nullopt) << stranger;
  }
  EXPECT_EQ(Hosts{{}}.find("a.example"), std::nullopt);
}

}  // namespace

}  // namespace doorstep::app
