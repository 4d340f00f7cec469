// Written by netcordon for hpc-office. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'

param tags = {
  'owner': 'hpc'
}
