"""CSV, plain lists, JSON, YAML, Markdown with Mermaid, CycleCloud templates and parameters, Squid, shell scripts."""
import csv
import io
import ipaddress
import json
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


NAME = re.compile(r"(?=.{1,253}$)(\*\.|\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def check_list(text, zones):
    """A plain list: a prefix or a host name on each line, one kind only, none within another. A name of a zone has all below
    it within, another name only where it says so (`*.` or `.` in front); URLs end in a slash."""
    prefixes, names, kinds = {}, {}, set()
    for n, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        name = line.removesuffix("/")
        try:
            prefix = ipaddress.ip_network(line)
        except ValueError as e:
            if not NAME.fullmatch(name):
                yield f"line {n}: `{line[:60]}` is neither a prefix ({e}) nor a host name in lower case"
                continue
            kinds.add("URLs" if name != line else "names")
            if name in names:
                yield f"line {n}: `{line}` is there twice"
            names[name] = n
            continue
        kinds.add(f"IPv{prefix.version} prefixes")
        if prefix in prefixes:
            yield f"line {n}: `{line}` is there twice"
        prefixes[prefix] = n
    if not prefixes and not names:
        yield "no entry"
    if len(kinds) > 1:
        yield f"{' and '.join(sorted(kinds))} in one list"
    for prefix, n in prefixes.items():
        wider = (prefix.supernet(new_prefix=length) for length in range(prefix.prefixlen))
        yield from (f"line {n}: {prefix} lies in {other}" for other in wider if other in prefixes)
    for name, n in names.items():
        labels = name.removeprefix("*").removeprefix(".").split(".")
        for at in range(len(labels)):
            above = ".".join(labels[at:])
            covers = [f"*.{above}", *([above] if zones else [])] if at else []
            covers += [f".{above}"]  # Squid's form: the name itself and all below
            yield from (f"line {n}: {name} is covered by {other}" for other in covers if other in names and other != name)


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
    stack, seen, declared, used, keys, depth, block = [], {}, set(), [], set(), 0, 0
    for n, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if block:  # a text of several lines, in which nothing is substituted as far as anybody says
            if re.search(r"\$[\w{]", line):
                yield f"line {n}: `$` in a text of several lines may be taken for a parameter"
            if "'''" in line:
                block = 0
                if not line.endswith("'''"):
                    yield f"line {n}: something stands behind the end of a text of several lines"
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
            if kind not in ("record", "list") and title != "configuration" and place in seen:
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
        if value.startswith("'''") and "'''" not in value[3:]:
            block = n
            continue
        if key.lower() == "subnetid" and value[:1] != "$" and not re.fullmatch(r"[^/\s]+/[^/\s]+/[^/\s]+", value):
            yield f"line {n}: a subnet is `resourceGroup/vnet/subnet`, not `{value[:60]}`"
        depth = value.count("(") - value.count(")") if value.startswith("${") else 0
        if depth < 0 or (value[:1] == '"' and not re.fullmatch(r'"([^"\\]|\\.)*"', value)):
            yield f"line {n}: brackets or quotes of `{value[:60]}` do not match"
        if value.startswith("$"):
            used += [(n, v) for v in re.findall(r"^\$\{?(\w+)\b(?!\()", value)]
    if not any(place[0].startswith("cluster ") for place in seen if len(place) == 1):
        yield "no [cluster NAME]"
    if depth > 0:
        yield "a bracket is never closed"
    if block:
        yield f"the text that begins in line {block} is never closed"
    for n, name in used:
        if name.lower() not in declared | {"clustername", "parentname", "clusterid", "templatename"}:
            yield f"line {n}: no [parameter {name}] is declared"


def check_cyclecloud_parameters(value, path):
    """Values by name, each a parameter of the template of the same name beside the file."""
    template = path.with_suffix(".txt")
    if not isinstance(value, dict) or any(isinstance(v, (dict, list)) for v in value.values()):
        yield "not a flat mapping"
    elif not template.exists():
        yield f"there is no {template.name} whose parameters these could be"
    else:
        declared = re.findall(r"^\s*\[+parameter\s+(\w+)\s*\]+", template.read_text(encoding="utf-8"), re.M)
        known = {name.lower() for name in declared}
        yield from (f"{template.name} has no parameter `{name}`" for name in value if name.lower() not in known)


def check_squid(path, scratch):
    """The allow-list as part of a configuration that has nothing else; what Squid only warns of counts as well."""
    whole = scratch / "squid.conf"
    whole.write_text(f"http_port 127.0.0.1:3128\ncache deny all\naccess_log none\ncache_log /dev/null\npid_filename none\n"
                     f"include {path}\nhttp_access deny all\n", encoding="utf-8")
    done = subprocess.run(["/usr/sbin/squid", "-k", "parse", "-f", whole], capture_output=True, text=True)
    said = [line.split("| ", 1)[-1].replace(f"{path}", path.name) for line in (done.stdout + done.stderr).split("\n")]
    if f"Processing Configuration File: {path.name} (depth 1)" not in said:
        yield f"Squid did not read it: {' '.join(said)[-300:]}"
    found = [line for line in said if re.search(r"WARNING|ERROR|FATAL|nrecognized|not found|unknown", line) and not line.startswith("Processing")]
    if done.returncode and not found:
        found = said[-6:]
    yield from found


def check_shell(path, tools):
    for command in (["bash", "-n"], [tools / "shellcheck", "-f", "gcc"]):
        done = subprocess.run([*command, path], capture_output=True, text=True)
        if done.returncode:
            for line in (done.stdout + done.stderr).strip().split("\n")[:8]:
                yield line.replace(str(path), path.name)


def check_shell_blocks(text, tools):
    """The bash blocks of a page, one after the other as a reader pastes them; the lines between them are empty."""
    script, inside = [], False
    for line in text.split("\n"):
        inside = line == "```bash" or inside and line != "```"
        script.append(line if inside and line != "```bash" else "")
    if not any(script):
        return
    for command in (["bash", "-n"], [tools / "shellcheck", "-s", "bash", "-f", "gcc", "-"]):
        done = subprocess.run(command, input="\n".join(script) + "\n", capture_output=True, text=True)
        if done.returncode:
            for line in (done.stdout + done.stderr).strip().split("\n")[:8]:
                yield f"bash block: {line}"
