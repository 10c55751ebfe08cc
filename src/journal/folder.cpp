// Messages as files, for trying the program out.
#include <fstream>
#include <utility>

#include "base/log.hpp"
#include "journal/channels.hpp"

namespace doorstep {

namespace {

class FolderTransport : public Transport {
 public:
  explicit FolderTransport(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Delivery deliver(const Outgoing& message) override {
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (!failed) std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);
    if (failed) return TryAgain{"the folder cannot be written", std::nullopt};
    std::ofstream file{folder_ / (message.id + ".txt")};
    file << message.recipient << '\n' << message.body << '\n';
    file.close();
    if (!file) return TryAgain{"the folder cannot be written", std::nullopt};
    log_info("message_out", {{"message", message.id}, {"channel", name_of(message.channel)}});
    return Delivered{};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<Transport> folder_transport(std::filesystem::path folder) {
  return std::make_unique<FolderTransport>(std::move(folder));
}

}  // namespace doorstep
