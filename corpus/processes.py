"""How other processes of this program are started, whatever stands in the working folder."""

import os
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path


def package_root() -> Path:
    """The folder that the package `footnote` stands in: of a checkout, or of installed packages."""
    return Path(str(files("footnote"))).parent


def module_command(module: str, *arguments: str) -> list[str]:
    """Runs a module of ours. With -P the working folder is no place to import from: a user's
    `footnote.py` or `json.py` there is not taken for what it is called."""
    return [sys.executable, "-P", "-m", module, *arguments]


def import_path() -> dict[str, str]:
    """What the environment of such a process needs to import the same package as this one."""
    root = str(package_root())
    if root in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")):
        return {}
    return {"PYTHONPATH": os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])}


def program_version() -> str:
    """That of the installed package; 0 where it is not installed."""
    try:
        return version("footnote-answers")
    except PackageNotFoundError:
        return "0"
