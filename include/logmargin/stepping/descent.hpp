#pragma once

#include "logmargin/stepping/rise.hpp"

namespace logmargin {

/// Carried says of how many of a group the rises are carried in a round.
enum class Carried : int { none, some, all };

/// PointsInFlight holds points of decoupled data that step together, each with its own rate kappa_ii, so that the steps
/// of one fill the latency of the others'. What each of them comes to does not depend on the others.
template <class V, std::size_t in_flight>
struct PointsInFlight {
  using Lane = V;
  using Share = decltype(leading(V()));

  V rate[in_flight];
  PointState<V> point[in_flight];
  V rise[in_flight];

  template <int terms>
  LOGMARGIN_HOST_DEVICE void begin_round() {
    for (std::size_t k = 0; k < in_flight; ++k) rise[k] = rise_of_round<terms>(rate[k], point[k]);
  }
  LOGMARGIN_HOST_DEVICE Carried which_are_carried() const {
    bool all = true;
    bool none = true;
    for (std::size_t k = 0; k < in_flight; ++k) {
      all = all && lane<V>::in_every_lane(is_carried(rise[k]));
      none = none && lane<V>::in_every_lane(!is_carried(rise[k]));
    }
    return none ? Carried::none : all ? Carried::all : Carried::some;
  }
  /// Takes steps by the rises, which all are carried.
  template <int terms>
  LOGMARGIN_HOST_DEVICE void step_by_rises(std::int64_t steps) {
    bool wrong_fires = false;
    for (std::size_t k = 0; k < in_flight; ++k) {
      wrong_fires = wrong_fires || !lane<V>::in_every_lane(!positive(point[k].wrong));
    }
    if (wrong_fires) return step_with_wrong<terms>(steps);
    for (std::int64_t step = 0; step < steps; ++step) {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) {
        const Share now = rise_now<terms>(rise[k]);
        point[k].correct = raised(point[k].correct, now);
        rise[k] = next_rise<terms>(rise[k], now);
      }
    }
  }
  /// Takes steps with an exponential in each.
  LOGMARGIN_HOST_DEVICE void step_each(std::int64_t steps) {
    for (std::int64_t step = 0; step < steps; ++step) {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) point[k] = gradient_step(rate[k], point[k]);
    }
  }

  /// Takes one step at t, of each point by its rise where that is carried.
  LOGMARGIN_HOST_DEVICE void step_either_way(std::int64_t t) {
    using L = lane<V>;
    PointState<V> stepped[in_flight];
    LOGMARGIN_UNROLLED
    for (std::size_t k = 0; k < in_flight; ++k) stepped[k] = gradient_step(rate[k], point[k]);
    with_decay_terms<V>(t, [&]<int terms>(std::integral_constant<int, terms>) LOGMARGIN_INLINED {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) {
        const auto by_rise = is_carried(rise[k]);
        carry<terms>(shares_of(point[k]), point[k], rise[k]);
        point[k] = {L::select(by_rise, point[k].correct, stepped[k].correct),
                    L::select(by_rise, point[k].wrong, stepped[k].wrong)};
      }
    });
  }

 private:
  /// Shares says which part of the rise is whose: half each where both neurons fire.
  struct Shares {
    Share correct, wrong;
  };
  LOGMARGIN_HOST_DEVICE static Shares shares_of(const PointState<V>& point) {
    const auto correct_fires = positive(point.correct);
    const auto wrong_fires = positive(point.wrong);
    const Share one(1);
    const Share half = lane<Share>::select(correct_fires && wrong_fires, Share(typename lane<Share>::scalar(0.5)), one);
    // A -0 stays: what is not stepped has it too.
    return {zero_unless(correct_fires, half),
            lane<Share>::select(wrong_fires, -half, Share(typename lane<Share>::scalar(-0.0)))};
  }
  template <int terms>
  LOGMARGIN_HOST_DEVICE static void carry(const Shares& shares, PointState<V>& point, V& rise) {
    const Share now = rise_now<terms>(rise);
    point = {raised(point.correct, now, shares.correct), raised(point.wrong, now, shares.wrong)};
    rise = next_rise<terms>(rise, now);
  }
  template <int terms>
  LOGMARGIN_HOST_DEVICE void step_with_wrong(std::int64_t steps) {
    Shares shares[in_flight];
    for (std::size_t k = 0; k < in_flight; ++k) shares[k] = shares_of(point[k]);
    for (std::int64_t step = 0; step < steps; ++step) {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) carry<terms>(shares[k], point[k], rise[k]);
    }
  }
};

/// CarriedNetwork is a network with the rises of its two points.
template <class Number>
struct CarriedNetwork {
  Network<Number> network;
  Number rise[2];
};

template <class Number, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(CarriedNetwork<Number>& carried, Visit&& visit) {
  for_each_column(carried.network, visit);
  for (Number& rise : carried.rise) visit(rise);
}

inline constexpr int carried_columns = network_columns + 2;  ///< that for_each_column visits

/// NetworksInFlight holds networks of coupled points in the same way. The rises of a network are carried where only
/// right neurons fire: each then climbs on its own, and its pre-activation at the other point moves along.
template <class V, std::size_t in_flight>
struct NetworksInFlight {
  using Lane = V;
  using Share = decltype(leading(V()));

  Rates<V> rates;
  CarriedNetwork<V> carried[in_flight];

  template <int terms>
  LOGMARGIN_HOST_DEVICE void begin_round() {
    for (CarriedNetwork<V>& of : carried) {
      const Network<V>& z = of.network;
      const V first = rise_of_round<terms>(rates.positive, PointState<V>{z.z11, z.z21});
      const V second = rise_of_round<terms>(rates.negative, PointState<V>{z.z22, z.z12});
      const auto both = is_carried(first) && is_carried(second) && stays_silent(z.z12, rates.first_follows, first) &&
                        stays_silent(z.z21, rates.second_follows, second);
      of.rise[0] = carried_where(both, first);
      of.rise[1] = carried_where(both, second);
    }
  }
  LOGMARGIN_HOST_DEVICE Carried which_are_carried() const {
    bool all = true;
    bool none = true;
    for (const CarriedNetwork<V>& of : carried) {
      all = all && lane<V>::in_every_lane(is_carried(of.rise[0]));
      none = none && lane<V>::in_every_lane(!is_carried(of.rise[0]));
    }
    return none ? Carried::none : all ? Carried::all : Carried::some;
  }
  template <int terms>
  LOGMARGIN_HOST_DEVICE void step_by_rises(std::int64_t steps) {
    for (std::int64_t step = 0; step < steps; ++step) {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) carry<terms>(carried[k]);
    }
  }
  LOGMARGIN_HOST_DEVICE void step_each(std::int64_t steps) {
    for (std::int64_t step = 0; step < steps; ++step) {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) {
        carried[k].network = gradient_step<true>(rates, carried[k].network);
      }
    }
  }

  LOGMARGIN_HOST_DEVICE void step_either_way(std::int64_t t) {
    using L = lane<V>;
    Network<V> stepped[in_flight];
    LOGMARGIN_UNROLLED
    for (std::size_t k = 0; k < in_flight; ++k) stepped[k] = gradient_step<true>(rates, carried[k].network);
    with_decay_terms<V>(t, [&]<int terms>(std::integral_constant<int, terms>) LOGMARGIN_INLINED {
      LOGMARGIN_UNROLLED
      for (std::size_t k = 0; k < in_flight; ++k) {
        CarriedNetwork<V>& of = carried[k];
        const auto by_rises = is_carried(of.rise[0]);
        carry<terms>(of);
        const Network<V>& z = of.network;
        of.network = {L::select(by_rises, z.z11, stepped[k].z11), L::select(by_rises, z.z12, stepped[k].z12),
                      L::select(by_rises, z.z21, stepped[k].z21), L::select(by_rises, z.z22, stepped[k].z22)};
      }
    });
  }

 private:
  /// Says whether a neuron that does not fire stays so in the round, whatever moves it from the other point.
  LOGMARGIN_HOST_DEVICE static auto stays_silent(const V& z, const V& follows, const V& rise) {
    const Share move = leading(follows) * leading(rise);
    // A ratio of rates beyond the range gives no number here, or infinity.
    return move - move == Share(0) &&
           leading(z) + Share(static_cast<int>(2 * round_steps)) * zero_unless(positive(move), move) <= Share(0);
  }
  template <int terms>
  LOGMARGIN_HOST_DEVICE void carry(CarriedNetwork<V>& of) const {
    using L = lane<V>;
    const Share first = rise_now<terms>(of.rise[0]);
    const Share second = rise_now<terms>(of.rise[1]);
    const Network<V>& z = of.network;
    of = {{raised(z.z11, first), L::fma(rates.first_follows, first, z.z12), L::fma(rates.second_follows, second, z.z21),
           raised(z.z22, second)},
          {next_rise<terms>(of.rise[0], first), next_rise<terms>(of.rise[1], second)}};
  }
};

/// Takes a group in flight so many steps from t on: this is gradient descent on the exponential loss as every engine
/// computes it. Where a round is left and taken up again changes no bit, since the rises are kept. Precondition: the
/// rises are those that the steps to t left, unless t begins a round or is not above first_carried_t.
template <class Group>
LOGMARGIN_HOST_DEVICE void descend(Group& group, std::int64_t t, std::int64_t steps) {
  using V = typename Group::Lane;
  constexpr std::int64_t first = first_carried_t<V>;
  while (steps > 0) {
    const std::int64_t left_of_round = t < first ? first - t : round_steps - t % round_steps;
    const std::int64_t now = steps < left_of_round ? steps : left_of_round;
    if (t >= first && left_of_round == round_steps) {
      with_decay_terms<V>(t, [&]<int terms>(std::integral_constant<int, terms>)
                                 LOGMARGIN_INLINED { group.template begin_round<terms>(); });
    }
    const Carried which = t < first ? Carried::none : group.which_are_carried();
    if (which == Carried::none) {
      group.step_each(now);
    } else if (which == Carried::all) {
      with_decay_terms<V>(t, [&]<int terms>(std::integral_constant<int, terms>)
                                 LOGMARGIN_INLINED { group.template step_by_rises<terms>(now); });
    } else {
      for (std::int64_t step = 0; step < now; ++step) group.step_either_way(t);
    }
    t += now;
    steps -= now;
  }
}

/// Takes one point so many steps from t on.
template <class Number>
LOGMARGIN_HOST_DEVICE void descend(const Number& rate, PointState<Number>& point, Number& rise, std::int64_t t,
                                   std::int64_t steps) {
  PointsInFlight<Number, 1> group = {{rate}, {point}, {rise}};
  descend(group, t, steps);
  point = group.point[0];
  rise = group.rise[0];
}

/// Takes one network so many steps from t on.
template <bool coupled, class Number>
LOGMARGIN_HOST_DEVICE void descend(const Rates<Number>& rates, CarriedNetwork<Number>& carried, std::int64_t t,
                                   std::int64_t steps) {
  if constexpr (coupled) {
    NetworksInFlight<Number, 1> group = {rates, {carried}};
    descend(group, t, steps);
    carried = group.carried[0];
  } else {
    const Network<Number>& z = carried.network;
    PointsInFlight<Number, 2> group = {
        {rates.positive, rates.negative}, {{z.z11, z.z21}, {z.z22, z.z12}}, {carried.rise[0], carried.rise[1]}};
    descend(group, t, steps);
    carried = {{group.point[0].correct, group.point[1].wrong, group.point[0].wrong, group.point[1].correct},
               {group.rise[0], group.rise[1]}};
  }
}

/// Returns whether no step from t on changes the network any more: neither the next, nor the first of the next round in
/// which rises may be carried, nor one with an exponential of its own. Later ones are those: rises only fall within a
/// round, and from round to round fewer are carried.
template <bool coupled, class Number>
LOGMARGIN_HOST_DEVICE bool rests(const Rates<Number>& rates, const CarriedNetwork<Number>& carried, std::int64_t t) {
  const Network<Number>& now = carried.network;
  CarriedNetwork<Number> next = carried;
  descend<coupled>(rates, next, t, 1);
  CarriedNetwork<Number> renewed = carried;
  const std::int64_t round = (t / round_steps + 1) * round_steps;
  descend<coupled>(rates, renewed, round > first_carried_t<Number> ? round : first_carried_t<Number>, 1);
  return same_numbers(next.network, now) && same_numbers(renewed.network, now) &&
         same_numbers(gradient_step<coupled>(rates, now), now);
}

}  // namespace logmargin
