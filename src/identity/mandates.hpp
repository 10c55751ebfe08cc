// Giving a mandate: somebody may hand in, follow and collect for somebody else, who said so.
//
// It is given at a window, where the person is: with the code that their phone was sent, or by what the
// officer sees, who is then named as the witness. Or by phone: to whoever has that phone and an identity
// number that ends so. Whether there is such a person is told to nobody; the offer waits until they see it on
// their own page and accept it. Either side ends it when they like, and so does an officer who is asked to.
#pragma once

#include <optional>
#include <string>

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "base/secret.hpp"
#include "identity/acting.hpp"

namespace doorstep::identity {

// How the person said so.
enum class Consent {
  code,       // the code that their phone was sent, told at a window
  in_person,  // at a window, before the officer who is named
  own_phone   // on their own phone, with a fresh code
};
BOOST_DESCRIBE_ENUM(Consent, code, in_person, own_phone)

enum class WindowConsent { code, in_person };
BOOST_DESCRIBE_ENUM(WindowConsent, code, in_person)

// Whose side is asked about.
enum class MandateSide { giver, agent };
BOOST_DESCRIBE_ENUM(MandateSide, giver, agent)

struct PersonName {
  PersonId id;
  std::string name;  // masked
};
BOOST_DESCRIBE_STRUCT(PersonName, (), (id, name))

// `agent` may act for `person`, who is at the window.
struct GiveMandate {
  PersonId person;
  PersonId agent;
  WindowConsent consent{};
  std::optional<Secret> code;  // that the person's phone on record was sent
  Instant until;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 60}; }
};
BOOST_DESCRIBE_STRUCT(GiveMandate, (), (person, agent, consent, code, until))

struct EndMandate {
  PersonId person;  // of either side
  MandateId mandate;
};
BOOST_DESCRIBE_STRUCT(EndMandate, (), (person, mandate))

struct LookAtMandates {
  PersonId person;
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "limit") return {.least = 1, .most = page_items_max};
    return {.length_max = purpose_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(LookAtMandates, (), (person, purpose, cursor, limit))

struct ListOwnMandates {
  PersonId person;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListOwnMandates, (), (person, cursor, limit))

// To whoever has this phone and an identity number that ends so.
struct OfferMandate {
  PersonId person;
  std::string phone;
  std::string last_four;
  Instant until;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "last_four") return {.length_min = 4, .length_max = 4};
    return {.length_min = 1, .length_max = 60};
  }
};
BOOST_DESCRIBE_STRUCT(OfferMandate, (), (person, phone, last_four, until))

// `person` is who it was offered to.
struct AcceptMandate {
  PersonId person;
  MandateId mandate;
};
BOOST_DESCRIBE_STRUCT(AcceptMandate, (), (person, mandate))

struct EndOwnMandate {
  PersonId person;
  MandateId mandate;
};
BOOST_DESCRIBE_STRUCT(EndOwnMandate, (), (person, mandate))

struct MandateView {
  MandateId id;
  MandateSide side{};
  MandateState state{};
  MandateScope scope{};
  PersonName person;                // for whom
  std::optional<PersonName> agent;  // who acts; nobody before it is accepted
  Consent consent{};
  Instant given_at;
  std::optional<Officer> given_by;  // to whom it was said at a window
  std::optional<Instant> began_at;
  Instant until;
  std::optional<Instant> ended_at;
  std::optional<MandateEnd> ended_how;
  std::optional<Officer> ended_by;  // at a window; nobody: one of the two, or time
};
BOOST_DESCRIBE_STRUCT(MandateView, (),
                      (id, side, state, scope, person, agent, consent, given_at, given_by, began_at, until,
                       ended_at, ended_how, ended_by))

// At the window.
Outcome<MandateView> give_mandate(Transaction& tx, const Caller& caller, const GiveMandate& wish);
MandateView end_mandate_at_window(Transaction& tx, const Caller& caller, const EndMandate& wish);
Outcome<Page<MandateView>> look_at_mandates(Transaction& tx, const Caller& caller,
                                            const LookAtMandates& wish);

// By phone. Lists are of both sides, the newest first.
Page<MandateView> list_own_mandates(Snapshot& snapshot, const Caller& caller, const ListOwnMandates& wish);
// Of both sides, the newest first. At most five statements.
std::vector<MandateView> newest_mandates(Snapshot& snapshot, const Resident& resident, PersonId person,
                                         int limit);
MandateView offer_mandate(Transaction& tx, const Caller& caller, const OfferMandate& wish);
MandateView accept_mandate(Transaction& tx, const Caller& caller, const AcceptMandate& wish);
MandateView end_own_mandate(Transaction& tx, const Caller& caller, const EndOwnMandate& wish);

}  // namespace doorstep::identity
