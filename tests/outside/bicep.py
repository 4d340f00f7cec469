"""Bicep: the grammar, the names, and every resource's body against Microsoft's Bicep types. Parameters files: the grammar,
and that they give the file beside them what it asks for.

Not the compiler: expressions are parsed and their names looked up, their types are not computed, and a value that is
an expression fits everywhere.
"""
import re

import tree_sitter
import tree_sitter_bicep

import arm
import azure_rules

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_bicep.language()))
DECLARATIONS = {"parameter_declaration": "param", "variable_declaration": "var", "resource_declaration": "resource",
                "module_declaration": "module", "type_declaration": "type", "user_defined_function": "func"}
MUST_BE_USED = ("param", "var")
OWN_MEMBERS = {"name", "parent", "scope", "dependsOn"}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def text(node):
    return node.text.decode()


def place(node):
    return f"line {node.start_point[0] + 1}"


def check(source, types):
    tree = PARSER.parse(source.encode())
    broken = list(syntax(tree.root_node))
    if broken:
        return broken
    return [*names(tree.root_node), *(p for r in resources(tree.root_node) for p in body(r, types))]


def check_parameters(source, path):
    """A .bicepparam file. The grammar knows its `using`; its `param x = value` reads as Bicep's `var x = value`."""
    root = PARSER.parse(re.sub(r"^param(?= \w+ *=)", "var", source, flags=re.M).encode()).root_node
    broken = list(syntax(root))
    if broken:
        return broken
    using = [value(c) for n in root.named_children if n.type == "using_statement" for c in n.named_children]
    if len(using) != 1 or not (path.parent / using[0]).is_file():
        return ["no `using` of one file beside it"]
    wanted, given, problems = {}, set(), []
    beside = PARSER.parse((path.parent / using[0]).read_bytes()).root_node
    for node in (n for n in beside.named_children if n.type == "parameter_declaration"):
        kind = next(text(c) for c in node.named_children if c.type == "type")
        wanted[text(node.named_children[0])] = (kind, "=" in [c.type for c in node.children])
    for node in root.named_children:
        if node.type not in ("using_statement", "comment", "variable_declaration"):
            problems.append(f"{place(node)}: `{text(node)[:40]}` does not belong here")
        if node.type != "variable_declaration":
            continue
        name, content = text(node.named_children[0]), node.named_children[-1]
        if name not in wanted:
            problems.append(f"{place(node)}: {using[0]} has no parameter `{name}`")
        elif content.type in ("string", "object", "number", "boolean", "array"):
            is_a = {"string": "string", "object": "object", "number": "int", "boolean": "bool", "array": "array"}[content.type]
            if wanted[name][0] != is_a:
                problems.append(f"{place(node)}: `{name}` is {wanted[name][0]}, not {is_a}")
        elif not re.fullmatch(r"readEnvironmentVariable\('[^']*'\)", text(content)):
            problems.append(f"{place(node)}: `{text(content)[:40]}` is no value that a parameters file can have")
        if name in given:
            problems.append(f"{place(node)}: `{name}` is given twice")
        given.add(name)
    return problems + [f"`{name}` is not given" for name, (_, default) in wanted.items() if not default and name not in given]


def syntax(node):
    if node.is_error or node.is_missing:
        yield f"{place(node)}: not Bicep near `{text(node)[:40]}`"
    elif node.has_error:
        for child in node.children:
            yield from syntax(child)


# ---- names

def names(root):
    declared, used = {}, []

    def declare(node, kind):
        name = text(node)
        if name in declared and kind != "for" != declared[name][1]:
            problems.append(f"{place(node)}: `{name}` is declared twice ({place(declared[name][0])})")
        declared.setdefault(name, (node, kind))

    def walk(node):
        children = node.named_children
        if node.type in DECLARATIONS:
            first = next(c for c in children if c.type == "identifier")
            declare(first, DECLARATIONS[node.type])
            children = [c for c in children if c != first and c.type != "type"]
        elif node.type == "output_declaration":
            children = [c for c in children[1:] if c.type != "type"]
        elif node.type == "for_statement":
            loop = children[0]
            for c in [loop] if loop.type == "identifier" else loop.named_children:
                declare(c, "for")
            children = children[1:]
        elif node.type == "object_property" and children[0].type == "identifier":
            children = children[1:]
        elif node.type == "call_expression":
            function = children[0]
            if function.type == "identifier":
                calls.append(function)
                children = children[1:]
        elif node.type == "lambda_expression":
            for c in children[:-1]:
                for i in [c] if c.type == "identifier" else c.named_children:
                    declare(i, "for")
            children = children[-1:]
        elif node.type == "identifier":
            used.append(node)
        for child in children:
            walk(child)

    problems, calls = [], []
    walk(root)
    known = declared.keys() | {"az", "sys"}
    for node in used:
        if text(node) not in known:
            problems.append(f"{place(node)}: `{text(node)}` is not declared")
    functions = arm.TEXTS | arm.NUMBERS | arm.TRUTHS | arm.OTHERS | {
        "any", "loadtextcontent", "loadjsoncontent", "loadyamlcontent", "loadfileasbase64", "toobject"}
    functions |= {d.lower() for d, (_, kind) in declared.items() if kind == "func"}
    decorators = {"description", "secure", "allowed", "minlength", "maxlength", "minvalue", "maxvalue", "metadata",
                  "batchsize", "export", "sealed", "discriminator"}
    for node in calls:
        if text(node).lower() not in functions | decorators:
            problems.append(f"{place(node)}: no function is called `{text(node)}`")
    mentioned = {text(n) for n in used}
    for name, (node, kind) in declared.items():
        if kind in MUST_BE_USED and name not in mentioned:
            problems.append(f"{place(node)}: {kind} `{name}` is never used")
    return problems


# ---- bodies

def resources(node, parent=None):
    """(node, full type, api-version) of each resource that the file declares"""
    for child in node.named_children:
        here = parent
        if child.type == "resource_declaration":
            what = value(next(c for c in child.named_children if c.type == "string"))
            kind, _, version = what.partition("@") if isinstance(what, str) else ("", "", "")
            if parent:
                kind, version = f"{parent[0]}/{kind}", version or parent[1]
            here = (kind, version)
            if not any(c.type == "existing" or text(c) == "existing" for c in child.children):
                yield child, kind, version
        yield from resources(child, here)


def value(node):
    """JSON for what is written out; arm.ANY for every expression"""
    if node.type == "object":
        return {property_name(p): value(p.named_children[-1]) for p in node.named_children
                if p.type == "object_property" and p.named_children[-1].type != "resource_declaration"}
    if node.type == "array":
        return [value(c) for c in node.named_children if c.type != "comment"]
    if node.type == "for_statement":
        return [value(node.named_children[-1])]
    if node.type == "string":
        if any(c.type == "interpolation" for c in node.named_children):
            return arm.ANY
        inner = text(node)
        if inner.startswith("'''"):
            return inner[3:-3].removeprefix("\n")
        plain = re.sub(r"\\(u\{(\w+)\}|.)", lambda m: chr(int(m[2], 16)) if m[2] else ESCAPES.get(m[1], m[1]), inner[1:-1])
        return "[" + plain if plain.startswith("[") else plain  # the comparison reads ARM's texts
    if node.type == "number":
        return int(text(node))
    if node.type == "boolean":
        return text(node) == "true"
    return None if node.type == "null" else arm.ANY


def property_name(node):
    name = node.named_children[0]
    return text(name) if name.type == "identifier" else str(value(name))


def body(resource, types):
    node, kind, version = resource
    at = f"{place(node)} {kind.split('/', 1)[-1]}"
    content = node.named_children[-1]
    while content.type in ("if_statement", "for_statement"):
        content = content.named_children[-1]
    given = value(content)
    if not isinstance(given, dict):
        return [f"{at}: no body"]
    try:
        file, wanted = types.find(kind, version)
    except arm.Problem as e:
        return [f"{at}: {e}"]
    compare = arm.Body(file, arm.Scope({}))
    if "name" not in given:
        compare.say(at, "`name` is missing")
    if wanted["$type"] == "ObjectType":
        compare.compare_object(given, wanted["properties"], wanted.get("additionalProperties"), at, OWN_MEMBERS | {"type", "apiVersion"})
    else:
        compare.compare_discriminated(given, wanted, at)
    return compare.problems + rules(given, kind.lower(), at)


def rules(given, kind, at):
    properties = given.get("properties")
    if not isinstance(properties, dict):
        return []
    member, rule = {"microsoft.network/networksecuritygroups": ("securityRules", azure_rules.security_rule),
                    "microsoft.network/networksecuritygroups/securityrules": (None, azure_rules.security_rule),
                    "microsoft.network/routetables": ("routes", azure_rules.route),
                    "microsoft.network/routetables/routes": (None, azure_rules.route)}.get(kind, (None, None))
    if rule is None:
        return []
    items = [given] if member is None else properties.get(member, [])
    items = [arm.flat(i, lambda v: v) for i in items if isinstance(i, dict)] if isinstance(items, list) else []
    problems = [f"{at} {i.get('name') or ''}: {p}" for i in items for p in rule(i)]
    if member == "securityRules":
        problems += [f"{at}: {p}" for p in azure_rules.group(items)]
    return problems
