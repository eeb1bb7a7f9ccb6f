"""Runs notebooks in Jupyter's own runner: execute.py SOURCE TARGET [NAME=VALUE ...], values for the cell of parameters.

The working folder is the source's, as it is in Jupyter; the source stays as it is.
"""
import os
import re
import sys

import nbformat
from nbclient import NotebookClient

source, target, *values = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
for cell in notebook.cells:
    if "parameters" in cell.metadata.get("tags", []):
        for name, value in (given.split("=", 1) for given in values):
            cell.source, found = re.subn(rf"(?m)^(var {name} *= ).*?;", lambda line: f"{line[1]}{value};", cell.source)
            if not found:
                sys.exit(f"{source} has no parameter {name}")
NotebookClient(notebook, timeout=600, resources={"metadata": {"path": os.path.dirname(source)}}).execute()
nbformat.write(notebook, target)
