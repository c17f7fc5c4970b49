#include "host/results/files/tally_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "host/error.hpp"
#include "host/results/files/checksum.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/reading/shallow_json.hpp"
#include "host/tally/tally_bytes.hpp"

namespace logmargin {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view magic = "logmargin tally\n";
constexpr std::string_view end_mark = "tallyend";
constexpr std::size_t start_bytes = magic.size() + 4 + 4;
constexpr std::size_t trailer_bytes = 8 + 4 + end_mark.size();
constexpr std::array<std::string_view, 3> kind_names = {"shard", "cells", "state"};

Json json_of(const TallyFileHead& head) {
  return {
      {"kind", kind_names[static_cast<std::size_t>(head.kind)]}, {"program", head.program}, {"config", head.config},
      {"shard", {head.shard.index, head.shard.count}},           {"device", head.device},   {"threads", head.threads}};
}

Json json_of(const TallyFileTail& tail) {
  Json files = Json::array();
  for (const CellsFile& file : tail.cells_files) {
    files.push_back({file.name, file.first_cell, file.end_cell, file.checksum});
  }
  Json rows_files = Json::array();
  for (const RowsFile& file : tail.rows_files) rows_files.push_back({file.name, file.checksum});
  const Sensitivity& sensitivity = tail.leap_check.sensitivity;
  // nlohmann's dump writes null for NaN.
  return {{"seconds", tail.seconds},
          {"steps_computed", tail.steps_computed},
          {"leap_check", {tail.leap_check.networks, tail.leap_check.largest_difference, tail.leap_check.at_t}},
          {"sensitivity", {sensitivity.networks, sensitivity.chaotic, sensitivity.largest_change, sensitivity.at_t}},
          {"cells_files", files},
          {"rows_files", rows_files}};
}

TallyFileHead head_of(const Json& json) {
  const auto kind = std::find(kind_names.begin(), kind_names.end(), json.at("kind").get<std::string>());
  const Shard shard = {count_of(json.at("shard").at(0)), count_of(json.at("shard").at(1))};
  const Json& program = json.at("program");
  if (kind == kind_names.end() || shard.index >= shard.count || shard.count > most_shards ||
      !json.at("config").is_object() || !program.at("version").is_string() || !program.at("git_revision").is_string()) {
    throw MalformedBytes("its head makes no sense");
  }
  return {static_cast<TallyFileKind>(kind - kind_names.begin()),
          program,
          json.at("config"),
          shard,
          json.at("device").get<std::string>(),
          static_cast<unsigned>(count_of(json.at("threads"), std::numeric_limits<unsigned>::max()))};
}

TallyFileTail tail_of(const Json& json) {
  const Json& steps = json.at("steps_computed");
  const Json& check = json.at("leap_check");
  const Json& twice = json.at("sensitivity");
  TallyFileTail tail = {
      json.at("seconds").get<double>(),
      steps.is_null() ? std::nan("") : steps.get<double>(),
      {count_of(check.at(0)),
       check.at(1).get<double>(),
       check.at(2).get<double>(),
       {count_of(twice.at(0)), count_of(twice.at(1)), twice.at(2).get<double>(), twice.at(3).get<double>()}}};
  constexpr std::uint64_t largest_checksum = std::numeric_limits<std::uint32_t>::max();
  for (const Json& file : json.at("cells_files")) {
    tail.cells_files.push_back({file.at(0).get<std::string>(), count_of(file.at(1)), count_of(file.at(2)),
                                static_cast<std::uint32_t>(count_of(file.at(3), largest_checksum))});
  }
  for (const Json& file : json.at("rows_files")) {
    tail.rows_files.push_back(
        {file.at(0).get<std::string>(), static_cast<std::uint32_t>(count_of(file.at(1), largest_checksum))});
  }
  return tail;
}

std::string_view view_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TallyFileWriter::TallyFileWriter(TextSink& sink, const TallyFileHead& head, TrialRange range)
    : sink_(sink), range_(range) {
  bytes_.raw(magic);
  bytes_.fixed32(tally_format_version);
  bytes_.fixed32(continue_checksum(0, results_config(head.config)));
  bytes_.text(json_text(json_of(head)));
  flush();
}

void TallyFileWriter::flush() {
  sink_.write(bytes_.bytes());
  checksum_ = continue_checksum(checksum_, bytes_.bytes());
  written_ += bytes_.bytes().size();
  bytes_.clear();
}

void TallyFileWriter::begin_cell(std::size_t index) {
  bytes_.number(index);
  bytes_.number(range_.first);
  bytes_.number(range_.trials);
}

void TallyFileWriter::recorded(double, const RecordedTally& tally) {
  write_tally(bytes_, tally);
  flush();
}

void TallyFileWriter::end_cell(const HorizonTally& tally) {
  write_tally(bytes_, tally);
  flush();
}

std::uint32_t TallyFileWriter::finish(const TallyFileTail& tail) {
  const std::uint64_t tail_offset = written_;
  bytes_.raw(json_text(json_of(tail)));
  bytes_.fixed64(tail_offset);
  flush();
  const std::uint32_t checksum = checksum_;
  bytes_.fixed32(checksum);
  bytes_.raw(end_mark);
  flush();
  return checksum;
}

std::string shard_file_name(const Shard& shard) {
  return fmt::format("shard-{}-of-{}.tally", shard.index, shard.count);
}

std::string shard_rows_name(const Shard& shard) { return fmt::format("shard-{}-of-{}.rows", shard.index, shard.count); }

TallyFileReader::TallyFileReader(std::span<const std::byte> bytes, std::string name) : name_(std::move(name)) {
  const std::string_view all = view_of(bytes);
  if (!all.starts_with(magic)) refuse("it is no tally file of logmargin");
  if (all.size() < start_bytes + trailer_bytes) refuse("it is cut short");
  try {
    ByteReader start(bytes.subspan(magic.size()));
    const std::uint32_t version = start.fixed32();
    if (version != tally_format_version) {
      refuse(fmt::format("it has version {} of the format, and this program reads version {}", version,
                         tally_format_version));
    }
    if (!all.ends_with(end_mark)) refuse("it is damaged: its end is missing");
    ByteReader trailer(bytes.last(trailer_bytes));
    const std::uint64_t tail_offset = trailer.fixed64();
    checksum_ = trailer.fixed32();
    if (continue_checksum(0, all.substr(0, all.size() - trailer_bytes + 8)) != checksum_) {
      refuse("it is damaged: its checksum is not that of its bytes");
    }
    const std::uint32_t config_checksum = start.fixed32();
    head_ = head_of(Json::parse(start.text(), shallow()));
    if (continue_checksum(0, results_config(head_.config)) != config_checksum)
      throw MalformedBytes("its configuration was changed");
    const std::size_t cells_offset = bytes.size() - start.remaining();
    const std::size_t tail_end = bytes.size() - trailer_bytes;
    if (tail_offset < cells_offset || tail_offset > tail_end) throw MalformedBytes("its tail makes no sense");
    tail_ = tail_of(Json::parse(all.substr(tail_offset, tail_end - tail_offset), shallow()));
    cells_ = ByteReader(bytes.subspan(cells_offset, tail_offset - cells_offset));
  } catch (const MalformedBytes& error) {
    refuse(fmt::format("it is damaged: {}", error.what()));
  } catch (const UnexpectedJson& error) {
    refuse(fmt::format("it is damaged: {}", error.what()));
  } catch (const Json::exception& error) {
    refuse(fmt::format("it is damaged: {}", error.what()));
  }
}

void TallyFileReader::refuse(std::string_view what) const {
  throw FileError(fmt::format("'{}' is refused: {}", name_, what));
}

TrialRange TallyFileReader::begin_cell(std::uint64_t index, std::uint64_t plan_trials) {
  try {
    const std::uint64_t found = cells_.number();
    const TrialRange range = {cells_.number(), cells_.number()};
    if (found != index) refuse(fmt::format("it goes on with cell {} where cell {} is due", found, index));
    if (range.first > plan_trials || range.trials > plan_trials - range.first) {
      refuse(fmt::format("cell {} has trials beyond the {} of the run", index, plan_trials));
    }
    trials_ = range.trials;
    return range;
  } catch (const MalformedBytes& error) {
    refuse(fmt::format("it is damaged: cell {}: {}", index, error.what()));
  }
}

RecordedTally TallyFileReader::next_recorded() {
  try {
    return read_checkpoint_tally(cells_, trials_);
  } catch (const MalformedBytes& error) {
    refuse(fmt::format("it is damaged: {}", error.what()));
  }
}

HorizonTally TallyFileReader::next_horizon(const TallySizes& sizes) {
  try {
    return read_horizon_tally(cells_, sizes, trials_);
  } catch (const MalformedBytes& error) {
    refuse(fmt::format("it is damaged: {}", error.what()));
  }
}

void TallyFileReader::require_end() const {
  if (cells_.remaining() != 0) refuse("it is damaged: it goes on beyond its last cell");
}

std::optional<std::string> difference(const TallyFileHead& there, const TallyFileHead& here) {
  for (const char* key : {"version", "git_revision"}) {
    if (there.program[key] != here.program[key]) {
      return fmt::format("the program's {} is {} there and {} here", key, there.program[key].get<std::string>(),
                         here.program[key].get<std::string>());
    }
  }
  return difference(there.config, here.config);
}

}  // namespace logmargin
