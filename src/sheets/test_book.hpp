// Workbooks for tests, made from the XML that stands inside: what other programs write, and what none would.
#pragma once

#include <string>

#include "sheets/archive.hpp"

namespace doorstep::sheets::testing {

struct TestBook {
  std::string rows;             // inside sheetData
  std::string after_rows = {};  // mergeCells
  std::string strings = {};     // inside sst
  std::string formats = {};     // inside numFmts
  std::string cell_styles = "<xf numFmtId=\"0\"/>";
  std::string book_head = {};  // workbookPr
  std::string prefix = {};     // "x:" as some libraries write
  std::string sheets = "<sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/>";
  std::string target = "worksheets/sheet1.xml";
  std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  std::string second_rows = {};  // of another sheet, rId4
};

inline std::string make(const TestBook& book) {
  const auto& p = book.prefix;
  const std::string type = "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto sheet = [&](const std::string& rows, const std::string& after) {
    return book.head + "<" + p + "worksheet xmlns:x=\"x\"><" + p + "sheetData>" + rows + "</" + p +
           "sheetData>" + after + "</" + p + "worksheet>";
  };
  return make_archive(
      {{"_rels/.rels", "<Relationships><Relationship Id=\"a\" " + type +
                           "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
       {"xl/workbook.xml",
        "<workbook xmlns:r=\"r\">" + book.book_head + "<sheets>" + book.sheets + "</sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" " + type + "worksheet\" Target=\"" + book.target + "\"/>" +
            "<Relationship Id=\"rId4\" " + type + "worksheet\" Target=\"worksheets/sheet2.xml\"/>" +
            "<Relationship Id=\"rId2\" " + type + "styles\" Target=\"styles.xml\"/>" +
            "<Relationship Id=\"rId3\" " + type +
            "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"},
       {"xl/styles.xml", "<styleSheet><numFmts>" + book.formats +
                             "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" +
                             book.cell_styles + "</cellXfs></styleSheet>"},
       {"xl/sharedStrings.xml", "<sst>" + book.strings + "</sst>"},
       {"xl/worksheets/sheet1.xml", sheet(book.rows, book.after_rows)},
       {"xl/worksheets/sheet2.xml", sheet(book.second_rows, "")}});
}

}  // namespace doorstep::sheets::testing
