// One row of the route table: everything a client must know of an endpoint. The OpenAPI document is printed
// from it and the tests walk it: each route is tried by each role, each declared problem is produced, each
// cost is measured.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "journal/caller.hpp"

namespace doorstep::api {

enum class Kind {
  read,   // a query on a snapshot
  write,  // a command, through the writer, with an idempotency key
  look,   // reveals personal data: through the writer, answered only when its audit row is durable
  stream  // server-sent events
};
BOOST_DESCRIBE_ENUM(Kind, read, write, look, stream)

// Who may call a route. The command checks again, for the venue it is about; the route only turns away early.
struct Who {
  bool anyone = false;
  std::vector<Role> roles = {};
  bool is_resident = false;     // signed in as one; else a member of staff
  bool is_device = false;       // paired by a colleague
  bool knows_resident = false;  // anyone; a resident who is signed in is known all the same

  static Who all() { return {.anyone = true}; }
  static Who anyone_or_resident() { return {.anyone = true, .knows_resident = true}; }
  static Who staff(std::initializer_list<Role> roles) { return {.roles = roles}; }
  static Who signed_in() { return {}; }
  static Who resident() { return {.is_resident = true}; }
  static Who device() { return {.is_device = true}; }
  bool is_staff() const { return !anyone && !is_resident && !is_device; }
};

inline const Who anyone = Who::all();

// What a row says beside its method, path and functions.
struct Rules {
  Who who;
  std::string summary;                          // one line, in English, for the document
  std::vector<std::string_view> problems = {};  // that the command itself refuses with
  int queries = 0;                 // statements at most, beside the signing-in and the idempotency key
  int success = 0;                 // 0: 200, or 204 when there is no view
  bool if_match = false;           // the wish's `version` comes from If-Match
  bool ends_session = false;       // of whoever sends it: they still hear the answer kept for a repeated key
  bool once = true;                // keep the answer for a repeated key; off where the answer sets a cookie
  double attempts_per_minute = 0;  // a limit per address for this route alone; 0: none
  bool waits = false;              // its preparation waits for a server elsewhere
  // The body of a write is a file of one of these media types, and all else of the wish stands in the query.
  std::vector<std::string_view> takes = {};
  std::size_t body_bytes_max = 0;  // of that file
  // Of a view that is a file, the media types that it may have; none: it is JSON.
  std::vector<std::string_view> gives = {};
};

struct Parameter {
  std::string name;
  bool in_path = false;
  bool required = false;
  boost::json::value schema;
};

// A row as the document and the tests see it.
struct Route {
  Kind kind{};
  std::string method;  // "POST"
  std::string path;    // "/api/halls/{hall}/tickets"
  std::string name;    // the operation's id, from the command's input: "take_ticket"
  std::string tag;     // the room
  Rules rules;
  std::vector<Parameter> parameters;  // of path and query
  boost::json::value body;            // schema, or null
  boost::json::value view;            // schema, or null
  bool whole_list = false;            // all of a list as a sheet, beside the row of its pages
};

}  // namespace doorstep::api
