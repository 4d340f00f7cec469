// Written by netcordon for hpc-third-party. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'
