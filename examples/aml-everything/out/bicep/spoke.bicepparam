// Written by netcordon for ml-all. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westus2'
