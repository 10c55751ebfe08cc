#include "base/key_ring.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace doorstep {
namespace {

KeyRing some_ring(std::uint64_t seed = 1) {
  SeededEntropy entropy(seed);
  return KeyRing::random(entropy);
}

TEST(KeyRing, GivesEachPurposeItsOwnKeyAndHash) {
  const auto keys = some_ring();
  EXPECT_EQ(keys.active().size(), 16U);
  EXPECT_EQ(keys.active(), some_ring().active());
  EXPECT_NE(keys.active(), some_ring(2).active());
  EXPECT_NE(keys.derive("a").reveal(), keys.derive("b").reveal());
  EXPECT_EQ(keys.keyed_hash("phone", "138"), some_ring().keyed_hash("phone", "138"));
  EXPECT_NE(keys.keyed_hash("phone", "138"), keys.keyed_hash("phone", "139"));
  EXPECT_NE(keys.keyed_hash("phone", "138"), keys.keyed_hash("name", "138"));
  EXPECT_NE(keys.keyed_hash("phone", "138"), some_ring(2).keyed_hash("phone", "138"));
  EXPECT_EQ(keys.keyed_hash("phone", "138").size(), 43U);
}

TEST(KeyRing, SealsUnderTheActiveKeyAndOpensUnderAny) {
  auto keys = some_ring();
  const auto first = keys.active();
  const auto before = keys.seal("a secret", "here", system_entropy());
  const auto next = SealingKey::random(system_entropy());
  keys.add(next);
  EXPECT_EQ(keys.active(), first) << "a key that has joined only opens";
  keys.activate(next.id());
  const auto after = keys.seal("a secret", "here", system_entropy());
  EXPECT_EQ(sealing_key_of(before), first);
  EXPECT_EQ(sealing_key_of(after), next.id());
  EXPECT_EQ(keys.open(before, "here"), "a secret");
  EXPECT_EQ(keys.open(after, "here"), "a secret");
  EXPECT_THROW(some_ring().open(after, "here"), SealError);
  EXPECT_EQ(keys.keyed_hash("phone", "138"), some_ring().keyed_hash("phone", "138")) << "the hash key stays";
}

TEST(KeyRing, IsSharedByItsCopies) {
  auto keys = some_ring();
  const auto copy = keys;
  const auto next = SealingKey::random(system_entropy());
  keys.add(next);
  keys.activate(next.id());
  EXPECT_EQ(copy.active(), next.id());
}

TEST(KeyRing, IsUsedWhileItGrows) {
  auto keys = some_ring();
  std::thread adding([&] {
    for (int i = 0; i < 50; ++i) {
      const auto next = SealingKey::random(system_entropy());
      keys.add(next);
      keys.activate(next.id());
    }
  });
  for (int i = 0; i < 200; ++i) {
    const auto sealed = keys.seal("a secret", "here", system_entropy());
    EXPECT_EQ(keys.open(sealed, "here"), "a secret");
    keys.keyed_hash("purpose " + std::to_string(i % 5), "text");
  }
  adding.join();
}

}  // namespace
}  // namespace doorstep
