// Finds the route for a method and a path. Fixed segments go before parameters.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::api {

class Router {
 public:
  // `target` is what the caller keeps for that route: an index of its own.
  void add(std::string_view method, std::string_view path, std::size_t target);

  struct Found {
    bool path_known = false;
    bool method_known = false;
    std::size_t target = 0;
    std::vector<std::string_view> values;  // of the parameters in order, percent-encoded as received
    std::string allow;                     // "GET, POST", where the method is not known
  };
  Found find(std::string_view method, std::string_view path) const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> parameter;
    std::map<std::string, std::size_t, std::less<>> targets;  // by method
  };

  static const Node* descend(const Node& node, std::string_view rest, std::vector<std::string_view>& values);

  Node root_;
};

// "/api/halls/{hall}" → {"hall"}
std::vector<std::string> parameters_of(std::string_view path);

}  // namespace doorstep::api
