#include "base/sealed.hpp"

namespace doorstep {

std::string bound_text(const SealContext& context) {
  std::string bound(context.table);
  bound += '\0';  // names have no zeros, so nothing else spells the same
  bound += context.column;
  bound += '\0';
  bound += std::to_string(context.row);
  return bound;
}

}  // namespace doorstep
