#pragma once

#include <cstddef>
#include <string_view>

#include "logmargin/model/normalised_loss_gradient.hpp"

namespace logmargin {

/// ExpectedLaw is the law that the gap of a converging network is expected to follow.
enum class ExpectedLaw : int {
  inverse_log,    ///< gap ln t -> C
  inverse_power,  ///< gap t -> a constant
  none            ///< nothing is known for two ReLU neurons
};

/// OptimizerFacts holds what the program says of an optimiser, and asks of it.
struct OptimizerFacts {
  std::string_view name;                ///< as --optimizer takes it
  std::string_view parameter = {};      ///< its name in NAME=PARAMETER, a number >= 0 and < 1; empty where it has none
  std::string_view summary;             ///< for people
  ExpectedLaw law = ExpectedLaw::none;  ///< under the losses that there are
  double growth = 0.0;                  ///< of inverse_log: active pre-activations go like growth ln t
  std::string_view constant = {};       ///< C of the law at the points +1 and -1; delta is z_21 - z_12 at the end
  std::string_view source;              ///< of the law
  bool forgets_time = false;            ///< a step that changes nothing is followed by no other that does
  bool may_rest = false;                ///< a step can leave an active pre-activation where it is, and a later one not
  bool takes_steps = true;              ///< else it is continuous in t and goes to any t directly, see GradientFlow
  int orthogonal_scale_column =
      -1;  ///< of its memory: what scales a OrthogonalComponent too; none does under most optimisers
};

/// Setting holds what the steps of a cell share, broadcast to the lane type once.
template <class V>
struct Setting {
  Rates<V> rates;
  V parameter;
  V first_position, second_position, inverse_span, inverse_stretch;

  LOGMARGIN_HOST_DEVICE explicit Setting(const Problem& problem)
      : rates(problem),
        parameter(problem.method.parameter),
        first_position(problem.positive_position),
        second_position(problem.negative_position),
        inverse_span(1.0 / (problem.positive_position - problem.negative_position)),
        inverse_stretch(1.0 / (1.0 + problem.offset * problem.offset)) {}
};

/// Start is a network before its first step.
template <class V>
struct Start {
  Network<V> network;
  V orthogonal_square;  ///< what |theta|^2 has beside what the pre-activations show, see squared_size; 0 on the line
};

/// NoMemory is for optimisers that remember nothing from step to step.
template <class V>
struct NoMemory {};

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(NoMemory<V>&, Visit&&) {}

/// NetworkMemory is one network's worth of numbers, such as a velocity or earlier pre-activations.
template <class V>
struct NetworkMemory {
  Network<V> network;
};

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(NetworkMemory<V>& memory, Visit&& visit) {
  for_each_column(memory.network, visit);
}

/// Takes one step of several networks at once. What an optimiser does at some t alone, before the step there, is its
/// prepare(setting, network, memory), and prepares(t) says when. So t is looked at once for all of them.
template <class Optimizer, class OfLoss, std::size_t count, class V, class Memory>
LOGMARGIN_HOST_DEVICE void take_step(const Setting<V>& setting, double t, Network<V> (&networks)[count],
                                     Memory (&memories)[count]) {
  if constexpr (requires { Optimizer::prepares(t); }) {
    if (Optimizer::prepares(t)) {
      for (std::size_t k = 0; k < count; ++k) Optimizer::prepare(setting, networks[k], memories[k]);
    }
  }
#if !defined(__CUDACC__)  // nvcc takes it for a mistake, and has one network a thread
#pragma GCC unroll 8
#endif
  for (std::size_t k = 0; k < count; ++k) Optimizer::template step<OfLoss>(setting, t, networks[k], memories[k]);
}

template <class V>
LOGMARGIN_HOST_DEVICE Network<V> operator+(const Network<V>& a, const Network<V>& b) {
  return {a.z11 + b.z11, a.z12 + b.z12, a.z21 + b.z21, a.z22 + b.z22};
}
template <class V>
LOGMARGIN_HOST_DEVICE Network<V> operator-(const Network<V>& a, const Network<V>& b) {
  return {a.z11 - b.z11, a.z12 - b.z12, a.z21 - b.z21, a.z22 - b.z22};
}
template <class V>
LOGMARGIN_HOST_DEVICE Network<V> operator*(V factor, const Network<V>& a) {
  return {factor * a.z11, factor * a.z12, factor * a.z21, factor * a.z22};
}
template <class V>
LOGMARGIN_HOST_DEVICE Network<V> zero_network() {
  return {V(0.0), V(0.0), V(0.0), V(0.0)};
}

}  // namespace logmargin
