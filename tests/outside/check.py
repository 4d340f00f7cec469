"""Runs the check of each file's kind over a folder. Started by `check`, which installs what this needs."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import arm
import bicep
import terraform
import texts

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = ROOT / "target" / "outside"
BIN = OUT / "python" / "bin"


def kind_of(path, text):
    """The kind of a file: by its name and folder, and JSON and YAML by what they hold."""
    name, suffix, folder = path.name, path.suffix, path.parent.name
    if name == "answers.yaml":
        return "answers"
    if suffix in (".yaml", ".yml"):
        if folder == "azureml":
            return "azureml"
        if re.search(r"^apiVersion:", text, re.M):
            return "kubernetes"
        return "requirements" if re.search(r"^requirements:", text, re.M) else None
    if suffix in (".json", ".sarif"):
        if folder == "cyclecloud":
            return "cyclecloud parameters"
        return "arm" if "eploymentTemplate.json" in text[:400] else "json"
    if suffix in (".txt", ".list"):
        if "firewall" in path.parts[:-1]:
            return "list"
        return {"cyclecloud": "cyclecloud", "dns": "zones"}.get(folder)
    if suffix == ".conf" and name.startswith("squid"):
        return "squid"
    return {".tf": "terraform", ".tfvars": "terraform", ".csv": "csv", ".md": "markdown", ".sh": "shell",
            ".bicep": "bicep", ".bicepparam": "bicepparam", ".mmd": "mermaid"}.get(suffix)


def elsewhere(environment, script, paths):
    """[(path, problem)] of a script that needs an environment of its own; all files in one run."""
    if not paths:
        return
    done = subprocess.run([OUT / environment / "bin/python", HERE / script, *paths], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{script} did not run: {done.stderr[-1500:]}")
    known = {str(path): path for path in paths}
    yield from ((known[path], problem) for path, problem in json.loads(done.stdout))


def netcordon():
    """The program: $NETCORDON, or the newest that cargo built"""
    if os.environ.get("NETCORDON"):
        return Path(os.environ["NETCORDON"])
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [p for p in (target / "release/netcordon", target / "debug/netcordon") if p.exists()]
    if not built:
        sys.exit("check: answers files need the program; run `cargo build --locked` first")
    return max(built, key=lambda p: p.stat().st_mtime)


def check_answers(paths, scratch):
    """The answers' JSON Schema is one, and takes each answers file."""
    program = netcordon()
    made = subprocess.run([program, "questions", "--schema"], capture_output=True, text=True)
    if made.returncode:
        yield from ((p, f"`netcordon questions --schema`: {made.stderr.strip()[:300]}") for p in paths)
        return
    schema = scratch / "answers.schema.json"
    schema.write_text(made.stdout, encoding="utf-8")
    runs = [(["--check-metaschema", schema], paths)]
    runs += [(["--schemafile", schema, path], [path]) for path in paths]
    for arguments, about in runs:
        done = subprocess.run([BIN / "check-jsonschema", *arguments], capture_output=True, text=True)
        if done.returncode:
            problem = (done.stdout + done.stderr).strip().replace(str(scratch) + "/", "")
            yield from ((p, problem[:1500]) for p in about)


def main(folder):
    folder = Path(folder).resolve()
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and ".terraform" not in p.parts)
    if not paths:
        sys.exit(f"check: there are no files under {folder}")
    problems = {p: [] for p in paths}
    kinds, blocks = {}, []
    types = arm.Types(OUT / "arm-types" / "types.zip")

    for path in paths:
        say = problems[path].append
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as e:
            say(f"not UTF-8: {e}")
            continue
        kind = kind_of(Path(folder.name) / path.relative_to(folder), text)
        kinds.setdefault(kind, []).append(path)
        if kind in ("arm", "json", "cyclecloud parameters"):
            try:
                value = texts.load_json(text)
            except ValueError as e:
                say(f"JSON: {e}")
                continue
            if kind == "cyclecloud parameters":
                problems[path] += texts.check_cyclecloud_parameters(value, path)
            if kind == "arm":
                try:
                    problems[path] += arm.check(value, types)
                except (AttributeError, KeyError, TypeError, IndexError) as e:
                    say(f"not of a template's shape: {type(e).__name__} {e}")
        elif kind in ("requirements", "answers", "azureml", "kubernetes"):
            problems[path] += texts.check_yaml(text)
        elif kind in ("list", "zones"):
            problems[path] += texts.check_list(text, kind == "zones")
        elif kind == "csv":
            problems[path] += texts.check_csv(text)
        elif kind == "cyclecloud":
            problems[path] += texts.check_cyclecloud(text)
        elif kind == "shell":
            problems[path] += texts.check_shell(path, BIN)
        elif kind == "bicep":
            problems[path] += bicep.check(text, types)
        elif kind == "bicepparam":
            problems[path] += bicep.check_parameters(text, path)
        elif kind == "markdown":
            problems[path] += texts.check_links(text, path)
            problems[path] += texts.check_shell_blocks(text, BIN)
            blocks += [(path, line, block) for line, block in texts.diagrams(text)]
        elif kind == "mermaid":
            blocks.append((path, 1, text))
        elif kind not in ("terraform", "squid"):  # those are read below
            say("no tool here reads this kind of file: give it one in tests/outside/check.py")

    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        if "answers" in kinds:
            for path, problem in check_answers(kinds["answers"], scratch):
                problems[path].append(problem)
        if "terraform" in kinds:
            terraform.check(folder, kinds["terraform"], scratch / "terraform", OUT, lambda p, s: problems[p].append(s))
        for path in kinds.get("squid", []):
            problems[path] += texts.check_squid(path, scratch)
    for path, problem in elsewhere("aml", "aml.py", [p for p in kinds.get("azureml", []) if not problems[p]]):
        problems[path].append(problem)
    for path, problem in elsewhere("kubernetes", "kubernetes.py", [p for p in kinds.get("kubernetes", []) if not problems[p]]):
        problems[path].append(problem)
    for path, problem in texts.check_markdown(kinds.get("markdown", []), OUT, HERE):
        problems[path].append(problem)
    for path, problem in texts.check_mermaid(blocks, OUT, HERE):
        problems[path].append(problem)

    bad = 0
    for path in paths:
        found = list(dict.fromkeys(problems[path]))
        bad += bool(found)
        print("FAIL" if found else "ok  ", path.relative_to(folder))
        for problem in found[:20]:
            print("       " + problem.replace("\n", "\n       "))
        if len(found) > 20:
            print(f"       and {len(found) - 20} more")
    print(f"outside: {len(paths) - bad} files ok, {bad} failed; {len(blocks)} diagrams")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: tests/outside/check DIR")
    sys.exit(main(sys.argv[1]))
