#include "base/secret.hpp"

#include <sodium.h>

namespace doorstep {

void wipe(void* bytes, std::size_t count) { sodium_memzero(bytes, count); }

// Within its capacity a string takes no memory, so this never throws.
void wipe(std::string& text) {
  text.resize(text.capacity());
  wipe(text.data(), text.size());
  text.clear();
}

}  // namespace doorstep
