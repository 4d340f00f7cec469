"""An `azurerm` provider that only knows its schema, for `terraform validate` without any network.

The real Terraform core does the checking: unknown and missing arguments, blocks, types, references, for_each. This
process answers with the schema that azurerm_schema.py wrote ($AZURERM_SCHEMA) and adds the value rules of
azure_rules.py for security rules and routes. It plans and applies nothing.
"""
import json
import os

from tf.gen import tfplugin_pb2 as pb
from tf.runner import run_provider
from tf.types import Unknown

import azure_rules

FLAGS = {name: {name: True} for name in ("required", "optional", "computed")}
LIST = pb.Schema.NestedBlock.NestingMode.LIST
SINGLE = pb.Schema.NestedBlock.NestingMode.SINGLE

# resource type -> (the block that repeats, or None for the resource itself; rule)
RULES = {
    "azurerm_network_security_rule": (None, azure_rules.security_rule),
    "azurerm_network_security_group": ("security_rule", azure_rules.security_rule),
    "azurerm_route": (None, azure_rules.route),
    "azurerm_route_table": ("route", azure_rules.route),
}


def block(b):
    out = pb.Schema.Block()
    for name, (kind, flag) in b["attributes"].items():
        out.attributes.append(pb.Schema.Attribute(name=name, type=json.dumps(kind).encode(), **FLAGS[flag]))
    for name, (low, high, inner) in b["blocks"].items():
        nesting = SINGLE if name == "timeouts" else LIST
        limits = {} if nesting == SINGLE else {"min_items": low, "max_items": high}
        out.block_types.append(pb.Schema.NestedBlock(type_name=name, block=block(inner), nesting=nesting, **limits))
    return out


class Schema:
    version = 0

    def __init__(self, b):
        self.block = b

    def to_pb(self):
        return pb.Schema(version=0, block=block(self.block))


def plain(value):
    if value is Unknown:
        return azure_rules.UNKNOWN
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def kind(name, b):
    """A class for one resource or data source type, as the framework wants it."""

    class Kind:
        def __init__(self, provider):
            pass

        @classmethod
        def get_name(cls):
            return name

        @classmethod
        def get_schema(cls):
            return Schema(b)

        def validate(self, diags, type_name, config):
            repeated, rule = RULES.get(type_name, (None, None))
            if rule is None:
                return
            config = plain(config)
            items = [config] if repeated is None else config.get(repeated) or []
            if items is azure_rules.UNKNOWN:
                return
            for item in items:
                for problem in rule(item):
                    diags.add_error(f"Azure refuses {item.get('name')}", problem)
            if type_name == "azurerm_network_security_group":
                for problem in azure_rules.group(items):
                    diags.add_error("Azure refuses this security group", problem)

    return Kind


class Provider:
    def __init__(self, schema):
        self.schema = schema

    def full_name(self):
        return "registry.terraform.io/hashicorp/azurerm"

    def get_model_prefix(self):
        return ""

    def get_provider_schema(self, diags):
        return Schema(self.schema["provider"])

    def get_resources(self):
        return [kind(n, b) for n, b in self.schema["resource"].items()]

    def get_data_sources(self):
        return [kind(n, b) for n, b in self.schema["data"].items()]

    def get_functions(self):
        return []

    def new_resource(self, cls):
        return cls(self)

    new_data_source = new_resource

    def validate_config(self, diags, config):
        pass

    configure_provider = validate_config


if __name__ == "__main__":
    with open(os.environ["AZURERM_SCHEMA"], encoding="utf-8") as f:
        run_provider(Provider(json.load(f)))
