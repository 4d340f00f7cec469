# Written by netcordon for hpc-third-party: an example of a root module, to copy into your own.

terraform {
  required_version = ">= 1.5"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.55, < 6.0"
    }
  }
}

variable "subscription_id" {
  description = "Subscription of the virtual network."
  type        = string
}

provider "azurerm" {
  environment     = "public"
  subscription_id = var.subscription_id

  features {}
}

module "spoke" {
  source = "../spoke"
}

output "subnet_ids" {
  description = "Resource ids of the subnets, by name."
  value       = module.spoke.subnet_ids
}
