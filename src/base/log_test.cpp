#include "base/log.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/limits.hpp"

namespace doorstep {
namespace {

struct TicketTag {
  static constexpr std::string_view prefix = "tk";
};

class LogLines : public testing::Test {
 protected:
  void SetUp() override {
    log_to([this](std::string_view line) { lines_.emplace_back(line); });
  }
  void TearDown() override {
    log_to_stderr();
    log_least(LogLevel::info);
  }

  std::vector<std::string> lines_;
};

TEST(LogLine, IsOneJsonObject) {
  const auto line = log_line(LogLevel::warning, Instant{1'795'498'180'000'000}, "ticket_called",
                             {{"request_id", "r1"},
                              {"ticket", Id<TicketTag>{32}},
                              {"waited_s", 240},
                              {"share", 0.5},
                              {"late", true},
                              {"text", std::string("two\nlines\x1b")}});
  EXPECT_EQ(
      line,
      R"({"ts":"2026-11-24T05:29:40.000000Z","level":"warning","event":"ticket_called","request_id":"r1",)"
      R"("ticket":"tk_10","waited_s":240,"share":0.5,"late":true,"text":"two\nlines\u001b"})");
}

TEST(LogLine, TakesAnyBytesAndCutsLongTexts) {
  const auto line =
      log_line(LogLevel::info, Instant{}, "bad\xff",
               {{"agent", std::string_view("\xff\x00ok", 4)}, {"body", std::string(50'000, 'x')}});
  const auto parsed = boost::json::parse(line);
  EXPECT_LT(line.size(), log_value_bytes_max + 300);
  EXPECT_TRUE(parsed.at("body").as_string().ends_with("…"));
  std::string wide;
  for (int i = 0; i < 1'000; ++i) wide += "居";
  boost::json::parse(log_line(LogLevel::info, Instant{}, "e", {{"wide", wide}, {"nan", std::nan("")}}));
}

TEST(Redaction, CoversWhatTellsWhoOrOpensSomething) {
  for (const auto* name : {"password",        "token",         "code",
                           "phone",           "name",          "key",
                           "cookie",          "authorization", "Authorization",
                           "Set-Cookie",      "csrf_token",    "X-Csrf-Token",
                           "applicant_name",  "applicantName", "idempotency_key",
                           "Idempotency-Key", "new_password",  "phone_last4",
                           "phoneNumber",     "tokens",        "names",
                           "one_time_code",   "username",      "client_secret",
                           "passwordHash",    "PASSWORD",      "API_KEY"}) {
    EXPECT_TRUE(is_redacted(name)) << name;
    const auto line = log_line(LogLevel::info, Instant{}, "e", {{name, "visible"}, {name, 123456}});
    EXPECT_EQ(line.find("visible"), std::string::npos) << line;
    EXPECT_EQ(line.find("123456"), std::string::npos) << line;
    EXPECT_NE(line.find("[redacted]"), std::string::npos) << line;
  }
}

TEST(Redaction, LeavesTheRest) {
  for (const auto* name : {"request_id", "problem", "status", "path", "keyboard", "named", "codec", "ticket",
                           "why", "", "encode", "town", "queue_ms"}) {
    EXPECT_FALSE(is_redacted(name)) << name;
  }
}

TEST_F(LogLines, HaveLevels) {
  log_debug("quiet");
  log_info("spoken", {{"n", 1}});
  log_least(LogLevel::error);
  log_warning("quiet");
  log_error("loud");
  ASSERT_EQ(lines_.size(), 2U);
  EXPECT_EQ(boost::json::parse(lines_[0]).at("event"), "spoken");
  EXPECT_EQ(boost::json::parse(lines_[1]).at("level"), "error");
}

TEST_F(LogLines, ComeWholeFromManyThreads) {
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([number] {
      for (int i = 0; i < 250; ++i) log_info("counted", {{"thread", number}, {"i", i}, {"text", "{}%v{0}"}});
    });
  }
  for (auto& thread : threads) thread.join();
  ASSERT_EQ(lines_.size(), 1'000U);
  for (const auto& line : lines_) EXPECT_EQ(boost::json::parse(line).at("text"), "{}%v{0}");
}

TEST(LogFile, IsWrittenAtOnce) {
  std::string folder = (std::filesystem::temp_directory_path() / "doorstep-log-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto file = std::filesystem::path(folder) / "doorstep.log";
  log_to_file(file, 1'000'000, 2);
  log_info("kept");
  std::ifstream in(file);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(boost::json::parse(line).at("event"), "kept");
  log_to_stderr();
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep
