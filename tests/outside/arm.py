"""ARM templates against Microsoft's Bicep types, strictly: what is not in the types is an error.

An expression (`[...]`) is parsed, its function must exist, its parameters and variables must be declared, and its type
must fit the place; its value is used where it can be known (names, resource ids, variables, parameters' defaults).
"""
import difflib
import json
import re
import zipfile
from dataclasses import dataclass

import azure_rules

REQUIRED, READ_ONLY = 1, 2
# members that a template adds to what the types know of a resource
OWN_MEMBERS = {"comments", "condition", "copy", "dependsOn", "metadata", "resources", "scope"}
SECTIONS = {"$schema", "contentVersion", "languageVersion", "apiProfile", "metadata", "definitions", "functions",
            "parameters", "variables", "resources", "outputs"}
SCHEMA = re.compile(r"https://schema\.management\.azure\.com/schemas/2\d{3}-\d\d-\d\d/"
                    r"(subscription|managementGroup|tenant)?[dD]eploymentTemplate\.json#?")
PARAMETER = {"string": str, "securestring": str, "int": int, "bool": bool, "object": dict, "secureobject": dict, "array": list}
TEXTS = set("""base64 base64tojson concat datauri datauritostring datetimeadd extensionresourceid format guid
    join managementgroupresourceid newguid padleft parsecidr replace resourceid string subscriptionresourceid substring
    tenantresourceid tolower toupper trim uniquestring uri uricomponent uricomponenttostring utcnow cidrhost cidrsubnet
    """.split())
NUMBERS = set("add copyindex datetimefromepoch datetimetoepoch div indexof int lastindexof length mod mul sub".split())
TRUTHS = set("and bool contains empty endswith equals false greater greaterorequals less lessorequals not or startswith true".split())
OTHERS = set("""array coalesce createarray createobject deployment environment filter first flatten groupby if intersection
    items json last list listkeys map mapvalues max min null objectkeys parameters pickzones provider range
    reduce reference references resourcegroup shallowmerge skip sort split subscription take tenant managementgroup toobject
    tryget tryindexfromend union variables lambda lambdavariables deployer""".split())
ANY = azure_rules.UNKNOWN  # a value that is only known at deployment


class Problem(Exception):
    pass


# ---- expressions

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(-?\d+)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*(?=\s*\())?)|([()\[\].,]))\s*")


def parse(text):
    """-> ("value", v) | ("call", name, [argument]) | ("member", of, name)"""
    tokens, at = [], 0
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise Problem(f"`[{text}]` does not parse at `{text[at:at + 20]}`")
        tokens.append((m.lastindex, m.group(m.lastindex)))
        at = m.end()
    tokens.append((0, "the end"))
    place = 0

    def take(wanted=None):
        nonlocal place
        kind, token = tokens[place]
        if wanted and token != wanted:
            raise Problem(f"`[{text}]`: `{wanted}` expected, found `{token}`")
        place += 1
        return kind, token

    def term():
        kind, token = take()
        if kind == 1:
            node = ("value", token[1:-1].replace("''", "'"))
        elif kind == 2:
            node = ("value", int(token))
        elif kind == 3:
            take("(")
            arguments = []
            while tokens[place][1] != ")" or arguments and tokens[place - 1][1] == ",":
                arguments.append(term())
                if tokens[place][1] != ")":
                    take(",")
            take(")")
            node = ("call", token, arguments)
        else:
            raise Problem(f"`[{text}]`: `{token}` where a value is expected")
        while tokens[place][1] in (".", "["):
            if take()[1] == ".":
                node = ("member", node, ("value", take()[1]))
            else:
                node = ("member", node, term())
                take("]")
        return node

    node = term()
    if tokens[place][0]:
        raise Problem(f"`[{text}]`: `{tokens[place][1]}` after the end")
    return node


def is_expression(value):
    return isinstance(value, str) and value.startswith("[") and value.endswith("]") and not value.startswith("[[")


def literal(value):
    return value[1:] if isinstance(value, str) and value.startswith("[[") else value


class Scope:
    """What expressions of one template may name."""

    def __init__(self, template):
        self.parameters = {k.lower(): v for k, v in (template.get("parameters") or {}).items()}
        self.variables = {k.lower(): v for k, v in (template.get("variables") or {}).items() if k != "copy"}
        self.variables |= {c["name"].lower(): ANY for c in (template.get("variables") or {}).get("copy", [])}
        self.functions = {f"{f['namespace']}.{m}".lower() for f in template.get("functions") or [] for m in f["members"]}
        self.used = set()
        self.open = []

    def value(self, v):
        """The value of a JSON value that may be an expression; ANY where only a deployment knows it."""
        return self.run(parse(v[1:-1])) if is_expression(v) else literal(v)

    def run(self, node):
        if node[0] == "value":
            return node[1]
        if node[0] == "member":
            of, key = self.run(node[1]), self.run(node[2])
            if of is ANY or key is ANY:
                return ANY
            if isinstance(of, dict):
                for name, v in of.items():
                    if name.lower() == str(key).lower():
                        return self.value(v)
            elif isinstance(of, list) and isinstance(key, int) and key < len(of):
                return self.value(of[key])
            raise Problem(f"there is no member `{key}`")
        name, arguments = node[1].lower(), [self.run(a) for a in node[2]]
        if name in self.functions:
            return ANY
        if name not in TEXTS | NUMBERS | TRUTHS | OTHERS and not re.fullmatch(r"list[a-z]+", name):
            raise Problem(f"`{node[1]}` is no template function")
        if name in ("parameters", "variables"):
            return self.named(name, arguments)
        if name == "true" or name == "false":
            return name == "true"
        if name == "null":
            return None
        if any(a is ANY for a in arguments) and name not in ("concat", "format") and not name.endswith("resourceid"):
            return ANY
        if name.endswith("resourceid"):
            return self.resource_id(node[1], arguments)
        if name == "concat" and not any(isinstance(a, list) for a in arguments):
            return "".join(self.text(a) for a in arguments)
        if name == "format":
            return re.sub(r"\{(\d+)(:[^}]*)?\}", lambda m: self.text(arguments[int(m.group(1)) + 1]), arguments[0])
        if name == "createarray":
            return arguments
        if name == "tolower":
            return arguments[0].lower()
        return ANY

    def text(self, value):
        return "{}" if value is ANY else str(value)

    def named(self, kind, arguments):
        declared = self.parameters if kind == "parameters" else self.variables
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise Problem(f"{kind}() takes one name")
        name = arguments[0].lower()
        if name not in declared:
            raise Problem(f"{kind}('{arguments[0]}') is not declared")
        self.used.add((kind, name))
        if kind == "parameters":
            return ANY  # whatever the default is, the deployment may say otherwise
        if (kind, name) in self.open:
            raise Problem(f"variable `{arguments[0]}` needs itself")
        self.open.append((kind, name))
        value = self.value(declared[name])
        self.open.pop()
        return value

    def resource_id(self, function, arguments):
        """`type/name/type/name` in lower case; what lies in another resource group or subscription is marked"""
        at = next((i for i, a in enumerate(arguments) if isinstance(a, str) and re.match(r"[\w.]+\.\w+/", a)), None)
        if at is None:
            raise Problem(f"{function}() without a resource type")
        provider, *types = arguments[at].split("/")
        names = arguments[at + 1 :]
        if len(types) != len(names):
            raise Problem(f"{function}('{arguments[at]}') needs {len(types)} names, has {len(names)}")
        elsewhere = "elsewhere/" if at and function.lower() == "resourceid" else ""
        return elsewhere + "/".join([provider, *(f"{t}/{self.text(n)}" for t, n in zip(types, names))]).lower()

    def kind_of(self, node):
        """The JSON type of an expression's value, or ANY"""
        if node[0] == "value":
            return type(node[1])
        if node[0] == "call":
            name = node[1].lower()
            if name in TEXTS:
                return str if name != "concat" or not node[2] or self.kind_of(node[2][0]) is not list else list
            if name in NUMBERS:
                return int
            if name in TRUTHS:
                return bool
            if name == "parameters":
                declared = self.parameters.get(str(node[2][0][1]).lower(), {})
                return PARAMETER.get(str(declared.get("type")).lower(), ANY)
            if name in ("createarray", "split", "range", "items"):
                return list
        return ANY


# ---- types

class Types:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        resources = json.loads(self.zip.read("index.json"))["resources"]
        self.resources = {k.lower(): v["$ref"] for k, v in resources.items()}
        self.versions = {}
        for name in resources:
            kind, _, version = name.partition("@")
            self.versions.setdefault(kind.lower(), []).append(version)
        self.files = {}

    def find(self, kind, version):
        """-> (file, body type) or a Problem that says what there is"""
        ref = self.resources.get(f"{kind}@{version}".lower())
        if ref is None:
            there = sorted(self.versions.get(kind.lower(), []))
            if there:
                raise Problem(f"{kind} has no api-version {version}; the newest are {', '.join(there[-4:])}")
            near = difflib.get_close_matches(kind.lower(), self.versions, 1)
            raise Problem(f"no resource type is called {kind}" + (f"; near: {near[0]}" if near else ""))
        file, _, index = ref.partition("#/")
        if file not in self.files:
            self.files[file] = json.loads(self.zip.read(file))
        types = self.files[file]
        return types, self.of(types, types[int(index)]["body"])

    @staticmethod
    def of(types, ref):
        return types[int(ref["$ref"].removeprefix("#/"))]


KINDS = {"StringType": str, "StringLiteralType": str, "IntegerType": int, "BooleanType": bool, "ArrayType": list,
         "ObjectType": dict, "DiscriminatedObjectType": dict}
WORDS = {str: "text", int: "a number", bool: "true or false", list: "a list", dict: "an object"}


def same_kind(value, kind):
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


class Body:
    """Compares one resource's members with its type."""

    def __init__(self, types, scope):
        self.types, self.scope, self.problems = types, scope, []

    def say(self, at, what):
        self.problems.append(f"{at}: {what}")

    def compare(self, value, t, at):
        kind = t["$type"]
        if value is ANY:
            return
        if is_expression(value):
            try:
                node = parse(value[1:-1])
                value, found = self.scope.run(node), self.scope.kind_of(node)
            except Problem as e:
                self.say(at, e)
                return
            if value is ANY:
                wanted = {KINDS[u["$type"]] for u in self.union(t) if u["$type"] in KINDS}
                if found is not ANY and wanted and found not in wanted:
                    self.say(at, f"{WORDS[found]} where {' or '.join(WORDS[w] for w in wanted)} belongs")
                return
        else:
            value = literal(value)
        if value is None or kind == "AnyType":
            return
        if kind == "UnionType":
            self.compare_union(value, t, at)
            return
        wanted = KINDS.get(kind)
        if wanted is None:
            self.say(at, f"this checker does not know {kind}")
        elif not same_kind(value, wanted):
            self.say(at, f"{WORDS.get(type(value), type(value).__name__)} where {WORDS[wanted]} belongs")
        elif kind == "StringLiteralType":
            if value != t["value"]:
                self.say(at, f"`{value}` where `{t['value']}` belongs")
        elif kind in ("StringType", "IntegerType", "ArrayType"):
            self.compare_size(value, t, at)
            if kind == "ArrayType":
                inner = Types.of(self.types, t["itemType"])
                for i, item in enumerate(value):
                    self.compare(item, inner, f"{at}[{i}]")
        elif kind == "ObjectType":
            self.compare_object(value, t["properties"], t.get("additionalProperties"), at)
        elif kind == "DiscriminatedObjectType":
            self.compare_discriminated(value, t, at)

    def union(self, t):
        if t["$type"] != "UnionType":
            return [t]
        return [u for e in t["elements"] for u in self.union(Types.of(self.types, e))]

    def compare_union(self, value, t, at):
        parts = self.union(t)
        words = [u["value"] for u in parts if u["$type"] == "StringLiteralType"]
        if isinstance(value, str) and words:  # an open list of words is taken as closed: we write only words that are known
            if value not in words:
                self.say(at, f"`{value}` is none of {', '.join(words[:12])}")
        elif not any(same_kind(value, KINDS.get(u["$type"], object)) for u in parts):
            self.say(at, f"{WORDS.get(type(value))} fits none of the allowed types")

    def compare_size(self, value, t, at):
        size = value if t["$type"] == "IntegerType" else len(value)
        low, high = ("minValue", "maxValue") if t["$type"] == "IntegerType" else ("minLength", "maxLength")
        if size < t.get(low, size) or size > t.get(high, size):
            self.say(at, f"{size} is outside {t.get(low, '')}..{t.get(high, '')}")
        if "pattern" in t and not re.search(t["pattern"], value):
            self.say(at, f"`{value}` does not look like {t['pattern']}")

    def compare_object(self, value, members, others, at, skip=()):
        for name, v in value.items():
            if name in skip:
                continue
            if name == "copy" and isinstance(v, list):
                self.compare_copy(v, members, at)
            elif name in members:
                if members[name]["flags"] & READ_ONLY and v is not None:
                    self.say(f"{at}.{name}", "read-only, Azure sets it")
                else:
                    self.compare(v, Types.of(self.types, members[name]["type"]), f"{at}.{name}")
            elif others:
                self.compare(v, Types.of(self.types, others), f"{at}.{name}")
            else:
                near = difflib.get_close_matches(name, members, 1)
                self.say(f"{at}.{name}", "no such property" + (f"; near: `{near[0]}`" if near else ""))
        copied = {c.get("name") for c in value.get("copy") or [] if isinstance(c, dict)} if isinstance(value.get("copy"), list) else set()
        for name, member in members.items():
            absent = value.get(name) is None and name not in copied and name not in skip
            if absent and member["flags"] & REQUIRED and not member["flags"] & READ_ONLY:
                self.say(at, f"`{name}` is missing")

    def compare_copy(self, loops, members, at):
        for loop in loops:
            name = loop.get("name")
            if name not in members:
                self.say(f"{at}.copy", f"no such property: `{name}`")
                continue
            t = Types.of(self.types, members[name]["type"])
            if t["$type"] == "ArrayType":
                self.compare(loop.get("input"), Types.of(self.types, t["itemType"]), f"{at}.{name}[]")

    def compare_discriminated(self, value, t, at):
        key = t["discriminator"]
        word = value.get(key)
        if word is ANY or is_expression(word):
            return
        if word not in t["elements"]:
            self.say(f"{at}.{key}", f"`{word}` is none of {', '.join(t['elements'])}")
            return
        element = Types.of(self.types, t["elements"][word])
        self.compare_object(value, t["baseProperties"] | element["properties"], element.get("additionalProperties"), at)


def flat(item, value_of):
    """A security rule or route with its properties, as azure_rules takes it"""
    known = {}
    for key, value in {**(item.get("properties") or {}), "name": item.get("name")}.items():
        try:
            value = [value_of(v) for v in value] if isinstance(value, list) else value_of(value)
        except Problem:
            value = ANY
        known[re.sub(r"([A-Z])", r"_\1", key).lower()] = value
    known["name"] = known["name"].rsplit("/", 1)[-1] if isinstance(known["name"], str) else None
    return known


# ---- templates

def check(template, types):
    """-> the problems of one template"""
    return Template(types).read(template, "")


@dataclass
class Found:
    at: str  # its place, for messages
    name: str
    symbol: str | None
    waits: set  # what dependsOn says
    ids: set  # what its body says that could be an id
    resource: dict


class Template:
    def __init__(self, types):
        self.types, self.problems = types, []

    def read(self, template, at):
        if not isinstance(template, dict):
            return [f"{at or 'template'}: no object"]
        for name in template.keys() - SECTIONS:
            self.problems.append(f"{at}: no section is called `{name}`")
        if not SCHEMA.fullmatch(str(template.get("$schema"))):
            self.problems.append(f"{at}$schema: `{template.get('$schema')}` is no deployment template schema")
        if not re.fullmatch(r"\d+(\.\d+){3}", str(template.get("contentVersion"))):
            self.problems.append(f"{at}contentVersion: four numbers are expected")
        self.scope = Scope(template)
        self.read_parameters(template.get("parameters") or {}, at)
        resources = template.get("resources")
        symbolic = isinstance(resources, dict)
        if not isinstance(resources, (list, dict)):
            self.problems.append(f"{at}resources: missing")
            resources = []
        if symbolic != (template.get("languageVersion") == "2.0"):
            self.problems.append(f"{at}resources: by name with languageVersion 2.0 only, else a list")
        self.found = {}  # `type/name/type/name` in lower case -> Found
        for key, resource in resources.items() if symbolic else enumerate(resources):
            self.read_resource(resource, f"{at}resources[{key}]", None, key if symbolic else None)
        self.read_order()
        self.read_rules()
        self.read_expressions({k: v for k, v in template.items() if k in ("variables", "outputs")}, at)
        for name, output in (template.get("outputs") or {}).items():
            if str(output.get("type")).lower() not in PARAMETER or not {"value", "copy"} & output.keys():
                self.problems.append(f"{at}outputs.{name}: a type and a value are needed")
        for kind, declared in (("parameters", self.scope.parameters), ("variables", self.scope.variables)):
            for name in declared:
                if (kind, name) not in self.scope.used:
                    self.problems.append(f"{at}{kind}.{name}: never used")
        return self.problems

    def read_parameters(self, parameters, at):
        known = {"type", "defaultValue", "allowedValues", "minValue", "maxValue", "minLength", "maxLength", "metadata",
                 "nullable", "items", "properties", "additionalProperties", "$ref"}
        for name, p in parameters.items():
            place = f"{at}parameters.{name}"
            for member in p.keys() - known:
                self.problems.append(f"{place}.{member}: no such member")
            kind = PARAMETER.get(str(p.get("type")).lower())
            default = p.get("defaultValue")
            if kind is None:
                self.problems.append(f"{place}: type `{p.get('type')}` does not exist")
            elif default is not None and not is_expression(default) and not same_kind(default, kind):
                self.problems.append(f"{place}: the default is not of type {p['type']}")
            if default is not None and default not in p.get("allowedValues", [default]):
                self.problems.append(f"{place}: the default is not among the allowed values")
            self.read_expressions(default, place)

    def read_expressions(self, value, at):
        """Every expression below value parses and names only what is declared."""
        if isinstance(value, dict):
            for k, v in value.items():
                self.read_expressions(v, f"{at}.{k}")
        elif isinstance(value, list):
            for i, v in enumerate(value):
                self.read_expressions(v, f"{at}[{i}]")
        elif is_expression(value):
            try:
                self.scope.value(value)
            except Problem as e:
                self.problems.append(f"{at}: {e}")

    def read_resource(self, resource, at, parent, symbol=None):
        missing = {"type", "apiVersion", "name"} - resource.keys()
        if missing:
            self.problems.append(f"{at}: {', '.join(sorted(missing))} missing")
            return
        kind, version = resource["type"], resource["apiVersion"]
        try:
            name = self.scope.text(self.scope.value(resource["name"]))
            if parent:
                kind, name = f"{parent[0]}/{kind}", f"{parent[1]}/{name}"
            at = f"{at} {kind.split('/', 1)[-1]} `{name}`"
            file, body = self.types.find(kind, version)
        except Problem as e:
            self.problems.append(f"{at}: {e}")
            return
        if resource.get("existing"):
            return
        provider, *parts = kind.split("/")
        names = name.split("/")
        if len(parts) != len(names):
            self.problems.append(f"{at}: the type needs {len(parts)} names, `{name}` has {len(names)}")
        compare = Body(file, self.scope)
        skip = {"name", "type", "apiVersion", *OWN_MEMBERS}
        if body["$type"] == "ObjectType":
            compare.compare_object(resource, body["properties"], body.get("additionalProperties"), at, skip)
        else:
            compare.compare_discriminated(resource, body, at)
        self.problems += compare.problems
        own = "/".join([provider, *(f"{t}/{n}" for t, n in zip(parts, names))]).lower()
        if own in self.found:
            self.problems.append(f"{at}: is there twice (first {self.found[own].at})")
        named, waits = set(), set()
        self.collect_ids({k: v for k, v in resource.items() if k not in OWN_MEMBERS}, named)
        self.read_expressions({k: v for k, v in resource.items() if k in OWN_MEMBERS - {"resources"}}, at)
        for one in resource.get("dependsOn") or []:
            try:
                waits.add(str(self.scope.text(self.scope.value(one))).lower())
            except Problem:
                pass  # said above
        if parent:
            waits.add(parent[2])
        self.found[own] = Found(at, name.lower(), symbol, waits, named, resource)
        for i, child in enumerate(resource.get("resources") or []):
            self.read_resource(child, f"{at}.resources[{i}]", (kind, name, own))
        inner = (resource.get("properties") or {}).get("template") if kind.lower() == "microsoft.resources/deployments" else None
        if inner is not None:
            self.problems += Template(self.types).read(inner, f"{at} ")

    def collect_ids(self, value, into):
        if isinstance(value, dict):
            for v in value.values():
                self.collect_ids(v, into)
        elif isinstance(value, list):
            for v in value:
                self.collect_ids(v, into)
        elif is_expression(value):
            try:
                found = self.scope.value(value)
            except Problem:
                return
            if isinstance(found, str):
                into.add(found.lower())

    def resolve(self, wanted):
        """dependsOn takes a resource id, a symbolic name, or a name that is unique in the template"""
        wanted = re.sub(r"^/subscriptions/[^/]*/resourcegroups/[^/]*/providers/", "", wanted)
        if wanted in self.found:
            return wanted
        named = [k for k, f in self.found.items() if wanted in ((f.symbol or "").lower(), f.name, f.name.rsplit("/", 1)[-1])]
        return named[0] if len(named) == 1 else None

    def read_order(self):
        direct = {}
        for own, found in self.found.items():
            direct[own] = set()
            for one in found.waits:
                target = self.resolve(one)
                if target is None:
                    self.problems.append(f"{found.at}.dependsOn: `{one}` is not in this template")
                else:
                    direct[own].add(target)

        def all_of(own):
            reached, waiting = set(), list(direct[own])
            while waiting:
                one = waiting.pop()
                if one not in reached:
                    reached.add(one)
                    waiting += direct[one]
            return reached

        for own, found in self.found.items():
            before = all_of(own)
            if own in before:
                self.problems.append(f"{found.at}: waits for itself")
            for other in sorted(self.found.keys() - before - {own}):
                if own.startswith(other + "/"):
                    self.problems.append(f"{found.at}: its parent {other} is in the template, but not in dependsOn")
                elif any(one == other or one.startswith(other + "/") for one in found.ids):
                    self.problems.append(f"{found.at}: names {other}, but does not wait for it (dependsOn)")

    def read_rules(self):
        """The values of security rules and routes, inline or as resources of their own."""
        groups = {}
        for own, found in self.found.items():
            properties = found.resource.get("properties") or {}
            for kind, member, rule in (("networksecuritygroups", "securityRules", azure_rules.security_rule),
                                       ("routetables", "routes", azure_rules.route)):
                prefix = f"microsoft.network/{kind}/"
                if not own.startswith(prefix):
                    continue
                items = properties.get(member) if own.count("/") == 2 else [found.resource]
                for item in items if isinstance(items, list) else ():
                    flat_item = flat(item, self.scope.value)
                    self.problems += [f"{found.at} {item.get('name')}: {p}" for p in rule(flat_item)]
                    if kind == "networksecuritygroups":
                        groups.setdefault(own.split("/")[2], []).append(flat_item)
        for name, rules in groups.items():
            self.problems += [f"security group `{name}`: {p}" for p in azure_rules.group(rules)]
