#include "host/results/files/tally_file.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

#include "host/cli/experiment_options.hpp"
#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/files/summary_json.hpp"
#include "tests/fuzz/support/tally_bytes_repair.hpp"
#include "tests/host/results/string_sink.hpp"
#include "tests/support/tally_bits.hpp"
#include "tests/support/tally_walk.hpp"

namespace logmargin::tally_file_test {
namespace {

using testing::bits_of;
using testing::StringSink;
using testing::trouble_of_tally_file;
using Json = nlohmann::ordered_json;

const Json& some_config() {
  static const Json config = [] {
    const std::vector<const char*> words = {"sweep",      "--init=he-normal,pytorch", "--trials=10", "--steps=100",
                                            "--seed=5",   "--record=log=1",           "--eps=0.1",   "--device=cpu",
                                            "--out=there"};
    const ParsedOptions options(command_spec("sweep"), static_cast<int>(words.size()), words.data());
    return config_json(read_experiment(options), read_presentation(options));
  }();
  return config;
}
const TrialRange range = {5, 5};

TallyFileHead some_head() { return {TallyFileKind::shard, program_facts(), some_config(), {1, 2}, "a device", 3}; }

RecordedTally some_checkpoint(std::uint64_t cell) {
  RecordedTally tally;
  tally.patterns[cell] = range.trials;
  tally.classified = range.trials;
  for (std::uint64_t i = 0; i < range.trials; ++i) tally.margin.add(1.0 / static_cast<double>(i + cell + 1));
  return tally;
}

HorizonTally some_horizon() {
  HorizonTally tally(1, 1);
  tally.outcome[0] = range.trials;
  tally.dead_points[0] = range.trials;
  tally.dip_margin.add(0.5);
  return tally;
}

/// Two cells of four recorded t: 0, 1, 10, 100.
std::string some_file(const TallyFileHead& head = some_head()) {
  StringSink sink;
  TallyFileWriter writer(sink, head, range);
  for (std::size_t cell = 0; cell < 2; ++cell) {
    writer.begin_cell(cell);
    for (int r = 0; r < 4; ++r) writer.recorded(r, some_checkpoint(cell));
    writer.end_cell(some_horizon());
  }
  writer.finish({1.5, std::nan(""), {64, 1e-15, 4096.0}, {{"cells-0.tally", 0, 2, 77}}});
  return sink.text;
}

std::span<const std::byte> span_of(const std::string& bytes) { return std::as_bytes(std::span(bytes)); }

std::string trouble(const std::string& bytes) { return trouble_of_tally_file(span_of(bytes)); }

/// As a hostile writer would: the checksum is right again.
std::string with_checksum(std::string bytes) {
  const std::size_t at = bytes.size() - 12;
  const auto checksum = ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), at);
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(checksum >> (8 * i) & 0xffU);
  return bytes;
}

TEST(TallyFile, BringsBackHeadCellsAndTail) {
  const std::string bytes = some_file();
  TallyFileReader reader(span_of(bytes), "file");
  EXPECT_EQ(reader.head().config, some_config());
  EXPECT_EQ(reader.head().program, program_facts());
  EXPECT_EQ(reader.head().shard, (Shard{1, 2}));
  EXPECT_EQ(reader.head().device, "a device");
  EXPECT_EQ(reader.head().threads, 3U);
  EXPECT_EQ(reader.tail().seconds, 1.5);
  EXPECT_TRUE(std::isnan(reader.tail().steps_computed));
  EXPECT_EQ(reader.tail().leap_check.networks, 64U);
  EXPECT_EQ(reader.tail().leap_check.largest_difference, 1e-15);
  EXPECT_EQ(reader.tail().leap_check.at_t, 4096.0);
  ASSERT_EQ(reader.tail().cells_files.size(), 1U);
  EXPECT_EQ(reader.tail().cells_files[0].name, "cells-0.tally");
  EXPECT_EQ(reader.tail().cells_files[0].checksum, 77U);
  for (std::uint64_t cell = 0; cell < 2; ++cell) {
    EXPECT_EQ(reader.begin_cell(cell, 10), range);
    for (int r = 0; r < 4; ++r) EXPECT_EQ(bits_of(reader.next_recorded()), bits_of(some_checkpoint(cell)));
    EXPECT_EQ(bits_of(reader.next_horizon({4, 1, 1})), bits_of(some_horizon()));
  }
  reader.require_end();
  EXPECT_EQ(trouble(bytes), "");
}

TEST(TallyFile, CutShortAnywhereIsRefused) {
  const std::string bytes = some_file();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_NE(trouble(bytes.substr(0, size)), "") << size;
  }
  EXPECT_NE(trouble(bytes + "x").find("its end is missing"), std::string::npos);
  EXPECT_NE(trouble(bytes.substr(0, bytes.size() - 1)).find("its end is missing"), std::string::npos);
}

TEST(TallyFile, WithAnyBitFlippedIsRefused) {
  const std::string bytes = some_file();
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    ASSERT_NE(trouble(flipped), "") << "bit " << bit;
  }
}

TEST(TallyFile, SaysWhatItIs) {
  EXPECT_NE(trouble("").find("'file' is refused: it is no tally file"), std::string::npos);
  EXPECT_NE(trouble(std::string(1000, 'x')).find("it is no tally file"), std::string::npos);
  std::string newer = some_file();
  newer[16] = 9;
  EXPECT_NE(trouble(newer).find("version 9 of the format, and this program reads version 4"), std::string::npos);
  std::string flipped = some_file();
  flipped[flipped.size() / 2] ^= 1;
  EXPECT_NE(trouble(flipped).find("checksum"), std::string::npos);
}

/// Bytes that somebody changed on purpose are refused, or are a tally file; nothing else happens.
TEST(TallyFile, SurvivesHostileBytes) {
  const std::string bytes = some_file();
  std::mt19937 random(1);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string hostile = bytes;
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      hostile[below(hostile.size() - 12)] = static_cast<char>(random());
    }
    if (below(4) == 0) hostile.erase(below(hostile.size() - 20), 1 + below(8));
    if (!trouble(with_checksum(hostile)).empty()) ++refused;
  }
  EXPECT_GT(refused, 2000);
}

TEST(TallyFile, AsksForNoMoreThanItHolds) {
  for (const auto& [key, value] : std::vector<std::pair<std::string, Json>>{{"record", "every=1"},
                                                                            {"eta", "1:2:1e6"},
                                                                            {"steps", 1e15},
                                                                            {"trials", -1},
                                                                            {"nonsense", 1},
                                                                            {"init", 5},
                                                                            {"config", "c.toml"}}) {
    TallyFileHead head = some_head();
    head.config[key] = value;
    if (key == "record") head.config["steps"] = 1e7;
    EXPECT_NE(trouble(some_file(head)), "") << key;
  }
  TallyFileHead deep = some_head();
  Json* at = &deep.config["init"];
  for (int i = 0; i < 100; ++i) {
    *at = Json::array({Json::array()});
    at = &(*at)[0];
  }
  EXPECT_NE(trouble(some_file(deep)).find("nested"), std::string::npos);
}

TEST(TallyFile, HasCountsThatAreCounts) {
  const std::string bytes = some_file();
  EXPECT_EQ(trouble(fuzz::file_of(fuzz::parts_of(bytes))), "");
  const std::vector<std::pair<std::string, std::string>> wrong = {{"\"threads\":3", "\"threads\":4294967296"},
                                                                  {"\"shard\":[1,2]", "\"shard\":[1,2e99]"},
                                                                  {"\"shard\":[1,2]", "\"shard\":[-1,2]"},
                                                                  {"\"leap_check\":[64", "\"leap_check\":[1e99"},
                                                                  {"0,2,77]", "0,2,7e77]"}};
  for (const auto& [right, count] : wrong) {
    fuzz::TallyParts parts = fuzz::parts_of(bytes);
    std::string& json = parts.head.find(right) == std::string::npos ? parts.tail : parts.head;
    ASSERT_NE(json.find(right), std::string::npos) << right;
    json.replace(json.find(right), right.size(), count);
    EXPECT_NE(trouble(fuzz::file_of(parts)).find("where a whole number"), std::string::npos) << count;
  }
}

TEST(Difference, NamesTheOptionAndBothValues) {
  TallyFileHead other = some_head();
  other.config["seed"] = 6;
  EXPECT_EQ(difference(some_head(), other), "--seed is 5 there and 6 here");
  other = some_head();
  other.config["init"] = {"he-normal"};
  EXPECT_EQ(difference(some_head(), other), "--init is [\"he-normal\",\"pytorch\"] there and [\"he-normal\"] here");
  other = some_head();
  other.config["spare"] = "exp";
  EXPECT_EQ(difference(some_head(), other), "--spare is not known there");
  EXPECT_EQ(difference(other, some_head()), "--spare is exp there and not known here");
  other = some_head();
  other.program["version"] = "9";
  ASSERT_TRUE(difference(some_head(), other).has_value());
  EXPECT_TRUE(difference(some_head(), other)->starts_with("the program's version is "))
      << *difference(some_head(), other);
}

TEST(Difference, IsNotInWhereAndOnWhat) {
  TallyFileHead other = some_head();
  other.config["device"] = "cuda";
  other.config["out"] = "elsewhere";
  other.config["threads"] = "1";
  other.device = "another";
  other.program["compiler"] = "another";
  EXPECT_EQ(difference(some_head(), other), std::nullopt);
}

}  // namespace
}  // namespace logmargin::tally_file_test
