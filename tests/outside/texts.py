"""CSV, JSON, YAML, Markdown with Mermaid, CycleCloud templates, shell scripts, plain lists, Squid's configuration."""
import csv
import io
import ipaddress
import json
import os
import re
import subprocess
from urllib.parse import unquote

import yaml
from ruamel.yaml import YAML

FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,})[ \t]*mermaid[ \t]*\r?\n(.*?)^[ \t]*\2[`~]*[ \t]*$", re.M | re.S)


def check_csv(text):
    if not text:
        yield "empty"
        return
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as e:
        yield str(e)
        return
    width = len(rows[0])
    if width < 2:
        yield "one column only"
    if len(set(rows[0])) != width or "" in rows[0]:
        yield "line 1: column names are empty or repeated"
    for n, row in enumerate(rows, 1):
        if len(row) != width:
            yield f"row {n}: {len(row)} columns, the first row has {width}"
        for cell in row:
            if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                yield f"row {n}: a spreadsheet reads `{cell[:40]}` as a formula"


LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def check_list(text):
    """Entries of one type, one a line and none twice: prefixes that no shorter list says, or host names."""
    lines = text.split("\n")
    if len(lines) < 2 or lines.pop() != "":
        yield "empty, or without a line end"
    if len(set(lines)) != len(lines):
        yield "an entry is there twice"
    networks = []
    for line in lines:
        try:
            networks.append(ipaddress.ip_network(line))
        except ValueError:
            name = line.removesuffix("/").removeprefix("*.")
            if not all(LABEL.fullmatch(label) for label in name.split(".")) or "." not in name or re.fullmatch(r"[0-9./]+", line):
                yield f"`{line}` is neither a prefix nor a host name"
    if networks and len(networks) != len(lines):
        yield "prefixes and names in one list"
    elif len({network.version for network in networks}) > 1:
        yield "IPv4 and IPv6 in one list"
    elif networks and list(ipaddress.collapse_addresses(networks)) != networks:
        yield "a shorter list of prefixes says the same, or they are not in order"


def check_squid(path):
    paths = os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"
    done = subprocess.run(["squid", "-k", "parse", "-f", path], capture_output=True, text=True, env={**os.environ, "PATH": paths})
    said = [line for line in done.stderr.split("\n") if re.search("FATAL|ERROR|WARNING", line)]
    yield from said
    if done.returncode and not said:
        yield f"squid: exit {done.returncode}: {done.stderr.strip()[-300:]}"


def unique(pairs):
    found = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key `{key}` is there twice")
        found[key] = value
    return found


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def load_json(text):
    return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)


def check_yaml(text):
    """One document list that YAML 1.2 (ruamel, which refuses duplicate keys) and YAML 1.1 (PyYAML) read alike."""
    try:
        new = list(YAML(typ="safe", pure=True).load_all(text))
        old = list(yaml.safe_load_all(text))
    except Exception as e:
        yield " ".join(str(e).split())[:300]
        return
    if not new or new == [None]:
        yield "empty"
    if new != old:
        yield f"YAML 1.1 and 1.2 read it differently: {difference(old, new)}"


def difference(a, b, at=""):
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return next(d for d in (difference(a[k], b[k], f"{at}.{k}") for k in a if a[k] != b[k]))
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return next(d for d in (difference(x, y, f"{at}[{i}]") for i, (x, y) in enumerate(zip(a, b)) if x != y))
    return f"{at or 'the whole'}: {str(a)[:60]} or {str(b)[:60]}"


def check_links(text, path):
    """Links to files beside the page lead somewhere, and `#` links to a heading of it."""
    prose = re.sub(r"^([ \t]*)(`{3,}|~{3,}).*?^[ \t]*\2[`~]*[ \t]*$", "", text, flags=re.M | re.S)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for target in re.findall(r"\]\(<?([^)\s>]+)>?(?: [^)]*)?\)", prose):
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.I) or target.startswith("#"):
            continue  # markdownlint's MD051 follows the `#` links
        if not (path.parent / unquote(target.split("#")[0])).exists():
            yield f"the link `{target}` leads to no file"


def diagrams(text):
    for m in FENCE.finditer(text):
        yield text.count("\n", 0, m.start()) + 1, m.group(3)


def check_mermaid(blocks, out, here):
    """blocks: [(path, line, text)] -> [(path, problem)]"""
    if not blocks:
        return
    given = json.dumps([[i, text] for i, (_, _, text) in enumerate(blocks)])
    done = subprocess.run(["node", here / "mermaid.mjs", out / "node"], input=given, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"mermaid did not run: {done.stderr[-800:]}")
    for i, problem in json.loads(done.stdout):
        if problem:
            path, line, _ = blocks[i]
            yield path, f"mermaid block at line {line}: " + " | ".join(problem.split("\n")[:4])


def check_markdown(paths, out, here):
    """-> [(path, problem)] from markdownlint, all pages in one run"""
    if not paths:
        return
    command = ["node", out / "node/node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs",
               "--no-globs", "--config", here / "markdownlint.json", *[f":{p}" for p in paths]]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    known, found = {str(p): p for p in paths}, False
    for line in done.stderr.split("\n"):
        m = re.match(r"(\S.*?\.md):(\d+\S*) (.*)", line)
        if m:
            found = True
            path = known.get("/" + m.group(1).lstrip("/"))
            yield path or paths[0], f"{m.group(2)}: {m.group(3)}"
    linted = re.search(r"Linting: (\d+) file", done.stdout)
    if not linted or int(linted.group(1)) != len(paths) or (done.returncode != 0) != found:
        raise SystemExit(f"markdownlint did not run: {done.stdout[-400:]}{done.stderr[-800:]}")


SECTION = re.compile(r"(\[+)\s*([^\[\]]*?)\s*(\]+)\s*(#.*)?")
# section kind -> (its rank, the kind it stands in); kinds that stand at several ranks are not listed
RANKS = {
    "cluster": (1, None), "parameters": (None, None), "parameter": (None, "parameters"), "environment": (1, None),
    "noderef": (1, None), "node": (2, "cluster"), "nodearray": (2, "cluster"), "configuration": (3, "node"),
    "cluster-init": (3, "node"), "network-interface": (3, "node"), "input-endpoint": (3, "node"), "volume": (3, "node"),
    "record": (None, None), "list": (None, None),
}


def check_cyclecloud(text):
    """The nesting of sections by bracket ranks, `key = value` lines, parameters declared before `$` uses them."""
    stack, seen, declared, used, keys, depth, quoted = [], {}, set(), [], set(), 0, 0
    for n, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if quoted:  # a text goes on until its three quotes are closed; nothing in it may be taken for a parameter
            if re.search(r"\$[\w{]", line):
                yield f"line {n}: `{line[:60]}` may be taken for a parameter"
            if "'''" in line:
                quoted = 0
            continue
        if depth > 0:  # a value goes on until its brackets are closed
            depth += line.count("(") - line.count(")")
            continue
        if not line or line.startswith(("#", ";")):
            continue
        if line.startswith("["):
            m = SECTION.fullmatch(line)
            if not m or len(m.group(1)) != len(m.group(3)):
                yield f"line {n}: the brackets of `{line}` do not match"
                continue
            rank, title = len(m.group(1)), m.group(2)
            kind, _, name = title.partition(" ")
            if rank > len(stack) + 1:
                yield f"line {n}: `{line}` is {rank} deep, but stands in {len(stack)} sections"
            del stack[rank - 1 :]
            parent = stack[-1] if stack else ""
            if kind not in RANKS:
                yield f"line {n}: no section is called `{kind}`"
            else:
                at, inside = RANKS[kind]
                if at and rank != at:
                    yield f"line {n}: [{kind}] is {rank} deep, {at} is its place"
                if inside and not parent.split(" ")[0].startswith(inside):
                    yield f"line {n}: [{kind}] does not stand in [{inside}]"
                if kind in ("cluster", "node", "nodearray", "parameter") and not name:
                    yield f"line {n}: [{kind}] has no name"
            if kind == "parameter":
                declared.add(name.lower())
            place = (*stack, title)
            if kind not in ("record", "list") and place in seen:
                yield f"line {n}: `{title}` is there twice (line {seen[place]})"
            seen[place] = n
            stack.append(title)
            keys = set()
            continue
        key, equals, value = line.partition("=")
        key = key.strip().rstrip(":").rstrip()  # `:=` sets an expression
        if not equals or not re.fullmatch(r"[\w.-]+", key):
            yield f"line {n}: neither a section nor `key = value`: `{line[:60]}`"
            continue
        if not stack:
            yield f"line {n}: `{key}` stands before the first section"
        if key.lower() in keys:
            yield f"line {n}: `{key}` is set twice"
        keys.add(key.lower())
        value = value.strip()
        if value.startswith("'''"):
            quoted = 0 if "'''" in value[3:] else n
            continue
        depth = value.count("(") - value.count(")") if value.startswith("${") else 0
        if depth < 0 or (value[:1] == '"' and not re.fullmatch(r'"([^"\\]|\\.)*"', value)):
            yield f"line {n}: brackets or quotes of `{value[:60]}` do not match"
        if value.startswith("$"):
            used += [(n, v) for v in re.findall(r"^\$\{?(\w+)\b(?!\()", value)]
    if not any(place[0].startswith("cluster ") for place in seen if len(place) == 1):
        yield "no [cluster NAME]"
    if depth > 0:
        yield "a bracket is never closed"
    if quoted:
        yield f"line {quoted}: three quotes are never closed"
    for n, name in used:
        if name.lower() not in declared | {"clustername", "parentname", "clusterid", "templatename"}:
            yield f"line {n}: no [parameter {name}] is declared"


def check_shell(path, tools):
    for command in (["bash", "-n"], [tools / "shellcheck", "-f", "gcc"]):
        done = subprocess.run([*command, path], capture_output=True, text=True)
        if done.returncode:
            for line in (done.stdout + done.stderr).strip().split("\n")[:8]:
                yield line.replace(str(path), path.name)


def check_shell_blocks(text, tools):
    """The bash blocks of a page, each by itself: what a reader pastes."""
    for block in re.finditer(r"^```bash\n(.*?)^```$", text, re.M | re.S):
        first = text.count("\n", 0, block.start()) + 1
        for command in (["bash", "-n"], [tools / "shellcheck", "-s", "bash", "-f", "gcc", "-"]):
            done = subprocess.run(command, input=block.group(1), capture_output=True, text=True)
            if done.returncode:
                for line in (done.stdout + done.stderr).strip().split("\n")[:4]:
                    yield f"bash block at line {first}: {line}"
