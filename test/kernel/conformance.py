"""jupyter_kernel_test against this kernel. Every attribute is set: one that is left out skips its test."""

import os
import unittest

import jupyter_kernel_test as jkt

KERNEL = os.environ["KERNEL_NAME"]


class Conformance(jkt.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oh no')"
    completion_samples = [
        {"text": "Number.isI", "matches": {"isInteger"}},
        {"text": "[1, 2].joi", "matches": {"join"}},
    ]
    complete_code_samples = ["1", "const x = 1;", "function f() {\n  return 1;\n}", "for await (const x of []) {}"]
    incomplete_code_samples = ["function f() {", "[1, 2", "const s = `text", "/* a comment"]
    invalid_code_samples = ["1 +* 2", "const const = 1;", "}"]
    code_page_something = "display.page('a long text')"
    code_generate_error = "throw new Error('boom')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "await Promise.resolve('now')", "result": "'now'"},
        {"code": "Promise.resolve(7)", "result": "7"},
        {
            "code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>' }) })",
            "result": "<b>x</b>",
            "mime": "text/html",
        },
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display.png(new Uint8Array([1, 2, 3]))", "mime": "image/png"},
    ]
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "display.clear()"


class Welcome(jkt.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
