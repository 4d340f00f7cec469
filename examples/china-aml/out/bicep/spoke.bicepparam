// Written by netcordon for ml-china. Change answers.yaml and generate again rather than edit this file.
using 'spoke.bicep'

param location = 'chinaeast2'
