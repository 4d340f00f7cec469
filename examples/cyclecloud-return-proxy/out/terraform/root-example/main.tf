# Written by netcordon for hpc-proxy: an example of a root module, to copy into your own.

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

variable "nat_gateway_id" {
  description = "Resource id of the NAT gateway."
  type        = string
}

module "spoke" {
  source = "../spoke"

  nat_gateway_id = var.nat_gateway_id
}

output "subnet_ids" {
  description = "Resource ids of the subnets, by name."
  value       = module.spoke.subnet_ids
}
