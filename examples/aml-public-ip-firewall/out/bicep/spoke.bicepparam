// Written by netcordon for ml-public. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'
