#include "host/python/array_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "host/input/binary_rows.hpp"
#include "host/input/weights_check.hpp"

namespace logmargin::python {

namespace {

constexpr const char* array_name = "array";

/// ArrayWeights reads from an array, which it keeps alive.
class ArrayWeights final : public GivenWeights {
 public:
  explicit ArrayWeights(const Theta& theta)
      : theta_(theta), values_(theta.data()), rows_(theta.shape(0)), columns_(theta.shape(1)) {
    require_weights_width(array_name, columns_);
    name_ = checked_name(array_name, *this);
  }
  ~ArrayWeights() override {
    const nanobind::gil_scoped_acquire lock;
    theta_ = Theta();
  }
  ArrayWeights(const ArrayWeights&) = delete;
  ArrayWeights& operator=(const ArrayWeights&) = delete;

  std::uint64_t rows() const override { return rows_; }
  std::int64_t dim() const override { return static_cast<std::int64_t>(columns_ / 2) - 1; }
  std::string name() const override { return name_; }
  void read(std::uint64_t first, std::size_t count, double* values) const override {
    std::copy_n(values_ + first * columns_, count * columns_, values);
    // The checks were made before, but nothing keeps another thread of the interpreter from writing into the array.
    if (name_.empty() || std::all_of(values, values + count * columns_, [](double x) { return std::isfinite(x); })) {
      return;
    }
    refuse_weights(array_name, "it has been written to while it was trained, and has numbers that are not finite");
  }

 private:
  Theta theta_;
  const double* values_;
  std::size_t rows_;
  std::size_t columns_;
  std::string name_;
};

bool are_given(const Words& words, std::string_view option) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(option); });
}

}  // namespace

std::shared_ptr<const GivenWeights> weights_of(const Theta& theta, Words& words) {
  auto weights = std::make_shared<ArrayWeights>(theta);
  words.push_back("--theta=" + weights->name());
  if (weights->dim() > 1 && !are_given(words, "--dim=")) words.push_back(fmt::format("--dim={}", weights->dim()));
  return weights;
}

std::shared_ptr<const GivenWeights> weights_of(const std::optional<Theta>& theta, Words& words) {
  return theta ? weights_of(*theta, words) : nullptr;
}

}  // namespace logmargin::python
