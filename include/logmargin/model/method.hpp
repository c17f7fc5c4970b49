#pragma once

#include "logmargin/numerics/host_device.hpp"

namespace logmargin {

/// What training minimises: the mean of a decreasing function of the two margins m = y N(x); see loss.hpp.
enum class Loss : int { exponential, logistic };

/// How a network is trained: which optimiser, by its place in Optimizers (see optimizers.hpp), with which parameter,
/// and on which loss. By default gradient descent on the exponential loss.
struct Method {
  int optimizer = 0;
  double parameter = 0.0;  ///< where the optimiser has one, such as heavy ball's beta; else 0
  Loss loss = Loss::exponential;

  /// Gradient descent on the exponential loss: what has closed forms.
  LOGMARGIN_HOST_DEVICE bool is_gd_exponential() const { return optimizer == 0 && loss == Loss::exponential; }
};

}  // namespace logmargin
