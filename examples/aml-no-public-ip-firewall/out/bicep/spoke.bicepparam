// Written by netcordon for ml-prod. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'
