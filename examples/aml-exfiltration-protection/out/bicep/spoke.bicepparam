// Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'northeurope'
