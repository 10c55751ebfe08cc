#include "cases/attachment.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/materials.hpp"

namespace doorstep::cases {

namespace {

struct AttachmentRow {
  AttachmentId id;
  AttachmentKind kind{};
  std::int64_t size = 0;
  std::optional<std::string> material;
  Instant added_at;
  std::optional<StaffId> added_by;
  std::optional<std::string> name;
  bool has_preview = false;
};
BOOST_DESCRIBE_STRUCT(AttachmentRow, (), (id, kind, size, material, added_at, added_by, name, has_preview))

struct FileRow {
  AttachmentKind kind{};
  std::string file;
  std::optional<std::string> preview;
  std::optional<StaffId> added_by;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (kind, file, preview, added_by))

// The address of a file comes from its content and its type: of these types only cases keep any, so they may
// let go of them, too.
std::string stored_type(AttachmentKind kind) {
  return std::string{media_type_of(kind)} + "; for=case-attachment";
}
const std::string preview_type = "image/jpeg; for=case-preview";

FileAddress put(FileStore& files, std::string_view bytes, const std::string& type) {
  return files.put({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}, type);
}

StoredCase require_own_case(Snapshot& snapshot, const std::string& token) {
  auto row = find_case(snapshot, token);
  if (!row) throw Problem{"no_such_case"};
  return std::move(*row);
}

void require_addable(Snapshot& snapshot, const StoredCase& row, const std::optional<std::string>& material) {
  if (material)
    require_material(materials_of(snapshot, row.id, matter_by_hash(snapshot, row.definition)), *material);
  require_running(row);
  const auto there = snapshot.value<std::int64_t>(
      "select count(*) from case_attachments where case_id = :case", {{"case", row.id}});
  if (there >= attachments_max) throw Problem{"too_many_attachments", {std::to_string(attachments_max)}};
}

AttachmentView shown(AttachmentRow row, const StoredCase& of, const Caller& caller) {
  return {.id = row.id,
          .kind = row.kind,
          .size = row.size,
          .material = std::move(row.material),
          .added_at = row.added_at,
          .added_by = std::move(row.name),
          .has_preview = row.has_preview,
          .removable = row.added_by == caller.staff_id() && !is_over(of.phase)};
}

Attachments attachments_of(Snapshot& snapshot, const StoredCase& row, const Caller& caller) {
  Attachments list;
  for (auto& each : snapshot.all<AttachmentRow>(
           "select a.id, a.kind, a.size, a.material, a.added_at, a.added_by, s.name,"
           " case when a.preview is null then 0 else 1 end as has_preview from case_attachments a"
           " left join staff s on s.id = a.added_by where a.case_id = :case order by a.id",
           {{"case", row.id}})) {
    list.items.push_back(shown(std::move(each), row, caller));
  }
  if (!is_over(row.phase)) list.room = std::max(0, attachments_max - static_cast<int>(list.items.size()));
  return list;
}

AttachmentView add(Transaction& tx, const Caller& caller, const StoredCase& row,
                   const std::optional<std::string>& material, const NewAttachment& attachment) {
  require_addable(tx, row, material);
  files::keep(tx, attachment.file);
  if (attachment.preview) files::keep(tx, *attachment.preview);
  const auto id = tx.new_id<AttachmentId>();
  tx.run(
      "insert into case_attachments (id, case_id, material, kind, size, file, preview, added_at, added_by)"
      " values (:id, :case, :material, :kind, :size, :file, :preview, :at, :staff)",
      {{"id", id},
       {"case", row.id},
       {"material", material},
       {"kind", attachment.kind},
       {"size", attachment.size},
       {"file", attachment.file.text},
       {"preview", attachment.preview ? std::optional{attachment.preview->text} : std::nullopt},
       {"at", caller.at},
       {"staff", caller.staff_id()}});
  add_history(tx,
              {.case_id = row.id, .kind = HistoryKind::attachment_added, .step = row.step, .about = material},
              caller);
  change_in_place(tx, row);
  return attachments_of(tx, row, caller).items.back();
}

FileRow require_attachment(Snapshot& snapshot, CaseId id, AttachmentId attachment) {
  auto row = snapshot.maybe<FileRow>(
      "select kind, file, preview, added_by from case_attachments where id = :id and case_id = :case",
      {{"id", attachment}, {"case", id}});
  if (!row) throw Problem{"no_such_attachment"};
  return std::move(*row);
}

// Unless another attachment has the same. Two statements.
void let_go_of(Transaction& tx, const std::string& file, Instant at) {
  const auto others = tx.value<std::int64_t>(
      "select (select count(*) from case_attachments where file = :file)"
      " + (select count(*) from case_attachments where preview = :file)",
      {{"file", file}});
  if (others == 0) files::release(tx, FileAddress{file}, at);
}

Nothing remove(Transaction& tx, const Caller& caller, const StoredCase& row, AttachmentId id) {
  const auto attachment = require_attachment(tx, row.id, id);
  if (attachment.added_by != caller.staff_id()) throw Problem{"attachment_not_yours"};
  require_running(row);
  tx.run("delete from case_attachments where id = :id", {{"id", id}});
  let_go_of(tx, attachment.file, caller.at);
  if (attachment.preview) let_go_of(tx, *attachment.preview, caller.at);
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::attachment_removed, .step = row.step}, caller);
  change_in_place(tx, row);
  return {};
}

}  // namespace

Attachments list_attachments(Snapshot& snapshot, const Caller& caller, const ListAttachments& wish) {
  return attachments_of(snapshot, require_case(snapshot, caller, wish.id), caller);
}

Attachments list_own_attachments(Snapshot& snapshot, const Caller& caller, const ListOwnAttachments& wish) {
  return attachments_of(snapshot, require_own_case(snapshot, wish.token), as_holder(caller));
}

Nothing may_add(Snapshot& snapshot, const Caller& caller, const AddAttachment& wish) {
  require_addable(snapshot, require_case(snapshot, caller, wish.id), wish.material);
  return {};
}

Nothing may_add_own(Snapshot& snapshot, const Caller&, const AddOwnAttachment& wish) {
  require_addable(snapshot, require_own_case(snapshot, wish.token), wish.material);
  return {};
}

NewAttachment take_in_content(FileStore& files, const std::string& bytes) {
  const auto checked = check_content(bytes);
  NewAttachment attachment{.kind = checked.kind,
                           .size = static_cast<std::int64_t>(bytes.size()),
                           .file = put(files, bytes, stored_type(checked.kind)),
                           .preview = {}};
  if (!checked.preview.empty()) attachment.preview = put(files, checked.preview, preview_type);
  return attachment;
}

AttachmentView add_attachment(Transaction& tx, const Caller& caller, const AddAttachment& wish,
                              const NewAttachment& attachment) {
  return add(tx, caller, require_case(tx, caller, wish.id), wish.material, attachment);
}

AttachmentView add_own_attachment(Transaction& tx, const Caller& caller, const AddOwnAttachment& wish,
                                  const NewAttachment& attachment) {
  return add(tx, as_holder(caller), require_own_case(tx, wish.token), wish.material, attachment);
}

Nothing remove_attachment(Transaction& tx, const Caller& caller, const RemoveAttachment& wish) {
  return remove(tx, caller, require_case(tx, caller, wish.id), wish.attachment);
}

Nothing remove_own_attachment(Transaction& tx, const Caller& caller, const RemoveOwnAttachment& wish) {
  return remove(tx, as_holder(caller), require_own_case(tx, wish.token), wish.attachment);
}

AttachedFile read_own_attachment(Snapshot& snapshot, const Caller&, const ReadOwnAttachment& wish) {
  return attached_file(snapshot, require_own_case(snapshot, wish.token).id, wish.attachment,
                       wish.preview.value_or(false));
}

AttachedFile attached_file(Snapshot& snapshot, CaseId id, AttachmentId attachment, bool preview) {
  const auto row = require_attachment(snapshot, id, attachment);
  if (preview && !row.preview) throw Problem{"no_preview"};
  const auto kind = preview ? AttachmentKind::jpeg : row.kind;
  return {.address = {preview ? *row.preview : row.file},
          .media_type = std::string{media_type_of(kind)},
          .name = to_string(attachment) + std::string{ending_of(kind)}};
}

}  // namespace doorstep::cases
