#include "bench/sheet_import.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <malloc.h>

#include "base/time.hpp"
#include "bench/bench_town.hpp"
#include "bench/colleague.hpp"
#include "bench/letters.hpp"
#include "identity/identity_number.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::bench {

namespace {

constexpr int people = 50'000;

// Of no place: there is no area 000000.
std::string identity_number(int n, Day birth_date) {
  auto number = "000000" + to_string(birth_date) + fmt::format("{:03}", n % 1'000);
  std::erase(number, '-');
  for (const char last : std::string_view{"0123456789X"}) {
    if (identity::is_identity_number(number + last)) return number + last;
  }
  throw std::runtime_error("no identity number");
}

std::string list_of_people() {
  sheets::NewSheet sheet{.name = "名单", .columns = {}, .rows = {}};
  for (const auto* heading : {"姓名", "电话", "身份证号", "出生日期", "住址"})
    sheet.columns.push_back({heading});
  for (int n = 0; n < people; ++n) {
    const Day birth_date{-10'000 + n / 1'000};  // from 1942 on
    sheet.rows.push_back({letter(static_cast<std::size_t>(1'000 + n % 97)) +
                              letter(static_cast<std::size_t>(n % 311)) +
                              letter(static_cast<std::size_t>(n % 293)),
                          fmt::format("000{:08}", n), identity_number(n, birth_date), to_string(birth_date),
                          fmt::format("示例路 {} 号", n % 2'000)});
  }
  return sheets::write_xlsx(sheet);
}

// Megabytes, the most since `forget_the_most`.
double most_memory() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1'024;
  }
  throw std::runtime_error("no VmHWM");
}
void forget_the_most() {
  malloc_trim(0);
  std::ofstream{"/proc/self/clear_refs"} << "5";
}

boost::json::object bring_in(Colleague& manager, const std::string& bytes) {
  const auto answer = manager.ask("POST", "/api/imports?kind=people&name=list.xlsx", bytes,
                                  fmt::format("Content-Type: {}\r\n", sheets::xlsx_media_type));
  auto import = boost::json::parse(answer.body).as_object();
  const auto run = fmt::format("/api/imports/{}/run", std::string_view{import.at("id").as_string()});
  while (import.at("state") == "draft" || import.at("state") == "importing") {
    const auto seen = fmt::format("If-Match: \"{}\"\r\n", import.at("version").as_int64());
    import = boost::json::parse(manager.ask("POST", run, "", seen).body).as_object();
  }
  return import;
}

std::vector<Row> sheet_import(storage::Engine engine, std::string_view engine_name) {
  const BenchTown town{engine, 0};
  Colleague manager{town.port(), "manager"};
  const auto bytes = list_of_people();
  forget_the_most();
  const auto before = most_memory();
  const auto begin = std::chrono::steady_clock::now();
  const auto import = bring_in(manager, bytes);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (import.at("recorded") != people) throw std::runtime_error("people are missing");
  const auto row = [&](std::string name, double value, std::string unit, std::string goal) {
    return Row{.name = fmt::format("{}, {}", name, engine_name),
               .value = value,
               .unit = std::move(unit),
               .limit = {},
               .ratio = {},
               .goal = std::move(goal)};
  };
  return {row("an xlsx of 50,000 people, uploaded and imported over HTTP", took.count(), "s", "<20"),
          row("memory of importing it", most_memory() - before, "MB", "<300")};
}

}  // namespace

std::vector<Row> sheet_import_on_sqlite() { return sheet_import(storage::Engine::sqlite, "SQLite"); }
std::vector<Row> sheet_import_on_postgres() { return sheet_import(storage::Engine::postgres, "PostgreSQL"); }

}  // namespace doorstep::bench
