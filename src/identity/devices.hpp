// Devices of the town's own: displays, kiosks, ticket machines, tablets. A session of a device opens nothing
// that is held of anybody.
//
// The device shows a short code, and a colleague who may types it in the console; where the device stands is
// asked there (network/device.hpp). Then the device fetches its session, with a secret that it never showed.
// The session has no end of its own: it ends when the device is unpaired.
#pragma once

#include "api/outcome.hpp"
#include "base/secret.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

struct PairingTag {
  static constexpr std::string_view prefix = "pi";
};
using PairingId = Id<PairingTag>;

struct StartPairing {};
BOOST_DESCRIBE_STRUCT(StartPairing, (), ())

struct PairingView {
  std::string code;    // to be shown, and typed by a colleague
  std::string secret;  // to be kept: the session is fetched with it
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PairingView, (), (code, secret, expires_at))

struct CollectPairing {
  Secret secret;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(CollectPairing, (), (secret))

struct DeviceSession {
  DeviceId device;
  std::string csrf;  // goes back in X-Doorstep-Csrf with every write
};
BOOST_DESCRIBE_STRUCT(DeviceSession, (), (device, csrf))

struct NoteSeen {};
BOOST_DESCRIBE_STRUCT(NoteSeen, (), ())

// The code that the same browser was given before is worth nothing any more.
PairingView start_pairing(Transaction& tx, const Caller& caller, const StartPairing& wish);
// Answered alike until the session is used, should the first answer be lost.
WithCookie<DeviceSession> collect_pairing(Transaction& tx, const Caller& caller, const CollectPairing& wish);
// The device is there; its cookie begins anew. A row is written every five minutes at most.
WithCookie<Nothing> note_seen(Transaction& tx, const Caller& caller, const NoteSeen& wish);

// The device behind a session; throws Problem session_expired or csrf_missing. One statement.
PairedDevice authenticate_device(Snapshot& snapshot, const api::Credentials& credentials, Instant at);
// What its writes carry. One statement.
std::string csrf_of(Snapshot& snapshot, DeviceId device);

// The pairing whose code that is, or the refusal, which is counted against whoever typed it. At most three
// statements.
Outcome<PairingId> find_pairing(Transaction& tx, StaffId typed_by, std::string_view code, Instant at);
// From now on the code is used, and the session waits for the device to fetch it. Two statements.
void begin_device_session(Transaction& tx, PairingId pairing, DeviceId device, Instant at);
void end_device_session(Transaction& tx, DeviceId device, Instant at);

inline constexpr std::size_t pairing_code_letters = 6;
// To walk from the device to a desk and type the code; and for the device to fetch its session after that.
inline constexpr Microseconds pairing_time = std::chrono::minutes{10};
inline constexpr Microseconds between_seen = std::chrono::minutes{5};

}  // namespace doorstep::identity
