// The route table: from an HTTP request to a command or query, and back.
//
//   api.write<TakeTicket, TicketView>("POST", "/api/halls/{hall}/tickets", take_ticket,
//                                     {.who = anyone, .summary = "Take a ticket", .problems =
//                                     {"hall_closed"}});
//
// A wish is one described struct, filled from the path, the query (of reads) and the JSON body by the names
// of its members. Reading it happens before the writer is asked; signing-in, permission, the repeated key,
// the command and the keeping of its answer happen in one transaction.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/json/object.hpp>

#include "api/outcome.hpp"
#include "api/route.hpp"
#include "api/router.hpp"
#include "api/sheet_file.hpp"
#include "api/sheet_of.hpp"
#include "api/stored_file.hpp"
#include "api/underway.hpp"
#include "api/work_pool.hpp"
#include "base/json_value.hpp"
#include "base/problem.hpp"
#include "http/http.hpp"
#include "journal/feed.hpp"
#include "journal/journal.hpp"

namespace doorstep::api {

// What a request shows of who sent it.
struct Credentials {
  std::string session_token;
  std::string csrf;
  bool changes = false;  // a write: the csrf token is required
};

// A session that is none, or none any more: Problem session_expired.
struct SessionExpired : Problem {
  explicit SessionExpired(std::string session_) : Problem("session_expired"), session(std::move(session_)) {}
  std::string session;  // keyed hash of the session's token
};

// Finds the member of staff behind a session; throws SessionExpired, or Problem csrf_missing. Belongs to
// identity.
using Authenticator = std::function<Staff(Snapshot& snapshot, const Credentials& credentials, Instant at)>;

// The same of a resident.
using ResidentAuthenticator =
    std::function<Resident(Snapshot& snapshot, const Credentials& credentials, Instant at)>;

// The same of a paired device.
using DeviceAuthenticator =
    std::function<PairedDevice(Snapshot& snapshot, const Credentials& credentials, Instant at)>;

// How far the roles of that member of staff reach; belongs to network.
using ReachSource = std::function<std::shared_ptr<const Reach>(Snapshot& snapshot)>;

// The clock on the town's walls, for sheets; belongs to network. One statement.
using ZoneSource = std::function<Zone(Snapshot& snapshot)>;

// Resolves what a listener asked for ("hl_3" of "hall:hl_3") to
// the topic that it may hear, or throws Problem.
using TopicResolver =
    std::function<Topic(Snapshot& snapshot, const Caller& caller, const std::string& asked)>;

// An answer on its way out.
struct Answered {
  int status = 0;  // 0: what the route's row says
  std::string body;
  std::string content_type = "application/json";
  std::optional<std::int64_t> version;  // of the view, for its ETag
  std::optional<Cookie> cookie;
  bool refused = false;               // a Refused: committed, but not kept for a repeated key
  std::string file_name;              // the answer is a file to keep
  bool kept_nowhere = false;          // no cache may keep it
  std::function<std::string()> rest;  // makes the body: slow and pure, for a worker
};

// What is told of each answer, for metrics and the request log. `route` is null where none was found.
struct Observed {
  const Route* route = nullptr;
  std::string_view method, request_id;
  int status = 0;
  std::string_view problem;  // its code, or empty
  Microseconds took{};
  int statements = 0;  // of the command or query itself; zero when it was refused
};
using Observer = std::function<void(const Observed&)>;

struct ApiOptions {
  bool strict = false;  // an undeclared problem or an overdrawn cost is answered 500: for tests
  unsigned work_threads = 2;
  unsigned waiting_threads = 4;  // of what waits for servers elsewhere: a slow one holds up no password
  Observer observer = {};
};

class Api {
 public:
  Api(Journal& journal, Feed& feed, ApiOptions options);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  template <class Wish, class View, class Query>
  void read(std::string path, Query query, Rules rules);
  template <class Wish, class View, class Command>
  void write(std::string method, std::string path, Command command, Rules rules);
  template <class Wish, class View, class Command>
  void look(std::string path, Command command, Rules rules);

  // A list that is also given as a sheet: at its path with ".xlsx" at the end, by the same query for the same
  // callers (a list for anyone: for staff, as a sheet costs what hundreds of pages do). The wish has neither
  // cursor nor limit; the query is asked once, for as many items as the sheet may have. It costs one
  // statement more than a page.
  template <class Wish, class View, class Query>
  void read(std::string path, Query query, Rules rules, SheetOf<ItemOf<View>> sheet);
  template <class Wish, class View, class Command>
  void look(std::string path, Command command, Rules rules, SheetOf<ItemOf<View>> sheet);
  // The sheet alone, of a query that returns a page; `queries` are those of the query, and one more.
  template <class Wish, class Item, class Query>
  void read_sheet(std::string path, Query query, Rules rules, SheetOf<Item> sheet);

  // A write with slow work before it: `facts(snapshot, caller, wish)` reads what it needs, `prepare(facts,
  // wish)` runs on a worker thread, and `command(tx, caller, wish, prepared)` decides; it must not trust that
  // the facts still hold.
  template <class Wish, class View, class Facts, class Prepare, class Command>
  void prepared_write(std::string method, std::string path, Facts facts, Prepare prepare, Command command,
                      Rules rules);
  template <class Wish, class View, class Facts, class Prepare, class Command>
  void prepared_look(std::string path, Facts facts, Prepare prepare, Command command, Rules rules);
  // A prepared write whose body is a file (`rules.takes`): `prepare(facts, wish, bytes)`.
  template <class Wish, class View, class Facts, class Prepare, class Command>
  void upload(std::string path, Facts facts, Prepare prepare, Command command, Rules rules);

  // A kind of topic that can be listened to, with the problems its resolver throws.
  void topic(std::string kind, std::vector<std::string> problems, TopicResolver resolver);
  // The one stream of server-sent events, at /api/events. It declares the problems of all topics, which come
  // before it.
  void stream(Rules rules);
  void authenticate_with(Authenticator staff, ResidentAuthenticator residents, DeviceAuthenticator devices);
  void reach_with(ReachSource reach);
  void zone_with(ZoneSource zone);
  // Who is behind these credentials, and how far their roles reach.
  Staff authenticate(Snapshot& snapshot, const Credentials& credentials, Instant at) const;

  // The room that the routes which follow belong to, and what it is about.
  void section(std::string tag, std::string about) {
    tags_[tag] = std::move(about);
    tag_ = std::move(tag);
  }

  // The server's handler for all of /api.
  std::optional<http::Response> handle(const http::Request& request, http::Reply& reply);
  // The server's own refusals, as problems.
  static http::Response refusal(std::string_view code, int status, const http::Request& request);

  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
  std::vector<std::string> topics() const;
  // How large the body of a request to that path may be.
  std::size_t body_bytes_max(std::string_view path) const;
  // The row behind a request, or null.
  const Route* route_for(std::string_view method, std::string_view path) const;
  // The OpenAPI 3.1 document, pretty-printed, the same on every machine.
  std::string document() const;

 private:
  using ReadWish = std::function<std::any(const boost::json::value& input)>;
  using RunQuery = std::function<Answered(Snapshot&, const Caller&, const std::any& wish)>;
  using RunCommand =
      std::function<Answered(Transaction&, const Caller&, const std::any& wish, const std::any& prepared)>;
  using ReadFacts = std::function<std::any(Snapshot&, const Caller&, const std::any& wish)>;
  using RunPrepare =
      std::function<std::any(const std::any& facts, const std::any& wish, const std::string& file)>;

  struct Endpoint {
    Route* route = nullptr;
    boost::json::object properties;  // of the wish, to convert path and query text by
    ReadWish read_wish;
    RunQuery query;
    RunCommand command;
    ReadFacts facts;
    RunPrepare prepare;
  };
  struct Pending;
  class Attempts;

  template <class Wish>
  Endpoint& add(Kind kind, std::string method, std::string path, Rules rules);
  // The same of a whole list: the wish without what makes a page of it.
  template <class Wish>
  Endpoint& add_sheet(Kind kind, std::string path, Rules rules);
  template <class Item>
  Answered answered_sheet(Snapshot& snapshot, const Caller& caller, const Page<Item>& page,
                          const std::shared_ptr<const SheetOf<Item>>& sheet) const;
  template <class View>
  void shows(Endpoint& endpoint);
  template <class Wish, class Facts, class Prepare, class Command>
  void prepares(Endpoint& endpoint, Facts facts, Prepare prepare, Command command);
  Endpoint& add_route(Route route, const boost::json::object& wish_schema,
                      const boost::json::object& components);

  std::shared_ptr<Pending> begin(const Endpoint& endpoint, const std::vector<std::string_view>& values,
                                 const http::Request& request);
  std::optional<http::Response> serve(const std::shared_ptr<Pending>& pending, http::Reply& reply);
  void serve_read(const std::shared_ptr<Pending>& pending);
  void serve_write(const std::shared_ptr<Pending>& pending);
  void serve_prepared(const std::shared_ptr<Pending>& pending);
  void serve_stream(const std::shared_ptr<Pending>& pending);
  void perform(Transaction& tx, Pending& pending, Instant at);
  void sign_in(Snapshot& snapshot, Pending& pending, Instant at) const;
  void sign_in_to_listen(Snapshot& snapshot, Pending& pending, Instant at) const;
  void hold_cost(Pending& pending, int before, int after) const;

  void finish(const std::shared_ptr<Pending>& pending, std::exception_ptr error);
  void answer(Pending& pending, http::Response&& response, std::string_view problem);
  http::Response response_of(const Pending& pending, Answered&& answered) const;
  http::Response failure_of(const Pending& pending, std::exception_ptr error, std::string& code) const;
  void observe(const Pending& pending, int status, std::string_view problem) const;

  Journal& journal_;
  Feed& feed_;
  ApiOptions options_;
  std::string tag_;
  std::map<std::string, std::string> tags_;
  Authenticator authenticator_;
  ResidentAuthenticator resident_authenticator_;
  DeviceAuthenticator device_authenticator_;
  ReachSource reach_;
  ZoneSource zone_;
  Router router_;
  struct TopicKind {
    std::vector<std::string> problems;
    TopicResolver resolve;
  };
  std::map<std::string, TopicKind, std::less<>> topics_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
  std::unique_ptr<Attempts> attempts_;
  std::shared_ptr<Underway> underway_;
  boost::json::object components_;
  WorkPool pool_, waiting_pool_;  // last: their threads end before what they use
};

std::optional<std::int64_t> last_event_id(const http::Request& request);

}  // namespace doorstep::api

#include "api/api_impl.hpp"
#include "api/api_sheets.hpp"
