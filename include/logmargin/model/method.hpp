#pragma once

#include "logmargin/numerics/host_device.hpp"

namespace logmargin {

/// Loss names what training minimises: the mean of a decreasing function of the two margins m = y N(x); see loss.hpp.
enum class Loss : int { exponential, logistic };

/// Method says how a network is trained: by which optimiser, given by its place in Optimizers (see optimizers.hpp),
/// with which parameter, and on which loss. The default is gradient descent on the exponential loss.
struct Method {
  int optimizer = 0;
  double parameter = 0.0;  ///< where the optimiser has one, such as heavy ball's beta; else 0
  Loss loss = Loss::exponential;

  /// Returns whether this is gradient descent on the exponential loss, the method that has closed forms.
  LOGMARGIN_HOST_DEVICE bool is_gd_exponential() const { return optimizer == 0 && loss == Loss::exponential; }
};

}  // namespace logmargin
