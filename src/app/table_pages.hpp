// The rows of any table, some hundred at a time, in the order of its primary key.
#pragma once

#include <string>
#include <vector>

#include "app/export_form.hpp"

namespace doorstep::app {

class TablePages {
 public:
  TablePages(Snapshot& snapshot, const LeavingTable& table) : snapshot_(snapshot), table_(table) {}

  // The next rows, opened; none: there are no more. Tables without a primary key come in one page.
  std::vector<ExportedRow> next();

 private:
  std::string statement() const;
  std::vector<storage::Bind> binds() const;

  Snapshot& snapshot_;
  const LeavingTable& table_;
  std::vector<ExportedValue> after_;  // the key of the last row; empty before the first
  bool more_ = true;
};

// A value as it is bound; it must outlive what is bound.
storage::Bind bind_for(const std::string& name, const ExportedValue& value, storage::Holds holds);

}  // namespace doorstep::app
