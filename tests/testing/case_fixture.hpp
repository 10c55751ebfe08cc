// A small town where cases are opened without a walk through the hall.
#pragma once

#include <string>

#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "cases/case.hpp"
#include "testing/post_fixture.hpp"
#include "testing/relief.hpp"

namespace doorstep::testing {

class CaseTest : public network::PostTest {
 protected:
  VenueId venue() const { return *parse_id<VenueTag>(town.venue); }

  cases::CaseId open(const std::string& who, const cases::OpenCase& wish) {
    cases::CaseId id;
    command(who, [&](Transaction& tx, const Caller& caller) { id = open_case(tx, caller, wish).id; });
    return id;
  }
  // Somebody's transfer, with nothing handed in yet.
  cases::CaseId open(const std::string& who) {
    return open(who, {.matter = "transfer",
                      .venue = venue(),
                      .materials_received = {},
                      .applicant = std::nullopt,
                      .note = std::nullopt});
  }

  static std::string path(cases::CaseId id, const std::string& rest = "") {
    return "/api/desk/cases/" + to_string(id) + rest;
  }
  Answer read(cases::CaseId id, const std::string& who) { return get(who, path(id)); }
  Answer accept(cases::CaseId id, const std::string& who, std::int64_t version) {
    return post(who, path(id, "/accept"), "", if_match(version));
  }
  Answer advance(cases::CaseId id, const std::string& who, std::int64_t version, const std::string& to) {
    // Nobody refuses without a reason.
    const std::string refusal = R"(,"refusal":{"reason":"示例","remedy":"示例"})";
    return post(who, path(id, "/advance"), R"({"to":")" + to + '"' + (to == "refused" ? refusal : "") + "}",
                if_match(version));
  }
  // A press of a button of the case, as it is now.
  Answer act(cases::CaseId id, const std::string& who, const std::string& rest,
             const std::string& body = "") {
    const auto version = value<std::int64_t>("select version from cases where id = :id", {{"id", id}});
    return post(who, path(id, rest), body, if_match(version));
  }

  // Somebody's relief (testing/relief.hpp), with nothing handed in yet.
  cases::CaseId open_relief(const std::string& who,
                            const std::optional<cases::Applicant>& applicant = std::nullopt) {
    town.write([](Transaction& tx, Instant at) { put_matter(tx, relief(), at); });
    return open(who, {.matter = "relief",
                      .venue = venue(),
                      .materials_received = {},
                      .applicant = applicant,
                      .note = std::nullopt});
  }
};

}  // namespace doorstep::testing
