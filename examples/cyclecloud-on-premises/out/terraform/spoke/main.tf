# Written by netcordon for hpc-office. Change answers.yaml and generate again rather than edit this file.
#
# What is declared stands in rules.tf as literals; here is how it becomes resources.

# The virtual network and its subnets exist already and stay as they are: declaring them here would undo their other
# settings. The runbook has the commands that put NSGs and route tables on them.
data "azurerm_subnet" "this" {
  for_each = local.subnets

  name                 = each.key
  virtual_network_name = local.network.name
  resource_group_name  = var.resource_group_name
}

# Rules are resources of their own, never inline: the two forms in one NSG undo each other.
resource "azurerm_network_security_group" "this" {
  for_each = local.network_security_groups

  name                = each.key
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = var.tags
}

resource "azurerm_network_security_rule" "this" {
  for_each = local.security_rules

  resource_group_name          = var.resource_group_name
  network_security_group_name  = azurerm_network_security_group.this[each.value.nsg].name
  name                         = each.value.name
  priority                     = each.value.priority
  direction                    = each.value.direction
  access                       = each.value.access
  protocol                     = each.value.protocol
  source_port_range            = each.value.source_port_range
  source_address_prefix        = each.value.source_address_prefix
  source_address_prefixes      = each.value.source_address_prefixes
  destination_port_range       = each.value.destination_port_range
  destination_port_ranges      = each.value.destination_port_ranges
  destination_address_prefix   = each.value.destination_address_prefix
  destination_address_prefixes = each.value.destination_address_prefixes
  description                  = each.value.description
}
