"""Kubernetes objects: each against the API's own schema (kubernetes-validate, strict), NetworkPolicies together through np-guard's
analyser, which refuses what the schema lets pass: protocols, ports, CIDRs.

Runs in the environment `kubernetes`: started with the files, prints [[file, problem], ...] as JSON.
"""
import ipaddress
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_validate
import yaml


def schema_problems(thing):
    if not isinstance(thing, dict):
        yield "a document that is not a mapping"
        return
    try:
        kubernetes_validate.validate(thing, kubernetes_validate.latest_version(), strict=True)
    except kubernetes_validate.ValidationError as e:
        yield f"{'.'.join(str(p) for p in e.path)}: {e.message}"[:300]
    except (kubernetes_validate.SchemaNotFoundError, kubernetes_validate.InvalidSchemaError, KeyError) as e:
        yield f"no Kubernetes schema for `{thing.get('apiVersion')}` `{thing.get('kind')}`: {e}"[:300]


def named(thing, key):
    """Every value under a key, however deep."""
    if isinstance(thing, dict):
        for k, value in thing.items():
            if k == key:
                yield value
            yield from named(value, key)
    elif isinstance(thing, list):
        for value in thing:
            yield from named(value, key)


def block_problems(policy):
    for block in named(policy, "ipBlock"):
        try:
            whole = ipaddress.ip_network(block["cidr"])
            for part in block.get("except", []):
                if not ipaddress.ip_network(part).subnet_of(whole):
                    yield f"`except` {part} is not inside `cidr` {whole}"
        except (ValueError, TypeError) as e:
            yield str(e)


def labels(selector):
    """Labels of something that the selector selects."""
    found = dict(selector.get("matchLabels") or {})
    for wanted in selector.get("matchExpressions") or []:
        if wanted["operator"] in ("In", "Exists"):
            found[wanted["key"]] = (wanted.get("values") or ["any"])[0]
    return found


def cluster(policies):
    """The smallest cluster that these policies speak of: each namespace with one pod for each selector, and one for none."""
    namespaces = {}
    for policy in policies:
        namespaces.setdefault(policy["metadata"].get("namespace", "default"), {})
    for selector in named(policies, "namespaceSelector"):
        wanted = labels(selector)
        if name := wanted.get("kubernetes.io/metadata.name"):
            namespaces[name] = wanted
        elif wanted:
            namespaces[f"selected-{len(namespaces)}"] = wanted
    pods = [{}] + [labels(s) for s in named(policies, "podSelector") if labels(s)]
    for name, wanted in namespaces.items():
        yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": {"kubernetes.io/metadata.name": name, **wanted}}}
        for n, wanted in enumerate(pods):
            metadata = {"name": f"pod-{n}", "namespace": name, "labels": wanted}
            yield {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [{"name": "c", "image": "i"}]}}


def analyser_problems(policies):
    for policy in policies:  # np-guard knows this list in one order only
        policy["spec"].get("policyTypes", []).sort(reverse=True)
    with tempfile.TemporaryDirectory() as scratch:
        things, rules = Path(scratch) / "cluster.yaml", Path(scratch) / "policies.yaml"
        things.write_text(yaml.safe_dump_all(list(cluster(policies))))
        rules.write_text(yaml.safe_dump_all(policies))
        nca = Path(sys.executable).with_name("nca")
        done = subprocess.run([nca, "--connectivity", rules, "-r", things], capture_output=True, text=True)
    said = [line.replace(f"{scratch}/", "") for line in (done.stdout + done.stderr).split("\n")]
    problems = [" ".join(line.split())[:300] for line in said if "rror" in line]
    yield from problems
    if not problems and "final fw rules" not in done.stdout:
        yield f"np-guard drew no map: {' '.join(' '.join(said).split())[-300:]}"


def check(path):
    try:
        things = [thing for thing in yaml.safe_load_all(open(path, encoding="utf-8")) if thing is not None]
    except yaml.YAMLError as e:
        return [" ".join(str(e).split())[:300]]
    problems = [problem for thing in things for problem in schema_problems(thing)]
    if problems:
        return problems
    policies = [thing for thing in things if thing["kind"] == "NetworkPolicy"]
    problems = [problem for policy in policies for problem in block_problems(policy)]
    return problems or (list(analyser_problems(policies)) if policies else [])


if __name__ == "__main__":
    print(json.dumps([[path, problem] for path in sys.argv[1:] for problem in check(path)]))
