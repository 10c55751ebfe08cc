// Photos and documents of a case: added from home by whoever holds its token, or at the window, whole and as
// they came, each to one of the matter's papers or to none. That one came marks no paper as received: an
// officer does, who has looked at it.
//
// Whoever added one removes it until the case is over. What it was called where it came from nobody keeps; an
// event says that the case changed, and no more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "api/stored_file.hpp"
#include "cases/attachment_content.hpp"
#include "cases/stored_case.hpp"
#include "journal/files.hpp"

namespace doorstep::cases {

struct AttachmentTag {
  static constexpr std::string_view prefix = "at";
};
using AttachmentId = Id<AttachmentTag>;

inline constexpr int attachments_max = 20;  // of a case
static_assert(attachment_bytes_max <= files::file_bytes_max);

inline constexpr Bounds attachment_token_bounds{.length_min = 1, .length_max = 64};
inline constexpr Bounds attachment_material_bounds{.length_min = 1, .length_max = 100};

struct ListAttachments {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(ListAttachments, (), (id))

struct ListOwnAttachments {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return attachment_token_bounds; }
};
BOOST_DESCRIBE_STRUCT(ListOwnAttachments, (), (token))

struct AddAttachment {
  CaseId id;
  std::optional<std::string> material;  // the key of the paper that it is

  static constexpr Bounds bounds(std::string_view) { return attachment_material_bounds; }
};
BOOST_DESCRIBE_STRUCT(AddAttachment, (), (id, material))

struct AddOwnAttachment {
  std::string token;
  std::optional<std::string> material;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "token" ? attachment_token_bounds : attachment_material_bounds;
  }
};
BOOST_DESCRIBE_STRUCT(AddOwnAttachment, (), (token, material))

struct RemoveAttachment {
  CaseId id;
  AttachmentId attachment;
};
BOOST_DESCRIBE_STRUCT(RemoveAttachment, (), (id, attachment))

struct RemoveOwnAttachment {
  std::string token;
  AttachmentId attachment;

  static constexpr Bounds bounds(std::string_view) { return attachment_token_bounds; }
};
BOOST_DESCRIBE_STRUCT(RemoveOwnAttachment, (), (token, attachment))

// The preview, or else the original.
struct LookAtAttachment {
  CaseId id;
  AttachmentId attachment;
  std::string purpose;
  std::optional<bool> preview;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(LookAtAttachment, (), (id, attachment, purpose, preview))

struct ReadOwnAttachment {
  std::string token;
  AttachmentId attachment;
  std::optional<bool> preview;

  static constexpr Bounds bounds(std::string_view) { return attachment_token_bounds; }
};
BOOST_DESCRIBE_STRUCT(ReadOwnAttachment, (), (token, attachment, preview))

struct AttachmentView {
  AttachmentId id;
  AttachmentKind kind{};
  std::int64_t size = 0;                // bytes
  std::optional<std::string> material;  // its key
  Instant added_at;
  std::optional<std::string> added_by;  // nobody of the staff: whoever asked for it
  bool has_preview = false;
  bool removable = false;  // by the one who asks, as it stands
};
BOOST_DESCRIBE_STRUCT(AttachmentView, (),
                      (id, kind, size, material, added_at, added_by, has_preview, removable))

struct Attachments {
  std::vector<AttachmentView> items;  // in the order in which they came
  std::int32_t room = 0;              // for how many more; none once it is over
};
BOOST_DESCRIBE_STRUCT(Attachments, (), (items, room))

// Its content, looked at and put into the town's files.
struct NewAttachment {
  AttachmentKind kind{};
  std::int64_t size = 0;
  FileAddress file;
  std::optional<FileAddress> preview;
};

// Which of the town's files is asked for, and what it is called when it is saved.
struct AttachedFile {
  FileAddress address;
  std::string media_type, name;
};

Attachments list_attachments(Snapshot& snapshot, const Caller& caller, const ListAttachments& wish);
Attachments list_own_attachments(Snapshot& snapshot, const Caller& caller, const ListOwnAttachments& wish);

// Before the content is looked at, which is slow: whether it could be added now. Throw Problem no_such_case,
// unknown_material, case_over, too_many_attachments.
Nothing may_add(Snapshot& snapshot, const Caller& caller, const AddAttachment& wish);
Nothing may_add_own(Snapshot& snapshot, const Caller& caller, const AddOwnAttachment& wish);
// On a worker: puts both files. Throws what check_content does.
NewAttachment take_in_content(FileStore& files, const std::string& bytes);
AttachmentView add_attachment(Transaction& tx, const Caller& caller, const AddAttachment& wish,
                              const NewAttachment& attachment);
AttachmentView add_own_attachment(Transaction& tx, const Caller& caller, const AddOwnAttachment& wish,
                                  const NewAttachment& attachment);

// Its files go, unless another attachment is the same. Throw Problem no_such_attachment,
// attachment_not_yours, case_over.
Nothing remove_attachment(Transaction& tx, const Caller& caller, const RemoveAttachment& wish);
Nothing remove_own_attachment(Transaction& tx, const Caller& caller, const RemoveOwnAttachment& wish);

// Refused with no_such_attachment, no_preview.
Outcome<AttachedFile> look_at_attachment(Transaction& tx, const Caller& caller, const LookAtAttachment& wish);
AttachedFile read_own_attachment(Snapshot& snapshot, const Caller& caller, const ReadOwnAttachment& wish);

// Throws Problem no_such_attachment, no_preview. One statement.
AttachedFile attached_file(Snapshot& snapshot, CaseId id, AttachmentId attachment, bool preview);

void add_attachment_routes(api::Api& api, FileStore& files);

}  // namespace doorstep::cases
