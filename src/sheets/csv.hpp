// .csv in and out (RFC 4180), as pure functions over bytes: for systems that give and take nothing else.
//
//   const auto sheet = read_csv(bytes, {.known_headings = {"编号"}});
//   const auto bytes = write_csv({.name = "…", .columns = {{"编号"}}, .rows = {{"NX-2026-000001"}}});
//
// What is read is UTF-8, with or without its mark, or else GB 18030, as Chinese programs write it. What is
// written is UTF-8 with its mark, by which those programs know it.
//
// A file like this has no texts, only what a program makes of it: a cell that begins like a formula is
// written with an apostrophe before it, and read without.
#pragma once

#include <string>
#include <string_view>

#include "sheets/sheet.hpp"

namespace doorstep::sheets {

// Throws Problem sheet_too_large, not_a_sheet, sheet_broken, no_such_sheet, sheet_too_many_rows,
// sheet_too_wide. Its one sheet is called csv_sheet_name.
Sheet read_csv(std::string_view bytes, const ReadOptions& options = {});

std::string write_csv(const NewSheet& sheet);

inline constexpr std::string_view csv_sheet_name = "CSV";
inline constexpr std::string_view csv_media_type = "text/csv";

}  // namespace doorstep::sheets
