# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
#
# The service endpoint policy of the compute subnets: through their service endpoint they reach the storage accounts
# named here and Microsoft's own behind Azure Machine Learning, and no others. It is not on the subnets yet: README.md
# in the folder above says how it gets there.

terraform {
  required_version = ">= 1.5"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.55, < 6.0"
    }
  }
}

provider "azurerm" {
  features {}
}

variable "location" {
  description = "Region of the policy: that of the network."
  type        = string
  default     = "northeurope"
}

variable "resource_group_name" {
  description = "Resource group of the policy: that of the network."
  type        = string
  default     = "rg-ml-network"
}

variable "storage_account_ids" {
  description = "Resource ids of storage accounts: the workspace's own, and others that compute reaches without a private endpoint."
  type        = list(string)
  default     = ["/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.Storage/storageAccounts/stmlsealed"]

  validation {
    condition     = length(var.storage_account_ids) > 0
    error_message = "Name at least the workspace's own storage account."
  }
}

resource "azurerm_subnet_service_endpoint_storage_policy" "compute" {
  name                = "sep-ml-sealed"
  resource_group_name = var.resource_group_name
  location            = var.location

  definition {
    name              = "storage-accounts"
    description       = "Storage accounts of our own"
    service           = "Microsoft.Storage"
    service_resources = var.storage_account_ids
  }

  definition {
    name              = "azure-machine-learning"
    description       = "Accounts of Microsoft behind Azure Machine Learning"
    service           = "Global"
    service_resources = ["/services/Azure/MachineLearning"]
  }
}

output "policy_id" {
  value = azurerm_subnet_service_endpoint_storage_policy.compute.id
}
