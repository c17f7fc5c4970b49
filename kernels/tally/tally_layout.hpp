#pragma once

#include "kernels/tally/bin_window.hpp"
#include "logmargin/measure/quantities.hpp"
#include "logmargin/numerics/long_digits.hpp"

namespace logmargin {

/// Returns the bins with counters of their own for values of a scale.
LOGMARGIN_HOST_DEVICE constexpr BinWindow window_of(BinScale scale) {
  return scale == BinScale::relative ? positive_window() : logarithmic_window();
}

/// RecordedShape says what is counted at a recorded t: patterns and classified, then the recorded quantities.
struct RecordedShape {
  static constexpr int categories = 17;
  static constexpr int classified_category = 16;
  static constexpr int quantities = RecordedQuantities::quantities;

  LOGMARGIN_HOST_DEVICE static constexpr BinWindow window(int quantity) {
    return window_of(RecordedQuantities::scale(quantity));
  }
};

/// HorizonShape says what is counted at the horizon for one fit. First come outcomes, numbers of dead points, best
/// laws, changes from a power law at the first fit to 1/ln t at this one, and what networks say of their law. The
/// quantities of the horizon and those of the fit follow.
struct HorizonShape {
  static constexpr int first_dead_points = outcomes;
  static constexpr int first_best_fit = first_dead_points + 3;
  static constexpr int changed_law = first_best_fit + fitted_laws;
  static constexpr int first_law = changed_law + 1;
  static constexpr int categories = first_law + law_checks;
  static constexpr int first_of_fit = HorizonQuantities::quantities;
  static constexpr int quantities = first_of_fit + FitQuantities::quantities;

  LOGMARGIN_HOST_DEVICE static constexpr BinWindow window(int quantity) {
    return window_of(quantity < first_of_fit ? HorizonQuantities::scale(quantity)
                                             : FitQuantities::scale(quantity - first_of_fit));
  }
};

/// TimeShape says what is counted of t_eps for one threshold: networks without a time, by Category, then log10 t_eps of
/// the others.
struct TimeShape {
  enum Category : int { never_above, never_within, not_known };
  static constexpr int categories = 3;
  static constexpr int quantities = 1;

  LOGMARGIN_HOST_DEVICE static constexpr BinWindow window(int) { return step_count_window(); }
};

/// TallyLayout says where a shape's numbers lie among the 64-bit words and the bin counters of one recorded t. Words
/// before sum_words add. The rest are extremes, as ordered keys: counted from sum_words, even words hold a least value
/// and odd ones a largest.
template <class Shape>
struct TallyLayout {
  static constexpr int words_of_quantity = 1 + long_sum_digits;
  static constexpr int sum_words = Shape::categories + Shape::quantities * words_of_quantity;
  static constexpr int words = sum_words + 2 * Shape::quantities;

  LOGMARGIN_HOST_DEVICE static constexpr int count_word(int quantity) {
    return Shape::categories + quantity * words_of_quantity;
  }
  LOGMARGIN_HOST_DEVICE static constexpr int digit_word(int quantity) { return count_word(quantity) + 1; }
  LOGMARGIN_HOST_DEVICE static constexpr int least_word(int quantity) { return sum_words + 2 * quantity; }
  LOGMARGIN_HOST_DEVICE static constexpr int largest_word(int quantity) { return sum_words + 2 * quantity + 1; }
  LOGMARGIN_HOST_DEVICE static constexpr bool is_least(int word) {
    return word >= sum_words && (word - sum_words) % 2 == 0;
  }

  /// Returns the first slot of a quantity. quantity = Shape::quantities gives the number of all slots.
  LOGMARGIN_HOST_DEVICE static constexpr std::uint32_t first_slot(int quantity) {
    std::uint32_t first = 0;
    for (int q = 0; q < quantity; ++q) first += Shape::window(q).slots();
    return first;
  }
  static constexpr std::uint32_t slots = first_slot(Shape::quantities);
};

}  // namespace logmargin
