#!/usr/bin/python3
"""Serves the JupyterLab that lies beside this file: Debian's server with our page. Takes the arguments that jupyter-lab takes."""

import json
import os
import shutil

from jupyterlab_server import LabServerApp
from traitlets import Unicode

HERE = os.path.dirname(os.path.realpath(__file__))
VISIT = os.path.join(HERE, "visit")


class AssembledLab(LabServerApp):
    name = "lab"
    app_name = "JupyterLab"
    load_other_extensions = False

    static_dir = Unicode(os.path.join(HERE, "static"))
    schemas_dir = Unicode(os.path.join(HERE, "schemas"))
    themes_dir = Unicode(os.path.join(HERE, "themes"))
    templates_dir = Unicode(os.path.join(HERE, "templates"))
    app_settings_dir = Unicode(os.path.join(VISIT, "app"))
    user_settings_dir = Unicode(os.path.join(VISIT, "user"))
    workspaces_dir = Unicode(os.path.join(VISIT, "workspaces"))


def _jupyter_server_extension_points():
    return [{"module": __name__, "app": AssembledLab}]


def forget_last_visit():
    """What a visitor sets or leaves open does not outlive the server. Nobody is asked about news and updates: the question lies over the notebook."""
    shutil.rmtree(VISIT, ignore_errors=True)
    os.makedirs(os.path.join(VISIT, "app"))
    with open(os.path.join(VISIT, "app", "overrides.json"), "w", encoding="utf-8") as overrides:
        json.dump({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}, overrides)


if __name__ == "__main__":
    forget_last_visit()
    AssembledLab.launch_instance()
