# Written by netcordon for ml-guest. Change answers.yaml and generate again rather than edit this file.

variable "resource_group_name" {
  description = "Resource group of the virtual network, and of what is declared here."
  type        = string
  default     = "rg-shared-network"
  nullable    = false
}

variable "extended_resource_group_name" {
  description = "Resource group of the NSGs and route tables of others; null where it is that of the network."
  type        = string
  default     = null
}

variable "location" {
  description = "Region of what is declared here. The rules were planned for the default: their service tags name it."
  type        = string
  default     = "westeurope"
  nullable    = false
}

variable "tags" {
  description = "Tags on what is declared here."
  type        = map(string)
  default     = {}
  nullable    = false
}
