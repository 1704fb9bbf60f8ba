"""Types cells into `jupyter console` on a terminal, and prints as JSON what the terminal showed for each."""

import json
import os
import re
import sys

import pexpect

picture, *cells = sys.argv[1:]
SHELL = "--ZMQTerminalInteractiveShell."
words = [
    *("-m", "jupyter_console", "--kernel", "deconvnet"),
    # On a slow machine it would else ask for an empty line behind each cell.
    SHELL + "kernel_is_complete_timeout=60",
    *(SHELL + "image_handler=tempfile", SHELL + "tempfile_image_handler=['cp', '{file}', '" + picture + "']"),
]
# Nobody answers here when the terminal is asked where its cursor is.
env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
terminal = pexpect.spawn(sys.executable, words, encoding="utf8", timeout=60, dimensions=(50, 300), env=env)


def bare(text):
    """Without the escapes that set colours, and without those that the prompt is drawn by."""
    return re.sub(r"\x1b(?:\[[0-9;?]*[A-Za-z~]|\][^\x07]*\x07|[=>])", "", text).replace("\r", "")


def prompt(number):
    colour = r"(?:\x1b\[[0-9;]*m)*"
    terminal.expect(rf"In \[{colour}{number}{colour}\]: ")


shown = []
prompt(1)
banner = bare(terminal.before)
for number, cell in enumerate(cells, 1):
    terminal.send(cell + "\r")
    prompt(number + 1)
    shown.append(bare(terminal.before))
terminal.send("\x04")
terminal.expect_exact("Do you really want to exit")
terminal.send("y\r")
terminal.expect(pexpect.EOF)
terminal.close()
print(json.dumps({"banner": banner, "shown": shown, "code": terminal.exitstatus}))
