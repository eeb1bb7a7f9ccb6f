"""Jupyter's own tests of kernels, with everything switched on that they can check. JUPYTER_PATH says where the kernel is."""
import unittest

import jupyter_kernel_test


class AffectKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "affect-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("a warning");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Enumerable.Emp", "matches": {"Empty"}},
        {"text": "await Task.Dela", "matches": {"Delay"}},
    ]
    complete_code_samples = ["1 + 1", "var x = 1;", "foreach (var i in new[] { 1 }) { }", "class A { }"]
    incomplete_code_samples = ["foreach (var i in new[] { 1 }) {", "Console.WriteLine(", 'var s = """\n text', "class A {"]
    invalid_code_samples = ["1 + ;", "int = 3;", "class {}}"]
    code_page_something = "#!help Console.WriteLine"
    code_generate_error = 'throw new FormatException("wrong");'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"text".ToUpper()', "result": "TEXT"},
        {"code": "1 + 1 + 1", "result": "3"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": '"$x^2$".DisplayAs("text/latex");', "mime": "text/latex"},
        {"code": 'display("plain");', "mime": "text/plain"},
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1?+?2*"
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "clear_output();"


if __name__ == "__main__":
    unittest.main()
