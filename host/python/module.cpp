#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "host/cli/option_table.hpp"
#include "host/commands/command_line.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/python/stories.hpp"
#include "host/python/sweeping.hpp"
#include "host/python/training.hpp"
#include "host/results/files/summary_json.hpp"

namespace logmargin::python {

namespace {

/// Turns the project's errors into Python's.
void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const UsageError& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  } catch (const FileError& error) {
    PyErr_SetString(PyExc_OSError, error.what());
  } catch (const DeviceError& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  } catch (const Interrupted& error) {
    PyErr_SetString(PyExc_KeyboardInterrupt, error.what());
  } catch (const std::system_error& error) {
    PyErr_SetString(PyExc_OSError, error.what());
  }
}

int program(const std::vector<nanobind::bytes>& arguments) {
  std::vector<const char*> pointers;
  for (const nanobind::bytes& argument : arguments) pointers.push_back(argument.c_str());
  const nanobind::gil_scoped_release unlocked;
  return run_command_line(static_cast<int>(pointers.size()), pointers.data());
}

/// Returns (name, placeholder, default, help, separator) of each option of a command.
nanobind::list options(std::string_view command) {
  nanobind::list all;
  for (const OptionSpec& option : command_spec(command).options) {
    const std::string separator(option.separator == '\0' ? 0 : 1, option.separator);
    all.append(nanobind::make_tuple(option.name, option.argument, option.standard, option.help, separator));
  }
  return all;
}

}  // namespace

}  // namespace logmargin::python

NB_MODULE(_core, module) {
  using namespace logmargin::python;
  using nanobind::arg;
  module.doc() = "The trainer of logmargin, as its Python package calls it.";
  nanobind::register_exception_translator(translate);
  module.def("program", &program, arg("arguments"), "Runs the program, and returns its exit status.");
  module.def("options", &options, arg("command"),
             "Returns name, placeholder, default, help and separator of each option of a command.");
  module.def(
      "devices",
      [] {
        const nanobind::gil_scoped_release unlocked;
        return logmargin::devices_text();
      },
      "Tells what this build can compute on.");
  module.def(
      "version", [] { return logmargin::program_facts()["version"].get<std::string>(); }, "Returns the version.");
  add_sweep(module);
  add_training(module);
  add_stories(module);
}
