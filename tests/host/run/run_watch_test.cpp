#include "host/run/run_watch.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace logmargin::run_watch_test {
namespace {

TEST(ProgressText, ShowsShareRateAndTimeLeft) {
  const std::string text = progress_text(2.5e9, 1e10, 5.0);
  EXPECT_TRUE(text.starts_with("[##--------]  25 %")) << text;
  EXPECT_NE(text.find("2.5e+09 of 1e+10 steps"), std::string::npos) << text;
  EXPECT_NE(text.find("5e+08 "), std::string::npos) << text;
  EXPECT_NE(text.find("15 s left"), std::string::npos) << text;
}

TEST(ProgressText, StaysBelowEightyColumns) {
  for (const double total : {1.0, 1.23456e4, 1.23456e18, 9.87654e29}) {
    for (const double share : {0.0, 1.23456e-12, 0.123456, 0.99999, 1.0}) {
      for (const double seconds : {0.0, 0.9876, 123.456, 1.23456e7}) {
        const std::string text = progress_text(share * total, total, seconds);
        EXPECT_LT(text.size(), 80U) << text;
      }
    }
  }
}

TEST(ProgressText, StaysBelowTheColumnsThereAre) {
  for (std::size_t columns = 0; columns <= 80; ++columns) {
    for (const double share : {0.0, 0.123456, 1.0}) {
      const std::string text = progress_text(share * 1.2345e18, 1.2345e18, 123.456, columns);
      EXPECT_LE(text.size() + 1, std::max<std::size_t>(columns, 1)) << text;
      if (columns >= 6) {
        EXPECT_NE(text.find(" %"), std::string::npos) << columns;
      }
      if (columns >= 40) {
        EXPECT_NE(text.find('['), std::string::npos) << columns;
      }
    }
  }
  EXPECT_EQ(progress_text(2.5e9, 1e10, 5.0, 40), "[##--------]  25 %  15 s left");
}

TEST(ProgressText, HasATenCharacterBarAtBothEnds) {
  EXPECT_TRUE(progress_text(0.0, 10.0, 1.0).starts_with("[----------]   0 %"));
  EXPECT_TRUE(progress_text(10.0, 10.0, 1.0).starts_with("[##########] 100 %"));
  EXPECT_TRUE(progress_text(0.0, 0.0, 0.0).starts_with("[----------]   0 %"));
}

TEST(RunWatch, TurnsSignalsIntoARequest) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU}) {
    RunControl control;
    const RunWatch watch(control, 1.0);
    EXPECT_EQ(control.stop_signal, 0);
    ASSERT_EQ(::kill(::getpid(), signal), 0);
    for (int i = 0; i < 500 && control.stop_signal == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(control.stop_signal, signal);
  }
}

/// As nohup starts a program.
TEST(RunWatch, LeavesSignalsAloneThatAreIgnored) {
  for (const int signal : {SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU}) {
    const auto before = std::signal(signal, SIG_IGN);
    {
      RunControl control;
      const RunWatch watch(control, 1.0);
      ASSERT_EQ(::kill(::getpid(), signal), 0);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      EXPECT_EQ(control.stop_signal, 0) << signal;
    }
    std::signal(signal, before);
  }
}

TEST(RunWatch, TellsARunToStopWhenItsTimeIsUp) {
  RunControl control;
  RunWatch watch(control, 1.0);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(control.stop_signal, 0);
  watch.stop_after(0.01);
  for (int i = 0; i < 500 && control.stop_signal == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(control.stop_signal, RunWatch::time_is_up);
}

TEST(RunWatch, WritesLinesWhereStderrIsNoTerminal) {
  ::testing::internal::CaptureStderr();
  {
    RunControl control;
    const RunWatch watch(control, 100.0, 0.02);
    control.count_done(50.0);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(text.starts_with("logmargin: [#####-----]  50 %")) << text;
  EXPECT_GT(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(RunWatch, ShowsNothingWithoutStepsToTake) {
  ::testing::internal::CaptureStderr();
  {
    RunControl control;
    const RunWatch watch(control, 0.0, 0.02);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(RunWatch, CountsSeconds) {
  RunControl control;
  const RunWatch watch(control, 1.0);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_GE(watch.seconds(), 0.03);
  EXPECT_LT(watch.seconds(), 10.0);
}

}  // namespace
}  // namespace logmargin::run_watch_test
