// The templates of api.hpp: each turns a typed function into an untyped row, and no more than that.
#pragma once

namespace doorstep::api {

namespace detail {

template <class T>
inline constexpr bool is_outcome = false;
template <class T>
inline constexpr bool is_outcome<std::expected<T, Refused>> = true;

template <class T>
inline constexpr bool is_with_cookie = false;
template <class T>
inline constexpr bool is_with_cookie<WithCookie<T>> = true;

template <class T>
concept Versioned = requires(const T& view) {
  { view.version } -> std::convertible_to<std::int64_t>;
};

template <class View>
Answered answered(const View& view) {
  Answered answer;
  if constexpr (std::is_same_v<View, Nothing>) {
    answer.status = 204;
  } else if constexpr (is_with_cookie<View>) {
    answer = answered(view.view);
    answer.cookie = view.cookie;
  } else if constexpr (std::is_same_v<View, SheetFile>) {
    answer.content_type = sheets::xlsx_media_type;
    answer.file_name = view.name + ".xlsx";
    answer.rest = [sheet = view.sheet] { return sheets::write_xlsx(sheet); };
  } else if constexpr (std::is_same_v<View, CsvFile>) {
    answer.content_type = sheets::csv_media_type;
    answer.file_name = view.name + ".csv";
    answer.rest = [sheet = view.sheet] { return sheets::write_csv(sheet); };
  } else if constexpr (std::is_same_v<View, StoredFile>) {
    answer.content_type = view.media_type;
    answer.file_name = view.name;
    answer.kept_nowhere = true;
    answer.rest = view.read;
  } else {
    write_json(answer.body, view);
    if constexpr (Versioned<View>) answer.version = view.version;
  }
  return answer;
}

Answered answered_refusal(const Problem& problem, const Caller& caller);

// "TakeTicket" → "take_ticket"
std::string operation_name(std::string_view type_name);

// The members' schema behind a reference into `components`.
boost::json::object& struct_schema(const boost::json::value& schema, boost::json::object& components);

// What a command returned, whether a plain view or an outcome.
template <class Result>
Answered answered_result(const Result& result, const Caller& caller) {
  if constexpr (is_outcome<Result>) {
    return result ? answered(*result) : answered_refusal(result.error().problem, caller);
  } else {
    return answered(result);
  }
}

}  // namespace detail

template <class Wish>
Api::Endpoint& Api::add(Kind kind, std::string method, std::string path, Rules rules) {
  Route route;
  route.kind = kind;
  route.method = std::move(method);
  route.path = std::move(path);
  route.name = detail::operation_name(type_name<Wish>());
  route.tag = tag_;
  route.rules = std::move(rules);
  boost::json::object apart;
  auto schema = schema_of<Wish>(Use::input, apart);
  auto& endpoint = add_route(std::move(route), detail::struct_schema(schema, apart), apart);
  endpoint.read_wish = [](const boost::json::value& input) -> std::any {
    auto wish = read_value<Wish>(input);
    if constexpr (Paged<Wish>) require_page(wish.limit);
    return wish;
  };
  return endpoint;
}

template <class View>
void Api::shows(Endpoint& endpoint) {
  if constexpr (std::is_same_v<View, SheetFile>)
    endpoint.route->rules.gives = {sheets::xlsx_media_type};
  else if constexpr (std::is_same_v<View, CsvFile>)
    endpoint.route->rules.gives = {sheets::csv_media_type};
  else if constexpr (!std::is_same_v<View, Nothing> && !std::is_same_v<View, StoredFile>)
    endpoint.route->view = schema_of<View>(Use::output, components_);
}

template <class Wish, class View, class Query>
void Api::read(std::string path, Query query, Rules rules) {
  auto& endpoint = add<Wish>(Kind::read, "GET", std::move(path), std::move(rules));
  shows<View>(endpoint);
  endpoint.query = [query](Snapshot& snapshot, const Caller& caller, const std::any& wish) {
    return detail::answered(query(snapshot, caller, std::any_cast<const Wish&>(wish)));
  };
}

template <class Wish, class View, class Command>
void Api::write(std::string method, std::string path, Command command, Rules rules) {
  auto& endpoint = add<Wish>(Kind::write, std::move(method), std::move(path), std::move(rules));
  shows<View>(endpoint);
  endpoint.command = [command](Transaction& tx, const Caller& caller, const std::any& wish, const std::any&) {
    return detail::answered_result(command(tx, caller, std::any_cast<const Wish&>(wish)), caller);
  };
}

template <class Wish, class View, class Command>
void Api::look(std::string path, Command command, Rules rules) {
  rules.once = false;  // an answer with personal data is not kept
  auto& endpoint = add<Wish>(Kind::look, "POST", std::move(path), std::move(rules));
  shows<View>(endpoint);
  endpoint.command = [command](Transaction& tx, const Caller& caller, const std::any& wish, const std::any&) {
    return detail::answered_result(command(tx, caller, std::any_cast<const Wish&>(wish)), caller);
  };
}

namespace detail {

// What is prepared of the wish, and of the file if the route takes one.
template <class Prepare, class Found, class Wish>
auto prepared(const Prepare& prepare, const Found& found, const Wish& wish, const std::string& file) {
  if constexpr (std::is_invocable_v<Prepare, const Found&, const Wish&>)
    return prepare(found, wish);
  else
    return prepare(found, wish, file);
}

}  // namespace detail

template <class Wish, class Facts, class Prepare, class Command>
void Api::prepares(Endpoint& endpoint, Facts facts, Prepare prepare, Command command) {
  using Found = std::invoke_result_t<Facts, Snapshot&, const Caller&, const Wish&>;
  using Prepared = decltype(detail::prepared(prepare, std::declval<const Found&>(),
                                             std::declval<const Wish&>(), std::string{}));
  endpoint.facts = [facts](Snapshot& snapshot, const Caller& caller, const std::any& wish) -> std::any {
    return facts(snapshot, caller, std::any_cast<const Wish&>(wish));
  };
  endpoint.prepare = [prepare](const std::any& found, const std::any& wish,
                               const std::string& file) -> std::any {
    return detail::prepared(prepare, std::any_cast<const Found&>(found), std::any_cast<const Wish&>(wish),
                            file);
  };
  endpoint.command = [command](Transaction& tx, const Caller& caller, const std::any& wish,
                               const std::any& prepared) {
    return detail::answered_result(
        command(tx, caller, std::any_cast<const Wish&>(wish), std::any_cast<const Prepared&>(prepared)),
        caller);
  };
}

template <class Wish, class View, class Facts, class Prepare, class Command>
void Api::prepared_write(std::string method, std::string path, Facts facts, Prepare prepare, Command command,
                         Rules rules) {
  auto& endpoint = add<Wish>(Kind::write, std::move(method), std::move(path), std::move(rules));
  shows<View>(endpoint);
  prepares<Wish>(endpoint, std::move(facts), std::move(prepare), std::move(command));
}

template <class Wish, class View, class Facts, class Prepare, class Command>
void Api::prepared_look(std::string path, Facts facts, Prepare prepare, Command command, Rules rules) {
  rules.once = false;
  auto& endpoint = add<Wish>(Kind::look, "POST", std::move(path), std::move(rules));
  shows<View>(endpoint);
  prepares<Wish>(endpoint, std::move(facts), std::move(prepare), std::move(command));
}

template <class Wish, class View, class Facts, class Prepare, class Command>
void Api::upload(std::string path, Facts facts, Prepare prepare, Command command, Rules rules) {
  auto& endpoint = add<Wish>(Kind::write, "POST", std::move(path), std::move(rules));
  shows<View>(endpoint);
  prepares<Wish>(endpoint, std::move(facts), std::move(prepare), std::move(command));
}

}  // namespace doorstep::api
