"""What Azure refuses although schema and types allow it: values of security rules and routes.

One place for ARM (camelCase members) and Terraform (snake_case members): callers hand over a dict with snake_case keys.
A value that is not known when the file is read (an expression) is UNKNOWN and passes.
"""
import ipaddress
import re

UNKNOWN = object()

PROTOCOLS = ("Tcp", "Udp", "Icmp", "Esp", "Ah", "*")
NEXT_HOPS = ("VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None")
TAG = re.compile(r"[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?")
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?")


def is_prefix(text):
    try:
        ipaddress.ip_network(text)  # host bits set: refused
        return True
    except ValueError:
        return False


def is_port(text):
    first, dash, last = text.partition("-")
    if not (first.isascii() and first.isdigit()) or (dash and not (last.isascii() and last.isdigit())):
        return False
    return int(first) <= int(last or first) <= 65535


def texts(value):
    """The texts of a value that is one or a list of them; what is unknown, absent or of another type is left out."""
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def one_of(rule, problems, *names):
    # What only a plan knows counts as neither set nor absent.
    if any(rule.get(n) is UNKNOWN for n in names):
        return
    given = [n for n in names if rule.get(n) not in (None, [])]
    if not given:
        problems.append(f"none of {', '.join(names)} is set")
    elif len(given) > 1:
        problems.append(f"{' and '.join(given)} exclude each other")


def choice(rule, problems, name, allowed):
    value = rule.get(name)
    if value is None:
        problems.append(f"{name} is missing")
    elif value is not UNKNOWN and value not in allowed:
        problems.append(f"{name} `{value}` is none of {', '.join(allowed)}")


def name_problems(rule, problems):
    name = rule.get("name")
    if isinstance(name, str) and not NAME.fullmatch(name):
        problems.append(f"name `{name}` is not a name Azure takes (1-80 letters, digits, `_`, `.`, `-`)")


def security_rule(rule):
    problems = []
    name_problems(rule, problems)
    priority = rule.get("priority")
    if priority is None:
        problems.append("priority is missing")
    elif isinstance(priority, (int, float)) and not 100 <= priority <= 4096:
        problems.append(f"priority {priority} is outside 100-4096")
    choice(rule, problems, "direction", ("Inbound", "Outbound"))
    choice(rule, problems, "access", ("Allow", "Deny"))
    choice(rule, problems, "protocol", PROTOCOLS)
    description = rule.get("description")
    if isinstance(description, str) and len(description) > 140:
        problems.append(f"description has {len(description)} characters, 140 are allowed")
    for side in ("source", "destination"):
        groups = next((n for n in rule if re.fullmatch(side + r"_application_security_group(s|_ids)", n)),
                      side + "_application_security_groups")
        one_of(rule, problems, f"{side}_address_prefix", f"{side}_address_prefixes", groups)
        one_of(rule, problems, f"{side}_port_range", f"{side}_port_ranges")
        for prefix in texts(rule.get(f"{side}_address_prefix")):
            if prefix != "*" and not TAG.fullmatch(prefix) and not is_prefix(prefix):
                problems.append(f"{side}_address_prefix `{prefix}` is no address, prefix or service tag")
        for prefix in texts(rule.get(f"{side}_address_prefixes")):
            if not is_prefix(prefix):
                problems.append(f"{side}_address_prefixes: `{prefix}` is no address or prefix")
        for port in texts(rule.get(f"{side}_port_range")):
            if port != "*" and not is_port(port):
                problems.append(f"{side}_port_range `{port}` is no port or range")
        for port in texts(rule.get(f"{side}_port_ranges")):
            if not is_port(port):
                problems.append(f"{side}_port_ranges: `{port}` is no port or range")
    return problems


def route(rule):
    problems = []
    name_problems(rule, problems)
    prefix = rule.get("address_prefix")
    if prefix is None:
        problems.append("address_prefix is missing")
    for one in texts(prefix):
        if not TAG.fullmatch(one) and not is_prefix(one):
            problems.append(f"address_prefix `{one}` is no prefix or service tag")
    choice(rule, problems, "next_hop_type", NEXT_HOPS)
    hop, address = rule.get("next_hop_type"), rule.get("next_hop_in_ip_address", rule.get("next_hop_ip_address"))
    if hop == "VirtualAppliance" and address is None:
        problems.append("next hop VirtualAppliance without its address")
    if isinstance(hop, str) and hop != "VirtualAppliance" and address is not None:
        problems.append(f"next hop {hop} with an address")
    for one in texts(address):
        try:
            ipaddress.ip_address(one)
        except ValueError:
            problems.append(f"next hop address `{one}` is no address")
    return problems


def group(rules, limit=1000):
    """The rules of one NSG: names and, per direction, priorities are unique."""
    problems, names, places = [], set(), {}
    for rule in rules:
        name = rule.get("name")
        if isinstance(name, str):
            if name.lower() in names:
                problems.append(f"two rules are called `{name}`")
            names.add(name.lower())
        place = (rule.get("direction"), rule.get("priority"))
        if isinstance(place[0], str) and isinstance(place[1], (int, float)):
            if place in places:
                problems.append(f"`{places[place]}` and `{name}` share {place[0]} priority {place[1]}")
            places[place] = name
    if len(rules) > limit:
        problems.append(f"{len(rules)} rules, {limit} are allowed")
    return problems
