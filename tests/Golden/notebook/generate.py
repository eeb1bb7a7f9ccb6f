"""Writes layout.ipynb with nbformat itself (Debian's python3-nbformat 5.5): what our writer must reproduce byte for byte."""
import os
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

here = os.path.dirname(os.path.abspath(__file__))
odd = "tab\t quote\" back\\slash \b\f bell\x07 del\x7f umlaut ä euro € face 😀 sep\u2028next\x85end </script> & 'a'"
book = new_notebook(
    metadata={
        "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
        "language_info": {"name": "C#", "version": "14.0", "file_extension": ".cs"},
        "unknown": {"z": [], "a": {}, "list": [1, 2.5, -0.001, 1e-07, 1e+20, 1.0, True, None, "x"], "B": 0, "ä": "key"},
    },
    cells=[
        new_markdown_cell("# Title\n\nText " + odd, id="m1", metadata={"tags": ["a", "b"]}),
        new_raw_cell("raw", id="r1"),
        new_code_cell("", id="empty"),
        new_code_cell("var x = 1;\r\nx", id="c1", execution_count=7, metadata={"custom": {"deep": [[1, [2]], []]}}, outputs=[
            new_output("stream", name="stdout", text="one\ntwo\r33%\rno newline"),
            new_output("stream", name="stderr", text=odd + "\n"),
            new_output("display_data", {"text/plain": "a\nb", "text/html": "<b>\n</b>", "image/png": "aGk=\naGk=", "image/svg+xml": "<svg>\n</svg>",
                                        "application/json": {"k": "two\nlines"}, "application/vnd.affect.claim+json": {"text": "t\nu", "passed": True}},
                       metadata={"image/png": {"width": 3}}),
            new_output("execute_result", {"text/plain": odd}, execution_count=7),
            new_output("error", ename="E", evalue="v\nw", traceback=["l1\nl2", odd]),
        ]),
    ])
nbformat.validate(book)
nbformat.write(book, os.path.join(here, "layout.ipynb"))
