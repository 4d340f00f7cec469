// Written by netcordon for aks-ml. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'westeurope'
