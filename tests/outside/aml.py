"""Azure Machine Learning's YAML through the loader of Microsoft's own SDK (azure-ai-ml), and what that read held against the file.

Runs in the environment `aml`: started with the files, prints [[file, problem], ...] as JSON.
"""
import contextlib
import json
import logging
import re
import sys
import warnings

import yaml

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def loader_of(given):
    """The SDK's function for what the file says it is, by its `$schema` or its `type`."""
    from azure.ai import ml

    schema = str(given.get("$schema", "")).rsplit("/", 1)[-1].removesuffix(".schema.json").lower()
    loaders = {"amlcompute": ml.load_compute, "computeinstance": ml.load_compute, "compute": ml.load_compute,
               "workspace": ml.load_workspace, "workspacehub": ml.load_workspace,
               "environment": ml.load_environment, "manageddatastore": ml.load_datastore,
               "managedonlineendpoint": ml.load_online_endpoint, "managedonlinedeployment": ml.load_online_deployment}
    return loaders.get(schema) or loaders.get(str(given.get("type", "")).lower())


def differences(given, read, at=""):
    """What the file says and the loader read otherwise, or not at all."""
    if isinstance(given, dict) and isinstance(read, dict):
        for key, value in given.items():
            if key != "$schema":
                yield from differences(value, read.get(key), f"{at}.{key}" if at else key)
    elif isinstance(given, list) and isinstance(read, list) and len(given) == len(read):
        for n, (one, other) in enumerate(zip(given, read)):
            yield from differences(one, other, f"{at}[{n}]")
    elif given != read and str(given) != str(read):
        yield f"`{at}` is `{given}` in the file, and the loader reads {'nothing' if read is None else f'`{read}`'}"


SUBNET = re.compile(r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+/subnets/[^/]+")


def subnets(given):
    """Ids of subnets that are none: the loader looks at those of workspaces alone."""
    for key, value in given.items():
        if isinstance(value, dict):
            yield from subnets(value)
        elif key == "subnet" and "/" in str(value) and not SUBNET.fullmatch(value):
            yield f"`{key}` is not the id of a subnet: {value}"


def check(path):
    given = yaml.safe_load(open(path, encoding="utf-8"))
    if not isinstance(given, dict):
        return ["not a mapping"]
    loader = loader_of(given)
    if loader is None:
        return [f"neither `$schema` nor `type` says what it is: {given.get('$schema')}, {given.get('type')}"]
    try:
        entity = loader(path)
    except Exception as e:
        return [" ".join(str(e).split("Visit this link")[0].split())[:600]]
    return [*subnets(given), *differences(given, json.loads(json.dumps(entity._to_dict(), default=str)))]


if __name__ == "__main__":
    found = []
    with contextlib.redirect_stdout(sys.stderr):  # the SDK prints now and then
        for path in sys.argv[1:]:
            found += [[path, problem] for problem in check(path)]
    print(json.dumps(found))
