// Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
using 'hub.bicep'

param firewallPolicyName = 'afwp-hub'
