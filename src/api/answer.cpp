// From what a command answered, or failed with, to an HTTP response.
#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "api/pending.hpp"
#include "base/ensure.hpp"
#include "base/log.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

namespace {

// What the table itself refuses with, whatever the row: reading
// a request, signing in, the writer's own limits.
constexpr std::string_view common_problems[] = {"malformed_json",
                                                "wrong_type",
                                                "unknown_member",
                                                "missing_member",
                                                "too_long",
                                                "too_short",
                                                "out_of_range",
                                                "invalid_text",
                                                "bad_path",
                                                "bad_query",
                                                "bad_cursor",
                                                "list_too_long_for_sheet",
                                                "bad_idempotency_key",
                                                "unsupported_media_type",
                                                "key_reused",
                                                "not_signed_in",
                                                "session_expired",
                                                "csrf_missing",
                                                "not_allowed",
                                                "if_match_missing",
                                                "version_differs",
                                                "overloaded",
                                                "storage_unavailable",
                                                "outcome_unknown",
                                                "too_many_requests"};

bool declared(const Route& route, std::string_view code) {
  return std::ranges::find(common_problems, code) != std::end(common_problems) ||
         std::ranges::find(route.rules.problems, code) != route.rules.problems.end();
}

std::string etag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

std::string cookie_text(const Cookie& cookie, bool secure) {
  auto text =
      cookie.name + '=' + cookie.value + "; Path=/; HttpOnly; SameSite=" + (cookie.strict ? "Strict" : "Lax");
  text += "; Max-Age=" + std::to_string(cookie.value.empty() ? 0 : cookie.max_age_seconds);
  if (secure) text += "; Secure";
  return text;
}

// RFC 6266: the name in UTF-8, percent-encoded, and one with the same ending for whoever cannot read that.
std::string attachment(std::string_view name) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_')
      encoded += c;
    else
      encoded += {'%', hex[byte / 16], hex[byte % 16]};
  }
  const auto plain =
      name.ends_with(".xlsx") ? "sheet.xlsx" : "file" + std::string{name.substr(name.rfind('.'))};
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

http::Response problem_response(const Problem& problem, Language language, std::string_view request_id) {
  http::Response response;
  response.status = problem_text(problem.code).status;
  response.content_type = "application/problem+json";
  response.body = problem_json(problem, language, request_id);
  response.headers.push_back({"cache-control", "no-store"});
  if (response.status == 429 || response.status == 503) {
    // A problem whose first argument is a number of seconds says so itself.
    const bool says =
        !problem.arguments.empty() && !problem.arguments[0].empty() &&
        std::ranges::all_of(problem.arguments[0], [](unsigned char c) { return std::isdigit(c) != 0; });
    response.headers.push_back({"retry-after", says ? problem.arguments[0] : "2"});
  }
  return response;
}

}  // namespace

namespace detail {

Answered answered_refusal(const Problem& problem, const Caller& caller) {
  Answered answered;
  answered.status = problem_text(problem.code).status;
  answered.body = problem_json(problem, caller.language, caller.request_id);
  answered.content_type = "application/problem+json";
  answered.refused = true;
  return answered;
}

}  // namespace detail

http::Response Api::refusal(std::string_view code, int status, const http::Request& request) {
  auto response =
      problem_response(Problem{code}, language_from_header(request.header("accept-language")), request.id);
  if (status != 0) response.status = status;
  return response;
}

http::Response Api::response_of(const Pending& pending, Answered&& answered) const {
  http::Response response;
  const auto& route = *pending.endpoint->route;
  response.status = answered.status == 0 ? route.rules.success : answered.status;
  response.content_type = std::move(answered.content_type);
  if (route.kind == Kind::read) {
    const auto* caching = answered.kept_nowhere ? "no-store" : "no-cache";
    response.headers.push_back({"cache-control", caching});
  } else {
    response.headers.push_back({"cache-control", "no-store"});
    response.headers.push_back({"idempotency-key", pending.key});
  }
  if (answered.version) {
    response.headers.push_back({"etag", etag(*answered.version)});
    if (route.kind == Kind::read && pending.if_none_match == etag(*answered.version)) {
      response.status = 304;
      return response;
    }
  }
  if (!answered.file_name.empty())
    response.headers.push_back({"content-disposition", attachment(answered.file_name)});
  if (answered.cookie)
    response.headers.push_back({"set-cookie", cookie_text(*answered.cookie, pending.secure)});
  if (pending.new_device)
    response.headers.push_back({"set-cookie", cookie_text(*pending.new_device, pending.secure)});
  response.body = std::move(answered.body);
  return response;
}

http::Response Api::failure_of(const Pending& pending, std::exception_ptr error, std::string& code) const {
  const auto& route = *pending.endpoint->route;
  const auto say = [&](const Problem& problem) {
    code = problem.code;
    return problem_response(problem, pending.caller.language, pending.caller.request_id);
  };
  const auto log = [&](std::string_view event, std::string_view why) {
    log_error(event,
              {{"request_id", pending.caller.request_id}, {"route", route.name}, {"why", std::string{why}}});
  };
  try {
    std::rethrow_exception(std::move(error));
  } catch (const Problem& problem) {
    if (declared(route, problem.code)) return say(problem);
    log("undeclared_problem", problem.code);
    return say(options_.strict ? Problem{"internal_error"} : problem);
  } catch (const storage::Overloaded&) {
    return say(Problem{"overloaded"});
  } catch (const storage::OutcomeUnknown& failure) {
    log("outcome_unknown", failure.what());
    return say(Problem{"outcome_unknown"});
  } catch (const storage::ConstraintError& failure) {
    log("constraint", failure.what());
    return say(Problem{"internal_error"});
  } catch (const storage::StorageError& failure) {
    log("storage_failed", failure.what());
    return say(Problem{"storage_unavailable"});
  } catch (const std::exception& failure) {
    log("request_failed", failure.what());
    return say(Problem{"internal_error"});
  }
}

}  // namespace doorstep::api
