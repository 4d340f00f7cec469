# Written by netcordon for ml-both. Change answers.yaml and generate again rather than edit this file.

variable "resource_group_name" {
  description = "Resource group of the virtual network, and of what is declared here."
  type        = string
  default     = "rg-ml-network"
  nullable    = false
}

variable "location" {
  description = "Region of what is declared here. The rules were planned for the default: their service tags name it."
  type        = string
  default     = "eastus2"
  nullable    = false
}

variable "tags" {
  description = "Tags on what is declared here."
  type        = map(string)
  default     = {}
  nullable    = false
}
