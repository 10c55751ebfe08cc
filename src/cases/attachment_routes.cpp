#include "cases/attachment.hpp"
#include "journal/bytes.hpp"

namespace doorstep::cases {

namespace {

// Of one address, by whoever holds tokens: a family's photos fit, and so does a hall whose guests share a
// network.
constexpr double additions_per_minute = 60;

std::vector<std::string_view> all_media_types() {
  return {media_type_of(AttachmentKind::jpeg), media_type_of(AttachmentKind::png),
          media_type_of(AttachmentKind::webp), media_type_of(AttachmentKind::pdf)};
}

StoredFile answered(FileStore& files, AttachedFile file) {
  return {.media_type = std::move(file.media_type),
          .name = std::move(file.name),
          .read = [&files, address = std::move(file.address)] {
            return std::string{as_text(files.read(address))};
          }};
}

// What it is the content says, whatever the sender believes.
api::Rules adding(api::Who who, std::string summary, int queries) {
  return {
      .who = std::move(who),
      .summary = std::move(summary),
      .problems = {"no_such_case", "unknown_material", "case_over", "too_many_attachments", "body_too_large",
                   "attachment_kind_unknown", "attachment_broken", "attachment_too_many_pixels"},
      .queries = queries,
      .success = 201,
      .takes = {"application/octet-stream"},
      .body_bytes_max = attachment_bytes_max};
}

void add_own_routes(api::Api& api, FileStore& files) {
  api.read<ListOwnAttachments, Attachments>(
      "/api/cases/{token}/attachments", list_own_attachments,
      {.who = api::anyone,
       .summary = "What was added to a case, for the one who holds its token",
       .problems = {"no_such_case"},
       .queries = 2});
  auto own = adding(api::anyone, "Add a photo or a document, by whoever holds the case's token", 12);
  own.attempts_per_minute = additions_per_minute;
  api.upload<AddOwnAttachment, AttachmentView>(
      "/api/cases/{token}/attachments", may_add_own,
      [&files](const Nothing&, const AddOwnAttachment&, const std::string& bytes) {
        return take_in_content(files, bytes);
      },
      add_own_attachment, std::move(own));
  api.read<ReadOwnAttachment, StoredFile>(
      "/api/cases/{token}/attachments/{attachment}",
      [&files](Snapshot& snapshot, const Caller& caller, const ReadOwnAttachment& wish) {
        return answered(files, read_own_attachment(snapshot, caller, wish));
      },
      {.who = api::anyone,
       .summary = "What was added, or its preview, for the one who holds the token",
       .problems = {"no_such_case", "no_such_attachment", "no_preview"},
       .queries = 2,
       .gives = all_media_types()});
  api.write<RemoveOwnAttachment, Nothing>(
      "DELETE", "/api/cases/{token}/attachments/{attachment}", remove_own_attachment,
      {.who = api::anyone,
       .summary = "Remove what was added with the token",
       .problems = {"no_such_case", "no_such_attachment", "attachment_not_yours", "case_over"},
       .queries = 9,
       .success = 204});
}

void add_desk_routes(api::Api& api, FileStore& files) {
  const auto staff = api::Who::staff(at_cases);
  api.read<ListAttachments, Attachments>("/api/desk/cases/{id}/attachments", list_attachments,
                                         {.who = staff,
                                          .summary = "What was added to a case; none of its content",
                                          .problems = {"no_such_case"},
                                          .queries = 8});
  api.upload<AddAttachment, AttachmentView>(
      "/api/desk/cases/{id}/attachments", may_add,
      [&files](const Nothing&, const AddAttachment&, const std::string& bytes) {
        return take_in_content(files, bytes);
      },
      add_attachment, adding(staff, "Add a photo or a document at the window", 18));
  api.look<LookAtAttachment, StoredFile>(
      "/api/desk/cases/{id}/attachments/{attachment}/look",
      [&files](Transaction& tx, const Caller& caller, const LookAtAttachment& wish) -> Outcome<StoredFile> {
        auto file = look_at_attachment(tx, caller, wish);
        if (!file) return std::unexpected(file.error());
        return answered(files, std::move(*file));
      },
      {.who = api::Who::signed_in(),
       .summary = "See what was added; the look is recorded with its purpose",
       .problems = {"no_such_case", "purpose_missing", "no_such_attachment", "no_preview"},
       .queries = 4,
       .gives = all_media_types()});
  api.write<RemoveAttachment, Nothing>(
      "DELETE", "/api/desk/cases/{id}/attachments/{attachment}", remove_attachment,
      {.who = staff,
       .summary = "Remove what one added at the window",
       .problems = {"no_such_case", "no_such_attachment", "attachment_not_yours", "case_over"},
       .queries = 15,
       .success = 204});
}

}  // namespace

void add_attachment_routes(api::Api& api, FileStore& files) {
  add_own_routes(api, files);
  add_desk_routes(api, files);
}

}  // namespace doorstep::cases
