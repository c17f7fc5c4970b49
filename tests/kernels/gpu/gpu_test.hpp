#pragma once

#include <gtest/gtest.h>

#include "kernels/runtime/gpu_description.hpp"

namespace logmargin::testing {

/// Skips, with the reason, where no GPU can be used.
class GpuTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const GpuDescription report = report_gpus();
    if (!report.trouble.empty()) GTEST_SKIP() << report.trouble;
    if (!report.devices[0].trouble.empty()) GTEST_SKIP() << report.devices[0].trouble;
    device = report.devices[0];
  }

  GpuDevice device{};
};

}  // namespace logmargin::testing
