// Written by netcordon for ml-both. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'eastus2'
