"""Checks the append protocol by exhaustive search (spin), and that leaving out any of its rules is found.

append.pml says what is modelled and what is not.
"""

import os
import re
import shutil

from harness import WORK, leave, not_run, run, verdict

MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "append.pml")
VARIANTS = {
    "NO_LOCK_CHECK": "two writers inside after the lock file was removed",
    "NO_HEALING": "a record glued to a torn line",
    "NO_FILE_CHECK": "a record in a file that a rotation had taken away",
}


def search(name, macro=None):
    """The errors and states of a full search of the model."""
    folder = f"{WORK}/{name}"
    os.makedirs(folder)
    for argv in (["spin", *([f"-D{macro}"] if macro else []), "-a", MODEL],
                 ["cc", "-O2", "-w", "-DSAFETY", "-o", "pan", "pan.c"]):
        ran = run(argv, cwd=folder, timeout=300)
        if ran.status != 0:
            raise AssertionError(f"{argv[0]}: {ran}")
    ran = run(["./pan", "-m100000"], cwd=folder, timeout=600)
    found = re.search(r"errors: (\d+)", ran.out.decode())
    states = re.search(r"(\d+) states, stored", ran.out.decode())
    return int(found[1]), int(states[1]), ran.out.decode()


if not shutil.which("spin") or not shutil.which("cc"):
    not_run("model of the append", "spin or cc is not installed")
    leave()

errors, states, output = search("whole")
problems = [output] if errors or "max search depth too small" in output else []
verdict("model of the append", problems, f"{states} states, 0 errors", 1000, states)
for macro, danger in VARIANTS.items():
    errors, states, output = search(macro, macro)
    verdict(f"model with {macro}", [] if errors else ["the search found nothing wrong"], f"found: {danger}")
leave()
