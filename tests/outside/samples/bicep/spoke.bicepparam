// what spoke.bicep asks for
using 'spoke.bicep'

param location = 'westeurope'
param tags = {
  owner: 'hpc'
  'cost center': '42'
}
param natGatewayId = readEnvironmentVariable('NAT_GATEWAY_ID')
