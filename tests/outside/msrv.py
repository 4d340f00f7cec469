"""Reads `cargo metadata`; prints the project's rust-version; fails where a dependency of the program asks for a newer Rust."""
import json
import sys

metadata = json.load(sys.stdin)
packages = {p["id"]: p for p in metadata["packages"]}
edges = {n["id"]: n["deps"] for n in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]
oldest = packages[root]["rust_version"] or sys.exit("Cargo.toml has no rust-version")


def number(version):
    return [int(part) for part in version.split("-")[0].split(".")]


reached, waiting = set(), [root]
while waiting:
    one = waiting.pop()
    if one not in reached:
        reached.add(one)
        waiting += [d["pkg"] for d in edges[one] if any(k["kind"] != "dev" for k in d["dep_kinds"])]

newer = [f"{p['name']} {p['version']} needs Rust {p['rust_version']}, the project promises {oldest}"
         for p in map(packages.get, sorted(reached)) if p["rust_version"] and number(p["rust_version"]) > number(oldest) + [0]]
if newer:
    sys.exit("\n".join(newer))
print(".".join(oldest.split(".")[:2]))
