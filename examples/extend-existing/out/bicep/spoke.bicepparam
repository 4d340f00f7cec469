// Written by netcordon for ml-guest. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'
