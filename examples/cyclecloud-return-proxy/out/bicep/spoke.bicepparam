// Written by netcordon for hpc-proxy. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'

// The answers do not say: set the variable to the resource id of the NAT gateway.
param natGatewayId = readEnvironmentVariable('NAT_GATEWAY_ID')
