"""Proves the checks: a good folder passes whole, and each of its broken copies fails with the right words."""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOOD = HERE / "samples"
# file, what is replaced, by what, what the check must say
BROKEN = [
    ("terraform/main.tf", 'name                        = "AllowSsh"', 'name = "AllowSsh"', "terraform fmt would change it"),
    ("terraform/main.tf", 'protocol                    = "Tcp"', 'protocol                    = ', "hcl2: "),
    ("terraform/main.tf", "access  ", "acess   ", "azurerm 5: Error: Unsupported argument"),
    ("terraform/main.tf", "access  ", "acess   ", 'azurerm 4: Error: Missing required argument'),
    ("terraform/main.tf", "azurerm_network_security_group.aml.name", "azurerm_network_security_group.ml.name", "Reference to undeclared resource"),
    ("terraform/main.tf", '"azurerm_route_table"', '"azurerm_routetable"', "Invalid resource type"),
    ("terraform/main.tf", "priority                    = 100", "priority                    = 99", "priority 99 is outside 100-4096"),
    ("terraform/main.tf", '"10.20.0.0/24"', '"10.20.0.1/24"', "`10.20.0.1/24` is no address, prefix or service tag"),
    ("terraform/main.tf", '"VirtualAppliance"', '"VirtualNetwork"', "next_hop_type `VirtualNetwork` is none of"),
    ("terraform/main.tf", '">= 4.55, < 6.0"', '"~> 3.0"', "no azurerm version here fits"),
    ("arm/spoke.json", '"access"', '"acces"', "no such property; near: `access`"),
    ("arm/spoke.json", '"access": "Allow"', '"access": "Permit"', "`Permit` is none of Allow, Deny"),
    ("arm/spoke.json", '"direction": "Inbound",', "", "`direction` is missing"),
    ("arm/spoke.json", '"2024-05-01"', '"2024-05-02"', "has no api-version 2024-05-02"),
    ("arm/spoke.json", "Microsoft.Network/routeTables", "Microsoft.Network/routeTable", "no resource type is called"),
    ("arm/spoke.json", '"priority": 100', '"priority": "100"', "text where a number belongs"),
    ("arm/spoke.json", '"priority": 110', '"priority": 100', "share Inbound priority 100"),
    ("arm/spoke.json", '"destinationPortRange": "22"', '"destinationPortRange": "22-"', "is no port or range"),
    ("arm/spoke.json", "parameters('location')", "parameters('loc')", "parameters('loc') is not declared"),
    ("arm/spoke.json", "[resourceId(", "[resourceID2(", "is no template function"),
    ("arm/spoke.json", "'nsg-aml')]", "'nsg-aml']", "expected, found"),
    ("arm/spoke.json", '"dependsOn"', '"dependson"', "no such property"),
    ("arm/spoke.json", "\"[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-aml')]\"\n", "", "is in the template, but not in dependsOn"),
    ("arm/spoke.json", '"tags": {', '"tags": {}, "tags": {', "the key `tags` is there twice"),
    ("arm/hub.json", '"ruleCollectionType": "FirewallPolicyFilterRuleCollection"', '"ruleCollectionType": "Filter"', "is none of FirewallPolicyFilterRuleCollection"),
    ("arm/hub.json", '"targetFqdns"', '"fqdns"', "no such property"),
    ("review/rules.csv", ",Tcp,", ",=1+1,", "reads `=1+1` as a formula"),
    ("review/rules.csv", ",Tcp,", ",", "columns, the first row has"),
    ("README.md", "flowchart LR", "flowchart LR LR -->", "mermaid block at line"),
    ("README.md", "# hpc-prod", "# hpc-prod\n# again", "MD0"),
    ("README.md", "'rg-hpc'", "'rg-hpc", "bash block: "),
    ("README.md", "'rg-hpc'", "$group", "SC2086"),
    ("README.md", "(review/rules.csv)", "(review/missing.csv)", "leads to no file"),
    ("netcordon.lock.json", '"version": 1,', '"version": 1, "version": 2,', "the key `version` is there twice"),
    ("netcordon.lock.json", '"version": 1,', '"version": NaN,', "NaN is not JSON"),
    ("requirements/company.yaml", "slot: 600", "slot: 600\n    slot: 601", "duplicate key"),
    ("requirements/company.yaml", "requirements:", "things:", "no tool here reads this kind of file"),
    ("aks/networkpolicy.yaml", "kind: NetworkPolicy", "kind: NetworkPolicy\nkind: Other", "duplicate key"),
    ("aks/networkpolicy.yaml", 'name: "on"', "name: on", "YAML 1.1 and 1.2 read it differently: [0].metadata.name"),
    ("aks/networkpolicy.yaml", "podSelector:\n    matchLabels:", "podSelectors:\n    matchLabels:", "'podSelectors' was unexpected"),
    ("aks/networkpolicy.yaml", "kind: NetworkPolicy", "kind: NetworkPolice", "no Kubernetes schema for"),
    ("aks/networkpolicy.yaml", "protocol: UDP", "protocol: UPD", "protocol has invalid value"),
    ("aks/networkpolicy.yaml", "port: 443", "port: 99443", "Port number must be in the range 1-65535"),
    ("aks/networkpolicy.yaml", "cidr: 10.20.0.0/24", "cidr: 10.20.0.1/24", "has host bits set"),
    ("aks/networkpolicy.yaml", "10.20.0.4/32", "10.21.0.4/32", "is not inside `cidr`"),
    ("azureml/cluster.yml", "size:", "vm_size:", '"vm_size": [ "Unknown field." ]'),
    ("azureml/cluster.yml", "max_instances: 4", "max_instances: four", "Not a valid integer"),
    ("azureml/cluster.yml", "/subscriptions/", "/subscription/", "is not the id of a subnet"),
    ("azureml/workspace.yml", "workspace.schema.json", "workspaces.schema.json", "neither `$schema` nor `type` says what it is"),
    ("azureml/workspace.yml", "Disabled", "Closed", "is not in set"),
    ("azureml/workspace.yml", "type: fqdn", "type: fqd", "is `fqd` in the file, and the loader reads `fqdn`"),
    ("firewall/lists/domains.txt", "login.", "west.azureml.ms\nlogin.", "west.azureml.ms is covered by *.azureml.ms"),
    ("firewall/lists/domains.txt", "login.", "10.20.0.0/24\nlogin.", "IPv4 prefixes and names in one list"),
    ("firewall/lists/domains.txt", "login.", "https://login.", "is neither a prefix"),
    ("firewall/lists/addresses.txt", "10.20.2.0/23", "10.20.0.0/25", "10.20.0.0/25 lies in 10.20.0.0/24"),
    ("firewall/lists/addresses.txt", "10.20.2.0/23", "10.20.1.0/23", "has host bits set"),
    ("firewall/squid.conf", ".blob.core.windows.net", ".blob.core.windows.net x.blob.core.windows.net", "is a subdomain of"),
    ("firewall/squid.conf", "10.20.0.0/24", "10.20.0.0/99", "Bungled squid.conf line 2"),
    ("firewall/squid.conf", "acl hpc_names", "alc hpc_names", "unrecognized: 'alc'"),
    ("firewall/squid.conf", "hpc_names hpc_ports", "hpc_name hpc_ports", "ACL not found: hpc_name"),
    ("dns/forwarders.txt", "vaultcore", "z1.blob.core.windows.net\nvaultcore", "is covered by blob.core.windows.net"),
    ("cyclecloud/template.txt", "SubnetId = $SubnetId", "SubnetId = /subscriptions/x/y", "a subnet is `resourceGroup/vnet/subnet`"),
    ("cyclecloud/template.txt", "http://10.20.0.5:3128", "$PROXY", "may be taken for a parameter"),
    ("cyclecloud/template.txt", "3128\n  '''", "3128\n", "is never closed"),
    ("cyclecloud/template.json", '"UseGpu"', '"UseGpus"', "template.txt has no parameter `UseGpus`"),
    ("cyclecloud/template.txt", "[[node scheduler]]", "[[node scheduler]", "do not match"),
    ("cyclecloud/template.txt", "[[node scheduler]]", "[[[node scheduler]]]", "[node] is 3 deep, 2 is its place"),
    ("cyclecloud/template.txt", "IsReturnProxy = true", "IsReturnProxy true", "neither a section nor"),
    ("cyclecloud/template.txt", "$SubnetId", "$Subnet", "no [parameter Subnet] is declared"),
    ("azcli/apply.sh", '"$group"', "$group", "SC2086"),
    ("azcli/apply.sh", "fi\n", "", "syntax error"),
    ("bicep/spoke.bicep", "location: location", "location: location}", "not Bicep near"),
    ("bicep/spoke.bicep", "location: location", "location: place", "`place` is not declared"),
    ("bicep/spoke.bicep", "location: location", "location: 'westeurope'", "param `location` is never used"),
    ("bicep/spoke.bicep", "securityRules: [", "securityRule: [", "no such property; near: `securityRules`"),
    ("bicep/spoke.bicep", "@2024-05-01", "@2024-05-02", "has no api-version 2024-05-02"),
    ("bicep/spoke.bicep", "'Allow'", "'Permit'", "`Permit` is none of Allow, Deny"),
    ("bicep/spoke.bicep", "priority: 100", "priority: 99", "priority 99 is outside 100-4096"),
    ("bicep/spoke.bicep", "          direction: 'Inbound'\n", "", "`direction` is missing"),
    ("bicep/spoke.bicepparam", "'westeurope'", "'westeurope", "not Bicep near"),
    ("bicep/spoke.bicepparam", "'westeurope'", "1", "`location` is string, not int"),
    ("bicep/spoke.bicepparam", "'westeurope'", "toLower('X')", "is no value that a parameters file can have"),
    ("bicep/spoke.bicepparam", "param natGatewayId = readEnvironmentVariable('NAT_GATEWAY_ID')\n", "", "`natGatewayId` is not given"),
    ("bicep/spoke.bicepparam", "param location", "param place", "spoke.bicep has no parameter `place`"),
    ("bicep/spoke.bicepparam", "using 'spoke.bicep'", "using 'hub.bicep'", "no `using` of one file beside it"),
    ("notes.xyz", "", "", "no tool here reads this kind of file"),
]


def report_of(folder):
    done = subprocess.run([sys.executable, HERE / "check.py", folder], capture_output=True, text=True)
    if "outside: " not in done.stdout:
        sys.exit(f"selftest: the check itself broke:\n{done.stdout}{done.stderr}")
    verdicts = {}
    for line in done.stdout.split("\n"):
        if line.startswith(("ok   ", "FAIL ")):
            name = line[5:]
            verdicts[name] = [line.startswith("ok"), ""]
        elif line.startswith("       "):
            verdicts[name][1] += line.strip() + "\n"
    return done.returncode, verdicts


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        shutil.copytree(GOOD, scratch / "good")
        for n, (name, old, new, _) in enumerate(BROKEN):
            copy = scratch / f"broken/{n}"
            if name.endswith((".md", ".bicepparam", "template.json")):  # what it names stands in other files
                shutil.copytree(GOOD, copy, ignore=shutil.ignore_patterns("*.tf"))
            path = copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = (GOOD / name).read_text() if (GOOD / name).exists() else ""
            if old not in text:
                sys.exit(f"selftest: `{old}` is not in the sample {name}")
            path.write_text(text.replace(old, new, 1))
        code, verdicts = report_of(scratch)
        if code != 1:
            wrong.append(f"broken files, but exit {code}")
        for name, (ok, said) in verdicts.items():
            if name.startswith("good/") and not ok:
                wrong.append(f"good, but refused: {name}\n{said}")
        for n, (name, old, new, words) in enumerate(BROKEN):
            ok, said = verdicts[f"broken/{n}/{name}"]
            if ok or words not in said:
                wrong.append(f"{name} with `{old}` as `{new}`: `{words}` expected, {'accepted' if ok else 'said: ' + said[:400]}")
        if report_of(scratch / "good")[0] != 0:
            wrong.append("the good folder alone does not exit 0")
    for one in wrong:
        print("FAIL " + one)
    print(f"outside: {len(BROKEN)} broken files, {len(wrong)} wrong verdicts")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
