// Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'usgovvirginia'

param tags = {
  'owner': 'hpc'
}
