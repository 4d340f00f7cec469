"""Reads the azurerm provider's schema out of its prebuilt CDK bindings on PyPI.

The bindings are generated from the provider's own schema, and their type table (`.jsii`, inside the wheel) keeps the
resource types, the arguments' names, types and required flags, and the blocks. Used once, by `setup`:

    azurerm_schema.py WHEEL OUT.json

OUT.json: {"version", "provider": BLOCK, "resource": {TYPE: BLOCK}, "data": {TYPE: BLOCK}}
BLOCK:    {"attributes": {NAME: [TERRAFORM_TYPE, "required" | "optional" | "computed"]},
           "blocks": {NAME: [MIN, MAX, BLOCK]}}                                   MAX 0: no limit

Not in the bindings, so not checked: allowed values, conflicts, list or set, upper limits other than 1. A list of
objects is taken as blocks, also where the provider has it as an attribute (`security_rule = [...]` is refused here).
"""
import gzip
import io
import json
import re
import sys
import tarfile
import zipfile

PRIMITIVES = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic", "json": "dynamic"}
COMPUTED_MAPS = {"StringMap": "string", "NumberMap": "number", "BooleanMap": "bool", "AnyMap": "dynamic"}
BASES = {"TerraformResource": "resource", "TerraformDataSource": "data", "TerraformProvider": "provider"}


def assembly(wheel):
    """The type table inside the npm tarball inside the wheel."""
    with zipfile.ZipFile(wheel) as z:
        inner = next(n for n in z.namelist() if n.endswith(".jsii.tgz"))
        with tarfile.open(fileobj=io.BytesIO(z.read(inner))) as tar:
            for member in tar:
                if member.name == "package/.jsii":
                    table = json.load(tar.extractfile(member))
                elif member.name == "package/.jsii.gz":
                    return json.loads(gzip.decompress(tar.extractfile(member).read()))
    return table


def snake(camel):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", camel).lower()


class Reader:
    def __init__(self, types):
        self.types = types

    def value_type(self, t):
        """-> ("attribute", TERRAFORM_TYPE) or ("block", struct, MAX)"""
        if "primitive" in t:
            return "attribute", PRIMITIVES[t["primitive"]]
        if "union" in t:  # a value, or a token that stands for one
            real = [u for u in t["union"]["types"] if not u.get("fqn", "").endswith(".IResolvable")]
            return self.value_type(real[0])
        if "collection" in t:
            kind, item = t["collection"]["kind"], self.value_type(t["collection"]["elementtype"])
            if item[0] == "block":
                return "block", item[1], 0
            return "attribute", [{"array": "list", "map": "map"}[kind], item[1]]
        name = t["fqn"].rsplit(".", 1)[1]
        if name == "IResolvable":
            return "attribute", "bool"
        if name in COMPUTED_MAPS:
            return "attribute", ["map", COMPUTED_MAPS[name]]
        if self.types.get(t["fqn"], {}).get("kind") == "interface":
            return "block", t["fqn"], 1
        return "attribute", "dynamic"  # a computed list of objects

    def block(self, struct, cls):
        """Arguments from the struct; what is only computed from the class that reads them back."""
        attributes, blocks, seen = {}, {}, set()
        for p in self.types[struct].get("properties", ()):
            seen.add(p["name"])
            link = re.search(r"#(\w+) ", p.get("docs", {}).get("summary", ""))
            name = link.group(1) if link else snake(p["name"])
            kind = self.value_type(p["type"])
            required = not p.get("optional", False)
            if kind[0] == "attribute":
                attributes[name] = [kind[1], "required" if required else "optional"]
            else:
                inner = self.block(kind[1], kind[1] + "OutputReference")
                blocks[name] = [int(required and name != "timeouts"), kind[2], inner]
        for p in self.types.get(cls, {}).get("properties", ()):
            camel = p["name"]
            if p.get("static") or p.get("protected") or camel in seen or camel == "internalValue":
                continue
            if camel.endswith("Input") and camel[:-5] in seen:
                continue
            kind = self.value_type(p["type"])
            attributes[snake(camel)] = [kind[1] if kind[0] == "attribute" else "dynamic", "computed"]
        return {"attributes": attributes, "blocks": blocks}


def derive(wheel):
    table = assembly(wheel)
    reader = Reader(table["types"])
    out = {"version": None, "provider": None, "resource": {}, "data": {}}
    for fqn, t in table["types"].items():
        kind = BASES.get(t.get("base", "").rsplit(".", 1)[-1])
        if not kind:
            continue
        link = re.search(r"azurerm/([\d.]+)/docs\S* (azurerm\w*)\}", t["docs"]["summary"])
        out["version"] = link.group(1)
        block = reader.block(t["initializer"]["parameters"][2]["type"]["fqn"], fqn)
        if kind == "provider":
            block["attributes"] = {n: a for n, a in block["attributes"].items() if a[1] != "computed"}
            out["provider"] = block
        else:
            block["attributes"]["id"][1] = "computed"
            out[kind][link.group(2)] = block
    return out


if __name__ == "__main__":
    schema = derive(sys.argv[1])
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        json.dump(schema, f, sort_keys=True)
    print(f"azurerm {schema['version']}: {len(schema['resource'])} resources, {len(schema['data'])} data sources")
