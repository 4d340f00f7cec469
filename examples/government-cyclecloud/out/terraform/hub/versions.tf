# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.

terraform {
  required_version = ">= 1.5"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.55, < 6.0"
    }
  }
}
