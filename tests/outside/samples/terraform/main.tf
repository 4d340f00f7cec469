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
  type    = string
  default = "westeurope"
}

data "azurerm_subnet" "aml" {
  name                 = "snet-aml"
  virtual_network_name = "vnet-hpc"
  resource_group_name  = "rg-hpc-network"
}

resource "azurerm_network_security_group" "aml" {
  name                = "nsg-aml"
  location            = var.location
  resource_group_name = "rg-hpc-network"
  tags                = { owner = "hpc" }
}

resource "azurerm_network_security_rule" "ssh" {
  name                        = "AllowSsh"
  resource_group_name         = "rg-hpc-network"
  network_security_group_name = azurerm_network_security_group.aml.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "10.20.0.0/24"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_ranges     = ["22", "8443-8450"]
}

resource "azurerm_route_table" "aml" {
  name                = "rt-aml"
  location            = var.location
  resource_group_name = "rg-hpc-network"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}

resource "azurerm_subnet_network_security_group_association" "aml" {
  subnet_id                 = data.azurerm_subnet.aml.id
  network_security_group_id = azurerm_network_security_group.aml.id
}
