# Written by netcordon for ml-sealed: an example of a root module, to copy into your own.
#
# The hub comes first, so that the firewall lets through what the subnets need before routes lead to it. Two teams with
# two pipelines use the modules one by one instead, in that order.

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
  default     = "11111111-2222-3333-4444-555555555555"
}

provider "azurerm" {
  environment     = "public"
  subscription_id = var.subscription_id

  features {}
}

variable "hub_subscription_id" {
  description = "Subscription of the firewall policy."
  type        = string
}

provider "azurerm" {
  alias = "hub"

  environment     = "public"
  subscription_id = var.hub_subscription_id

  features {}
}

variable "firewall_policy_id" {
  description = "Resource id of the firewall policy."
  type        = string
}

module "hub" {
  source = "../hub"

  firewall_policy_id = var.firewall_policy_id

  providers = {
    azurerm = azurerm.hub
  }
}

module "spoke" {
  source = "../spoke"

  depends_on = [module.hub]
}

output "subnet_ids" {
  description = "Resource ids of the subnets, by name."
  value       = module.spoke.subnet_ids
}
