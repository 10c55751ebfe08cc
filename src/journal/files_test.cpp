#include "journal/files.hpp"

#include <fstream>
#include <random>
#include <string>
#include <thread>

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "journal/test_town.hpp"

namespace doorstep {

namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Content = std::vector<unsigned char>;

Content content_of(std::size_t size, unsigned seed = 1) {
  std::mt19937 random{seed};
  Content content(size);
  for (auto& byte : content) byte = static_cast<unsigned char>(random());
  return content;
}

std::string what_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& failure) {
    return failure.what();
  }
  return "nothing";
}

// Everything that both places must do.
class FilesTest : public testing::TownTest {
 protected:
  void SetUp() override {
    TownTest::SetUp();
    store_ = GetParam() == storage::Engine::sqlite ? FileStore::in_folder(town(), files_folder())
                                                   : FileStore::in_table(town());
  }

  fs::path files_folder() const { return folder_.path() / "files"; }

  void keep(const FileAddress& address) {
    write([&](Transaction& tx, Instant) { files::keep(tx, address); });
  }

  std::int64_t stored() { return value<std::int64_t>("select count(*) from files"); }
  // What is there of contents, in either place.
  std::int64_t contents() {
    if (GetParam() == storage::Engine::postgres) {
      return value<std::int64_t>("select count(distinct address) from file_chunks");
    }
    std::int64_t found = 0;
    for (const auto& entry : fs::recursive_directory_iterator{files_folder()}) {
      if (entry.is_regular_file() && entry.path().filename() != "lock") ++found;
    }
    return found;
  }

  std::unique_ptr<FileStore> store_;
};

TEST_P(FilesTest, GiveBackWhatWasPut) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, files::part_bytes - 1, files::part_bytes,
                                 files::part_bytes + 1, 3 * files::part_bytes + 7}) {
    const auto content = content_of(size);
    const auto address = store_->put(content, "image/jpeg");
    EXPECT_EQ(parse_file_address(address.text), address);
    EXPECT_EQ(store_->read(address), content) << size;
    const auto reader = store_->open(address);
    EXPECT_EQ(reader.size(), static_cast<std::int64_t>(size));
    EXPECT_EQ(reader.media_type(), "image/jpeg");
    EXPECT_THROW(reader.part(reader.parts()), std::out_of_range);
  }
}

TEST_P(FilesTest, AreStoredOnceForTheSameContentAndType) {
  const auto content = content_of(1'000);
  const auto address = store_->put(content, "image/jpeg");
  EXPECT_EQ(store_->put(content, "image/jpeg"), address);
  EXPECT_NE(store_->put(content, "image/png"), address);
  EXPECT_EQ(stored(), 2);
  EXPECT_EQ(contents(), 2);
}

TEST_P(FilesTest, AreKeptByACommandThatKnowsThem) {
  const auto address = store_->put(content_of(10), "image/jpeg");
  keep(address);
  keep(address);
  EXPECT_EQ(what_of([&] { keep({std::string(64, '0')}); }), "no_such_file");
  town().read_now([&](Snapshot& snapshot, Instant) {
    EXPECT_EQ(files::find(snapshot, address)->size, 10);
    EXPECT_FALSE(files::find(snapshot, {std::string(64, '0')}));
  });
}

TEST_P(FilesTest, AreCollectedADayAfterTheLastPutUnlessKept) {
  const auto orphan = store_->put(content_of(300'000, 1), "image/jpeg");
  const auto kept = store_->put(content_of(10, 2), "image/jpeg");
  keep(kept);
  clock_.move(hours{23});
  const auto again = store_->put(content_of(10, 3), "image/jpeg");
  store_->put(content_of(10, 3), "image/jpeg");
  clock_.move(hours{1} + Microseconds{1});
  EXPECT_EQ(store_->collect_orphans(), 1);
  EXPECT_EQ(contents(), 2);
  EXPECT_THAT(what_of([&] { store_->read(orphan); }), HasSubstr(orphan.text));
  EXPECT_EQ(what_of([&] { keep(orphan); }), "no_such_file");
  EXPECT_THAT(store_->read(kept), SizeIs(10));
  EXPECT_THAT(store_->read(again), SizeIs(10));
  EXPECT_EQ(store_->put(content_of(300'000, 1), "image/jpeg"), orphan);
  EXPECT_EQ(store_->read(orphan), content_of(300'000, 1));
}

TEST_P(FilesTest, AreCollectedByTheHundred) {
  constexpr int count = files::collect_max + 20;
  write([](Transaction& tx, Instant at) {
    // Half of a put each, as a crash leaves it.
    for (int i = 0; i < count; ++i) {
      tx.run(
          "insert into files (address, size, media_type, put_at, complete, kept)"
          " values (:address, 10, 'image/jpeg', :at, 0, 0)",
          {{"address", "a" + std::to_string(i)}, {"at", at}});
    }
  });
  clock_.move(hours{25});
  EXPECT_EQ(store_->collect_orphans(), count);
  EXPECT_EQ(stored(), 0);
}

TEST_P(FilesTest, AreNotKeptHalfWritten) {
  const auto address = store_->put(content_of(10), "image/jpeg");
  write([&](Transaction& tx, Instant) { tx.run("update files set complete = 0"); });
  EXPECT_EQ(what_of([&] { keep(address); }), "no_such_file");
  EXPECT_THAT(what_of([&] { store_->read(address); }), HasSubstr("no such file"));
  store_->put(content_of(10), "image/jpeg");
  keep(address);
}

TEST_P(FilesTest, HaveLimits) {
  EXPECT_EQ(what_of([&] { store_->put(Content(files::file_bytes_max + 1), "image/jpeg"); }),
            "body_too_large");
  EXPECT_THROW(store_->put({}, ""), std::invalid_argument);
}

TEST_P(FilesTest, AreCopiedToABackUp) {
  const auto kept = store_->put(content_of(600'000), "image/jpeg");
  const auto orphan = store_->put(content_of(20), "image/jpeg");
  keep(kept);
  const auto target = folder_.path() / "copy" / "files";
  EXPECT_EQ(store_->copy_all_to(target), 1);
  EXPECT_EQ(store_->copy_all_to(target), 0);
  EXPECT_FALSE(fs::exists(target / orphan.text.substr(0, 2) / orphan.text));
  // The copy is a place to read from.
  EXPECT_EQ(FileStore::in_folder(town(), target)->read(kept), content_of(600'000));
}

TEST_P(FilesTest, ArePutAndCollectedAtTheSameTime) {
  std::atomic<bool> done = false;
  std::thread collector{[&] {
    while (!done) store_->collect_orphans();
  }};
  for (int i = 0; i < 30; ++i) {
    const auto address = store_->put(content_of(20, static_cast<unsigned>(i % 3)), "image/jpeg");
    EXPECT_THAT(store_->read(address), SizeIs(20));
    if (i % 5 == 4) clock_.move(hours{25});
  }
  done = true;
  collector.join();
}

INSTANTIATE_TEST_SUITE_P(Engines, FilesTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

// What disks do.
class FileFolderTest : public FilesTest {
 protected:
  fs::path path_of(const FileAddress& address) const {
    return files_folder() / address.text.substr(0, 2) / address.text;
  }
};

TEST_P(FileFolderTest, NamesTheFileThatWasChanged) {
  const auto address = store_->put(content_of(600'000), "image/jpeg");
  for (const std::streamoff at : {0, 12, 300'000, 600'100}) {
    std::fstream file{path_of(address), std::ios::in | std::ios::out | std::ios::binary};
    file.seekg(at);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(at);
    file.put(byte);
    file.close();
    EXPECT_THAT(what_of([&] { store_->read(address); }), HasSubstr(address.text)) << at;
    std::fstream mended{path_of(address), std::ios::in | std::ios::out | std::ios::binary};
    mended.seekp(at);
    mended.put(static_cast<char>(byte ^ 1));
  }
  EXPECT_EQ(store_->read(address), content_of(600'000));
}

TEST_P(FileFolderTest, NamesTheFileThatWasCutShortOrIsGone) {
  const auto address = store_->put(content_of(600'000), "image/jpeg");
  const auto size = fs::file_size(path_of(address));
  for (const std::uintmax_t left : {size - 1, size - 3, size - 300'000, std::uintmax_t{0}}) {
    fs::resize_file(path_of(address), left);
    EXPECT_THAT(what_of([&] { store_->read(address); }), HasSubstr(address.text)) << left;
  }
  fs::remove(path_of(address));
  EXPECT_THAT(what_of([&] { store_->read(address); }), HasSubstr(address.text));
  // Putting it again mends it.
  EXPECT_EQ(store_->put(content_of(600'000), "image/jpeg"), address);
  EXPECT_EQ(store_->read(address), content_of(600'000));
}

TEST_P(FileFolderTest, TellsPartsThatWereSwapped) {
  const auto address = store_->put(content_of(2 * files::part_bytes), "image/jpeg");
  const auto half = fs::file_size(path_of(address)) / 2;
  std::string bytes(2 * half, '\0');
  std::ifstream{path_of(address), std::ios::binary}.read(bytes.data(),
                                                         static_cast<std::streamsize>(bytes.size()));
  std::rotate(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(half), bytes.end());
  std::ofstream{path_of(address), std::ios::binary} << bytes;
  EXPECT_THAT(what_of([&] { store_->read(address); }), HasSubstr(address.text));
}

TEST_P(FileFolderTest, TellsAFileThatStandsUnderAnothersAddress) {
  const auto one = store_->put(content_of(100, 1), "image/jpeg");
  const auto two = store_->put(content_of(100, 2), "image/jpeg");
  fs::copy_file(path_of(one), path_of(two), fs::copy_options::overwrite_existing);
  EXPECT_THAT(what_of([&] { store_->read(two); }), HasSubstr(two.text));
}

TEST_P(FileFolderTest, CopiesWhatItCanAndNamesWhatItCannot) {
  const auto bad = store_->put(content_of(100, 1), "image/jpeg");
  const auto good = store_->put(content_of(100, 2), "image/jpeg");
  keep(bad);
  keep(good);
  fs::resize_file(path_of(bad), 50);
  const auto target = folder_.path() / "copy";
  EXPECT_THAT(what_of([&] { store_->copy_all_to(target); }), HasSubstr(bad.text));
  EXPECT_TRUE(fs::exists(target / good.text.substr(0, 2) / good.text));
  EXPECT_FALSE(fs::exists(target / bad.text.substr(0, 2) / bad.text));
  EXPECT_TRUE(fs::is_empty(target / "new"));
}

TEST_P(FileFolderTest, SweepsWhatACrashLeftHalfWritten) {
  std::ofstream{files_folder() / "new" / "part-abcdef"} << "half";
  store_->collect_orphans();
  EXPECT_EQ(contents(), 0);
}

TEST_P(FileFolderTest, HoldsNothingReadable) {
  const std::string text(1'000, 'A');
  const auto address = store_->put(Content(text.begin(), text.end()), "text/plain");
  std::string stored(fs::file_size(path_of(address)), '\0');
  std::ifstream{path_of(address), std::ios::binary}.read(stored.data(),
                                                         static_cast<std::streamsize>(stored.size()));
  EXPECT_EQ(stored.find("AAAA"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Sqlite, FileFolderTest, ::testing::Values(storage::Engine::sqlite),
                         testing::engine_name);

}  // namespace

}  // namespace doorstep
