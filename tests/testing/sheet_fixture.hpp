// A small town into which sheets of one kind are brought, each by whom the test names.
#pragma once

#include <string>
#include <vector>

#include "testing/hall_fixture.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

class ImportsOfAKind : public HallTest {
 protected:
  ImportsOfAKind(std::string kind, std::vector<std::string> headings)
      : kind_(std::move(kind)), headings_(std::move(headings)) {}

  Answer upload(const std::string& who, const SheetLines& rows) {
    auto import = testing::upload(town, as(who), kind_, headings_, rows);
    EXPECT_EQ(import.status, 201) << import.problem();
    return import;
  }
  Answer run(const std::string& who, const Answer& import) { return run_import(town, as(who), import); }
  Answer undo(const std::string& who, const Answer& import) {
    return run(who, import_step(town, as(who), import, "undo"));
  }
  // The ids of those rows, in their order.
  std::vector<std::string> things(const std::string& who, const Answer& import, const std::string& outcome) {
    const auto list = get(who, "/api/imports/" + import.text("id") + "/outcomes?outcome=" + outcome);
    return texts_in(list.at("items"), "thing");
  }
  // The columns in which the rows of the preview are faulty, the first of each.
  std::vector<std::string> faulty_columns(const std::string& who, const Answer& import) {
    const auto rows = post(who, "/api/imports/" + import.text("id") + "/rows");
    std::vector<std::string> columns;
    for (const auto& item : rows.at("items").as_array()) {
      const auto& faults = item.at("faults").as_array();
      columns.emplace_back(faults.empty() ? "none" : std::string{faults.at(0).at("column").as_string()});
    }
    return columns;
  }

 private:
  std::string kind_;
  std::vector<std::string> headings_;
};

}  // namespace doorstep::testing
