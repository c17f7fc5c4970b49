#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "logmargin/model/gradient_step.hpp"

namespace logmargin::testing {

/// What the numbers that states are kept in do in a step by rises, once more and one number at a time.
inline double power(double x) { return exponential(x); }
inline float power(const Pair<float>& x) { return exponential(x); }
inline double first_part(double x) { return x; }
inline float first_part(const Pair<float>& x) { return x.high; }

/// Returns e^-x - 1 by the polynomial for steps from t on.
template <class Float>
Float polynomial(std::int64_t t, Float x) {
  std::vector<double> terms = {-0x1.ffffffffdb3d8p-1, 0x1.ffff1261787e4p-2};
  if (t < 65536) terms = {-0x1.fffffffffe0b0p-1, 0x1.ffffff41fd223p-2, -0x1.5540d8a6071bep-3};
  if (t < 2048) {
    terms = {-0x1.ffffffffffee1p-1, 0x1.ffffffff811b7p-2, -0x1.5555543184b94p-3, 0x1.55530b46d3c0fp-5,
             -0x1.0efa51969cb9fp-7};
  }
  Float sum = static_cast<Float>(terms.back());
  for (std::size_t k = terms.size() - 1; k-- > 0;) sum = std::fma(sum, x, static_cast<Float>(terms[k]));
  return x * sum;
}

struct PlainRise {
  bool carried = true;
  double now = 0.0;

  void set(double rate, double weight) { now = rate * weight; }
  double value(std::int64_t) const { return now; }
  void go_on(std::int64_t t) { now = std::fma(now, polynomial(t, now), now); }
  static double add(double z, double rise, double share) { return std::fma(rise, share, z); }
  static constexpr std::int64_t from_t = 64;
};

struct PlainPairRise {
  bool carried = true;
  float first = 0.0F;
  float passed = 0.0F;

  void set(const Pair<float>& rate, float weight) {
    first = std::fma(rate.high, weight, rate.low * weight);
    passed = 0.0F;
  }
  float value(std::int64_t t) const { return std::fma(first, polynomial(t, passed), first); }
  void go_on(std::int64_t t) { passed += value(t); }
  static Pair<float> add(const Pair<float>& z, float rise, float share) {
    const float low = std::fma(rise, share, z.low);
    const float high = z.high + low;
    return {high, low - (high - z.high)};
  }
  static constexpr std::int64_t from_t = 2048;
};

inline PlainRise plain_rise(double) { return {}; }
inline PlainPairRise plain_rise(const Pair<float>&) { return {}; }

/// PlainDescent is one network under gradient descent on the exponential loss: every step as it is defined, with none
/// of the loops that the engines share.
template <class Number>
class PlainDescent {
 public:
  PlainDescent(const Problem& problem, const Network<Number>& from, std::int64_t t = 0)
      : problem_(problem), network_(from), t_(t) {}

  const Network<Number>& network() const { return network_; }

  void step() {
    if (t_ >= Rise::from_t && t_ % 32 == 0) begin_round();
    if (problem_.has_orthogonal_points()) {
      step_point(problem_.rate_positive, rise_[0], network_.z11, network_.z21);
      step_point(problem_.rate_negative, rise_[1], network_.z22, network_.z12);
    } else if (t_ >= Rise::from_t && rise_[0].carried) {
      const auto first = rise_[0].value(t_);
      const auto second = rise_[1].value(t_);
      using L = lane<Number>;
      network_.z12 = L::fma(Number(problem_.rate_coupling / problem_.rate_positive), first, network_.z12);
      network_.z21 = L::fma(Number(problem_.rate_coupling / problem_.rate_negative), second, network_.z21);
      network_.z11 = Rise::add(network_.z11, first, 1);
      network_.z22 = Rise::add(network_.z22, second, 1);
      for (Rise& rise : rise_) rise.go_on(t_);
    } else {
      network_ = gradient_step(problem_, network_);
    }
    ++t_;
  }
  void step_to(std::int64_t t) {
    while (t_ < t) step();
  }

 private:
  using Rise = decltype(plain_rise(Number()));

  void begin_round() {
    begin(problem_.rate_positive, rise_[0], network_.z11, network_.z21);
    begin(problem_.rate_negative, rise_[1], network_.z22, network_.z12);
    if (problem_.has_orthogonal_points()) return;
    const bool both = rise_[0].carried && rise_[1].carried && silent(problem_.rate_positive, rise_[0], network_.z12) &&
                      silent(problem_.rate_negative, rise_[1], network_.z21);
    rise_[0].carried = rise_[1].carried = both;
  }
  void begin(double rate, Rise& rise, const Number& correct, const Number& wrong) const {
    const bool correct_fires = first_part(correct) > 0;
    const bool wrong_fires = first_part(wrong) > 0;
    const auto share = static_cast<decltype(power(correct))>((correct_fires ? 1 : 0) + (wrong_fires ? 1 : 0));
    rise.set(Number(rate),
             power((wrong_fires ? wrong : Number(0.0)) - (correct_fires ? correct : Number(0.0))) * share);
    const double most = t_ >= 65536 ? 0x1p-16 : t_ >= 2048 ? 0x1p-11 : 0x1p-6;
    const auto now = rise.value(t_);
    rise.carried = now < most && (!correct_fires || first_part(correct) > 64 * now) &&
                   (!wrong_fires || first_part(wrong) > 64 * now);
  }
  bool silent(double rate, const Rise& rise, const Number& z) const {
    const auto move = first_part(Number(problem_.rate_coupling / rate)) * rise.value(t_);
    return std::isfinite(move) && first_part(z) + 64 * (move > 0 ? move : 0) <= 0;
  }
  void step_point(double rate, Rise& rise, Number& correct, Number& wrong) const {
    if (t_ < Rise::from_t || !rise.carried) {
      const PointState<Number> next = gradient_step(Number(rate), PointState<Number>{correct, wrong});
      correct = next.correct;
      wrong = next.wrong;
      return;
    }
    const bool correct_fires = first_part(correct) > 0;
    const bool wrong_fires = first_part(wrong) > 0;
    const auto now = rise.value(t_);
    const decltype(rise.value(t_)) share = correct_fires && wrong_fires ? 0.5F : 1.0F;
    if (correct_fires) correct = Rise::add(correct, now, share);
    if (wrong_fires) wrong = Rise::add(wrong, now, -share);
    rise.go_on(t_);
  }

  Problem problem_;
  Network<Number> network_;
  std::int64_t t_;
  Rise rise_[2] = {plain_rise(Number()), plain_rise(Number())};
};

/// Returns a network after its first steps.
template <class Number>
Network<Number> plain_steps(const Problem& problem, const Network<Number>& from, std::int64_t steps) {
  PlainDescent<Number> descent(problem, from);
  descent.step_to(steps);
  return descent.network();
}

}  // namespace logmargin::testing
