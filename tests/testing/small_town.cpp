#include "testing/small_town.hpp"

#include <future>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include "app/wiring.hpp"
#include "cases/matter.hpp"
#include "hall/hall_file.hpp"
#include "http/head_parser.hpp"
#include "identity/identity.hpp"
#include "identity/sessions.hpp"
#include "journal/outbox.hpp"
#include "journal/ring.hpp"
#include "network/town_file.hpp"
#include "testing/schema.hpp"
#include "testing/store_options.hpp"

namespace doorstep::testing {

namespace json = boost::json;

namespace {

std::atomic<int> towns_made{0};

// Keeps the last message to each.
struct Mailbox : Transport {
  explicit Mailbox(std::map<std::string, std::string>& last_) : last(last_) {}
  Delivery deliver(const Outgoing& message) override {
    last[message.recipient] = message.body;
    return Delivered{};
  }
  std::map<std::string, std::string>& last;
};

cases::MatterDefinition transfer() {
  using cases::Phase;
  return {
      .key = "transfer",
      .name = {"组织关系转入", "Transfer in"},
      .summary = {"示例", "Sample"},
      .authority = {"示例委员会", "A sample committee"},
      .promised_working_days = 5,
      .materials = {{"letter", {"介绍信", "Letter"}, {"", ""}, false},
                    {"card", {"身份证", "Card"}, {"", ""}, true}},
      .steps =
          {{"taken_in", {"收下", "Taken in"}, {"窗口", "Window"}, Phase::submitted, {"review", "refused"}},
           {"review",
            {"审核", "Review"},
            {"委员会", "Committee"},
            Phase::waiting_for_other,
            {"done", "refused"}},
           {"done", {"办结", "Done"}, {"窗口", "Window"}, Phase::done, {}},
           {"refused", {"不予办理", "Refused"}, {"窗口", "Window"}, Phase::refused, {}}},
      .advice = {{"示例", "Sample"}},
      .source = {"示例", "Sample"}};
}

network::VenueFile centre(const std::string& key) {
  return {.key = key,
          .kind = network::VenueKind::centre,
          .name = {"示例中心", "Sample centre"},
          .address = {"示例路 1 号", "1 Sample Road"},
          .hours = {{{1, 2, 3, 4, 5}, *parse_local_time("08:30"), *parse_local_time("11:30")},
                    {{1, 2, 3, 4, 5}, *parse_local_time("13:00"), *parse_local_time("23:00")}},
          .exceptions = {}};
}

hall::HallFile hall_file() {
  return {
      .key = "hall",
      .venue = "centre",
      .groups = {{"A", {"党员服务", "Members"}}, {"B", {"民生", "Daily life"}}},
      .services = {{"transfer", "A", "transfer", {"转入", "Transfer in"}, {"示例", "Sample"}, 15},
                   {"question", "B", std::nullopt, {"咨询", "Question"}, {"示例", "Sample"}, std::nullopt}},
      .windows = {
          {1, {"一号", "One"}, {"A", "B"}}, {2, {"二号", "Two"}, {"A"}}, {3, {"三号", "Three"}, {"B"}}}};
}

std::shared_ptr<identity::CityProvider> city_provider(SoftwareProvider& city) {
  return std::make_shared<identity::CityProvider>(
      identity::CitySettings{.issuer = city.issuer,
                             .client_id = city.client_id,
                             .client_secret = Secret{city.client_secret},
                             .name = {"示例市账号", "Sample City account"},
                             .scopes = "openid"},
      city.web());
}

}  // namespace

storage::Options store_options(storage::Engine engine, const std::string& schema) {
  storage::Options options;
  // A commit whose fate is unknown ends the program; a test's town goes on.
  options.fatal = [](const std::string&) {};
  // A busy machine is no reason to cut a command off.
  options.write_budget.time = options.read_budget.time = std::chrono::seconds{30};
  if (engine == storage::Engine::sqlite) {
    options.url = "sqlite::memory:";
  } else {
    const std::string server = std::getenv("DOORSTEP_TEST_PG");
    options.url = server.find("://") == std::string::npos ? "postgres:" + server : server;
    options.readers = 2;
    options.schema = schema;
  }
  return options;
}

std::string code_in(const std::string& message) {
  const auto from = message.find_first_of("0123456789");
  return from == std::string::npos ? std::string{} : message.substr(from, 6);
}

std::string Answer::problem() const {
  const auto* object = body.if_object();
  const auto* code = object == nullptr || status < 400 ? nullptr : object->if_contains("code");
  return code == nullptr ? std::string{} : std::string{code->as_string()};
}

const json::value& Answer::at(std::string_view path) const {
  const auto* value = &body;
  for (auto rest = path; !rest.empty();) {
    const auto dot = std::min(rest.find('.'), rest.size());
    const auto* object = value->if_object();
    value = object == nullptr ? nullptr : object->if_contains(rest.substr(0, dot));
    if (value == nullptr)
      throw std::runtime_error{std::string{path} + " is not in the answer: " + std::to_string(status) + ' ' +
                               json::serialize(body)};
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return *value;
}

std::string Answer::text(std::string_view path) const { return std::string{at(path).as_string()}; }
std::int64_t Answer::number(std::string_view path) const { return at(path).to_number<std::int64_t>(); }

SmallTown::SmallTown(storage::Engine engine, std::uint64_t seed)
    : engine_(engine),
      schema_("small_" + std::to_string(::getpid()) + '_' + std::to_string(towns_made++)),
      entropy_(seed),
      store_(storage::open_store(store_options(engine, schema_))) {
  storage::migrate(*store_, app::all_migrations());
  const std::vector keys{TownKey::from_text(key)};
  keys_ = std::make_unique<KeyRing>(ring::open(*store_, keys, entropy_, clock_.now()));
  journal_ = std::make_unique<Journal>(*store_, *keys_, entropy_, clock_);
  app::add_all_timers(*journal_);
  if (engine == storage::Engine::sqlite) {
    folder_ = std::filesystem::temp_directory_path() / ("doorstep-" + schema_);
    files_ = FileStore::in_folder(*journal_, folder_);
  } else {
    files_ = FileStore::in_table(*journal_);
  }
  feed_ = std::make_unique<Feed>(*journal_);
  api::ApiOptions options{.strict = true, .observer = [this](const api::Observed& observed) {
                            if (observed.route == nullptr) return;
                            const std::lock_guard lock{costs_mutex_};
                            auto& most = costs_[observed.route->name];
                            most = std::max(most, observed.statements);
                          }};
  api_ = std::make_unique<api::Api>(*journal_, *feed_, std::move(options));
  app::add_all_routes(*api_, *files_, password_cost_for_tests, city_provider(city_));
  timers_ = std::make_unique<TimerRunner>(*journal_);
  document_ = json::parse(api_->document());
  fill();
}

SmallTown::~SmallTown() {
  feed_->stop();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
  if (engine_ == storage::Engine::postgres) {
    store_->write_now([&](storage::Sql& sql) { sql.run("drop schema " + schema_ + " cascade"); });
  }
}

void SmallTown::fill() {
  const auto hash = hash_password(password, password_cost_for_tests);
  write([&](Transaction& tx, Instant at) {
    network::put_town(tx, {{"示例镇", "Sample Town"}, "Asia/Shanghai", "SL", true});
    network::put_calendar(tx, {{*parse_day("2026-10-01"), false, "国庆节"}});
    cases::put_matter(tx, transfer(), at);
    using network::OrganisationKind;
    auto organisations = network::put_organisations(
        tx,
        {{"town", OrganisationKind::committee, {}, {"示例镇", "Sample Town"}, {}},
         {"here", OrganisationKind::office, "town", {"示例中心", "Sample centre"}, {}},
         {"there", OrganisationKind::general_branch, "town", {"示例社区", "Sample community"}, {}}},
        at);
    const auto root = organisations["town"], runs_here = organisations["here"],
               runs_there = organisations["there"];
    const auto here = network::put_venue(tx, centre("centre"), runs_here);
    const auto there = network::put_venue(tx, centre("branch"), runs_there);
    organisation = to_string(runs_here);
    venue = to_string(here);
    hall = to_string(hall::put_hall(tx, hall_file(), here));
    const auto put = [&](const std::string& name, Role role, const Scope& scope) {
      identity::put_staff(tx, {name, "示例 " + name, {"窗口", "Window"}, role, scope}, hash, at);
    };
    for (const auto* name : {"officer1", "officer2", "officer3"}) put(name, Role::window_officer, here);
    put("greeter", Role::greeter, here);
    put("manager", Role::centre_manager, here);
    put("elsewhere", Role::window_officer, there);
    put("manager_elsewhere", Role::centre_manager, there);
    put("director", Role::centre_manager, root);
    put("director_elsewhere", Role::centre_manager, runs_there);
    put("auditor", Role::auditor, WholeTown{});
    put("admin", Role::administrator, WholeTown{});
  });
  auto manager = sign_in("manager");
  const auto list = call(manager, "GET", "/api/halls/" + hall + "/windows");
  for (const auto& window : list.at("items").as_array()) {
    windows.emplace_back(window.at("id").as_string());
  }
}

Answer SmallTown::call(const std::string& method, const std::string& path, const std::string& body,
                       const Sent& more) {
  Browser nobody;
  return call(nobody, method, path, body, more);
}

Answer SmallTown::call(Browser& browser, const std::string& method, const std::string& path,
                       const std::string& body, const Sent& more) {
  auto headers = more.headers;
  if (!body.empty()) headers.try_emplace("content-type", "application/json");
  std::string cookies;
  if (!browser.session.empty()) cookies += "doorstep_session=" + browser.session + "; ";
  if (!browser.resident.empty()) cookies += "doorstep_resident=" + browser.resident + "; ";
  if (!browser.paired.empty()) cookies += "doorstep_paired=" + browser.paired + "; ";
  if (!browser.device.empty()) cookies += "doorstep_device=" + browser.device;
  if (!cookies.empty()) headers.try_emplace("cookie", cookies);
  if (!browser.csrf.empty()) headers.try_emplace("x-doorstep-csrf", browser.csrf);
  headers.try_emplace("host", "town.example");
  std::string head = method + ' ' + path + " HTTP/1.1\r\n";
  for (const auto& [name, value] : headers) head += name + ": " + value + "\r\n";
  head += "\r\n";

  http::Request request;
  http::Fields fields;
  http::Head parsed;
  if (!http::parse_head(head, request, fields, parsed))
    throw std::invalid_argument{"a test's request is malformed"};
  request.fields = &fields;
  request.body = body;
  request.remote = browser.remote;
  request.id = "test";

  std::promise<http::Response> promise;
  auto later = promise.get_future();
  http::Reply reply = [&](http::Response&& response) { promise.set_value(std::move(response)); };
  auto now = api_->handle(request, reply);
  auto response = now ? std::move(*now) : later.get();

  Answer answer;
  answer.status = response.status;
  for (const auto& header : response.headers) {
    answer.headers[header.name] = header.value;
    if (header.name != "set-cookie") continue;
    const auto end = header.value.find(';');
    if (header.value.starts_with("doorstep_session=")) browser.session = header.value.substr(17, end - 17);
    if (header.value.starts_with("doorstep_resident=")) browser.resident = header.value.substr(18, end - 18);
    if (header.value.starts_with("doorstep_paired=")) browser.paired = header.value.substr(16, end - 16);
    if (header.value.starts_with("doorstep_device=")) browser.device = header.value.substr(16, end - 16);
  }
  answer.headers["content-type"] = response.content_type;
  answer.on_stream = std::move(response.on_stream);
  if (response.content_type.ends_with("json")) {
    if (!response.body.empty()) answer.body = json::parse(response.body);
  } else {
    answer.bytes = std::move(response.body);
  }
  hold_against_document(method, path, answer);
  return answer;
}

std::string SmallTown::message_to(const std::string& phone) {
  OutboxRunner::Transports transports;
  transports.emplace(Channel::phone, std::make_unique<Mailbox>(messages_));
  OutboxRunner{journal(), std::move(transports)}.deliver_due();
  return messages_[phone];
}

std::string SmallTown::code_sent_to(const std::string& phone) { return code_in(message_to(phone)); }

Browser SmallTown::somewhere() {
  ++places_;
  Browser browser;
  browser.remote = "198.51." + std::to_string(places_ / 256) + '.' + std::to_string(places_ % 256);
  return browser;
}

std::string SmallTown::new_code_for(const std::string& phone) {
  auto browser = somewhere();
  const auto asked = call(browser, "POST", "/api/my/codes", R"({"phone":")" + phone + "\"}");
  EXPECT_EQ(asked.status, 204) << asked.problem();
  return code_sent_to(phone);
}

Browser SmallTown::sign_in_resident(const std::string& phone) {
  auto browser = somewhere();
  const auto session = call(browser, "POST", "/api/my/session",
                            R"({"phone":")" + phone + R"(","code":")" + new_code_for(phone) + "\"}");
  EXPECT_EQ(session.status, 200) << session.problem();
  browser.csrf = session.text("csrf");
  return browser;
}

CameBack SmallTown::come_back_from_city(Browser& browser, const std::string& subject, bool anew) {
  const auto begun = call(browser, "POST", "/api/my/city", anew ? R"({"anew":true})" : "{}");
  EXPECT_EQ(begun.status, 200) << begun.problem();
  return city_.sign_in(begun.text("address"), subject);
}

Browser SmallTown::sign_in_by_city(const std::string& subject, bool anew) {
  auto browser = somewhere();
  const auto back = come_back_from_city(browser, subject, anew);
  const auto session = call(browser, "POST", "/api/my/city/session", back.json());
  EXPECT_EQ(session.status, 200) << session.problem();
  browser.csrf = session.text("csrf");
  return browser;
}

Browser SmallTown::sign_in(const std::string& username) {
  auto browser = somewhere();
  const auto answer = call(browser, "POST", "/api/session",
                           R"({"username":")" + username + R"(","password":")" + password + "\"}");
  EXPECT_EQ(answer.status, 200) << answer.problem();
  browser.csrf = answer.text("csrf");
  return browser;
}

Caller SmallTown::caller_of(const std::string& username) {
  const auto browser = sign_in(username);
  Caller caller;
  read([&](Snapshot& snapshot, Instant at) {
    caller.at = at;
    caller.staff = api_->authenticate(snapshot, {browser.session, browser.csrf, true}, at);
  });
  return caller;
}

void SmallTown::hold_against_document(const std::string& method, const std::string& path,
                                      const Answer& answer) const {
  const auto* route = api_->route_for(method, path.substr(0, path.find('?')));
  if (route == nullptr) return;
  auto lower = route->method;
  for (auto& c : lower) c = static_cast<char>(std::tolower(c));
  const auto& responses = document_.at("paths").at(route->path).at(lower).at("responses").as_object();
  if (answer.status == 304 || answer.on_stream) return;
  const auto* response = responses.if_contains(std::to_string(answer.status));
  ASSERT_NE(response, nullptr) << method << ' ' << path << " answered " << answer.status << " "
                               << answer.problem() << ", which its row does not say";
  if (const auto* shared = response->as_object().if_contains("$ref"))
    response = &document_.at_pointer(std::string_view{shared->as_string()}.substr(1));
  const auto* content = response->as_object().if_contains("content");
  if (content == nullptr) {
    EXPECT_TRUE(answer.body.is_null());
    return;
  }
  if (!answer.bytes.empty()) {
    EXPECT_TRUE(content->as_object().contains(answer.headers.at("content-type"))) << method << ' ' << path;
    return;
  }
  const auto& schema = content->as_object().begin()->value().at("schema");
  EXPECT_EQ(misfit(answer.body, schema, document_), "") << method << ' ' << path;
}

}  // namespace doorstep::testing
