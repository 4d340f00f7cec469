// Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
using 'hub.bicep'

// The answers do not say: set the variable to the name of the firewall policy.
param firewallPolicyName = readEnvironmentVariable('FIREWALL_POLICY_NAME')
