# The blocks of terraform/spoke; where one stands here twice, either form is ours.

variable "resource_group_name" {
  description = literal
  type        = string
  default     = literal
  nullable    = false
}

variable "extended_resource_group_name" {
  description = literal
  type        = string
  default     = literal
}

variable "location" {
  description = literal
  type        = string
  default     = literal
  nullable    = false
}

variable "tags" {
  description = literal
  type        = map(string)
  default     = literal
  nullable    = false
}

# True and nothing else: with false the subnets would have no route tables.
variable "attach_route_tables" {
  description = literal
  type        = bool
  default     = true
  nullable    = false
}

variable "nat_gateway_id" {
  description = literal
  type        = string
  nullable    = false
}

variable "nat_gateway_id" {
  description = literal
  type        = string
  default     = literal
  nullable    = false
}

locals {
  network                 = literal
  subnets                 = literal
  network_security_groups = literal
  security_rules          = literal
}

locals {
  network                 = literal
  subnets                 = literal
  network_security_groups = literal
  security_rules          = literal
  route_tables            = literal
  routes                  = literal
}

resource "azurerm_virtual_network" "this" {
  name                = local.network.name
  resource_group_name = var.resource_group_name
  location            = var.location
  address_space       = local.network.address_space
  dns_servers         = local.network.dns_servers
  tags                = var.tags
}

resource "azurerm_subnet" "this" {
  for_each                        = local.subnets
  name                            = each.key
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = each.value.address_prefixes
  default_outbound_access_enabled = false
}

resource "azurerm_subnet" "this" {
  for_each                        = local.subnets
  name                            = each.key
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = each.value.address_prefixes
  default_outbound_access_enabled = false

  dynamic "service_endpoint" {
    for_each = each.value.service_endpoints

    content {
      service = service_endpoint.value
    }
  }
}

data "azurerm_subnet" "this" {
  for_each             = local.subnets
  name                 = each.key
  virtual_network_name = local.network.name
  resource_group_name  = var.resource_group_name
}

resource "azurerm_network_security_group" "this" {
  for_each            = local.network_security_groups
  name                = each.key
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = var.tags
}

resource "azurerm_network_security_group" "this" {
  for_each            = { for name, group in local.network_security_groups : name => group if group.create }
  name                = each.key
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = var.tags
}

resource "azurerm_network_security_rule" "this" {
  for_each                     = local.security_rules
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

resource "azurerm_network_security_rule" "this" {
  for_each                     = { for key, rule in local.security_rules : key => rule if local.network_security_groups[rule.nsg].create }
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

resource "azurerm_network_security_rule" "extended" {
  for_each                     = { for key, rule in local.security_rules : key => rule if !local.network_security_groups[rule.nsg].create }
  resource_group_name          = coalesce(var.extended_resource_group_name, var.resource_group_name)
  network_security_group_name  = each.value.nsg
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

data "azurerm_network_security_group" "extended" {
  for_each            = { for name, group in local.network_security_groups : name => group if !group.create }
  name                = each.key
  resource_group_name = coalesce(var.extended_resource_group_name, var.resource_group_name)
}

resource "azurerm_subnet_network_security_group_association" "this" {
  for_each                  = { for name, subnet in local.subnets : name => subnet if subnet.nsg != null }
  subnet_id                 = azurerm_subnet.this[each.key].id
  network_security_group_id = azurerm_network_security_group.this[each.value.nsg].id
  depends_on                = [azurerm_network_security_rule.this]
}

resource "azurerm_subnet_network_security_group_association" "this" {
  for_each                  = { for name, subnet in local.subnets : name => subnet if subnet.nsg != null }
  subnet_id                 = azurerm_subnet.this[each.key].id
  network_security_group_id = local.network_security_groups[each.value.nsg].create ? azurerm_network_security_group.this[each.value.nsg].id : data.azurerm_network_security_group.extended[each.value.nsg].id
  depends_on                = [azurerm_network_security_rule.this, azurerm_network_security_rule.extended]
}

resource "azurerm_route_table" "this" {
  for_each                      = local.route_tables
  name                          = each.key
  resource_group_name           = var.resource_group_name
  location                      = var.location
  bgp_route_propagation_enabled = true
  tags                          = var.tags
}

resource "azurerm_route_table" "this" {
  for_each                      = { for name, table in local.route_tables : name => table if table.create }
  name                          = each.key
  resource_group_name           = var.resource_group_name
  location                      = var.location
  bgp_route_propagation_enabled = true
  tags                          = var.tags
}

resource "azurerm_route" "this" {
  for_each               = local.routes
  resource_group_name    = var.resource_group_name
  route_table_name       = azurerm_route_table.this[each.value.route_table].name
  name                   = each.value.name
  address_prefix         = each.value.address_prefix
  next_hop_type          = each.value.next_hop_type
  next_hop_in_ip_address = each.value.next_hop_in_ip_address
}

resource "azurerm_route" "this" {
  for_each               = { for key, route in local.routes : key => route if local.route_tables[route.route_table].create }
  resource_group_name    = var.resource_group_name
  route_table_name       = azurerm_route_table.this[each.value.route_table].name
  name                   = each.value.name
  address_prefix         = each.value.address_prefix
  next_hop_type          = each.value.next_hop_type
  next_hop_in_ip_address = each.value.next_hop_in_ip_address
}

resource "azurerm_route" "extended" {
  for_each               = { for key, route in local.routes : key => route if !local.route_tables[route.route_table].create }
  resource_group_name    = coalesce(var.extended_resource_group_name, var.resource_group_name)
  route_table_name       = each.value.route_table
  name                   = each.value.name
  address_prefix         = each.value.address_prefix
  next_hop_type          = each.value.next_hop_type
  next_hop_in_ip_address = each.value.next_hop_in_ip_address
}

data "azurerm_route_table" "extended" {
  for_each            = { for name, table in local.route_tables : name => table if !table.create }
  name                = each.key
  resource_group_name = coalesce(var.extended_resource_group_name, var.resource_group_name)
}

resource "azurerm_subnet_route_table_association" "this" {
  for_each       = { for name, subnet in local.subnets : name => subnet if var.attach_route_tables && subnet.route_table != null }
  subnet_id      = azurerm_subnet.this[each.key].id
  route_table_id = azurerm_route_table.this[each.value.route_table].id
  depends_on     = [azurerm_route.this, azurerm_subnet_network_security_group_association.this]
}

resource "azurerm_subnet_route_table_association" "this" {
  for_each       = { for name, subnet in local.subnets : name => subnet if var.attach_route_tables && subnet.route_table != null }
  subnet_id      = azurerm_subnet.this[each.key].id
  route_table_id = local.route_tables[each.value.route_table].create ? azurerm_route_table.this[each.value.route_table].id : data.azurerm_route_table.extended[each.value.route_table].id
  depends_on     = [azurerm_route.this, azurerm_route.extended, azurerm_subnet_network_security_group_association.this]
}

resource "azurerm_subnet_nat_gateway_association" "this" {
  for_each       = { for name, subnet in local.subnets : name => subnet if subnet.nat_gateway }
  subnet_id      = azurerm_subnet.this[each.key].id
  nat_gateway_id = var.nat_gateway_id
}

output "subnet_ids" {
  description = literal
  value       = { for name, subnet in azurerm_subnet.this : name => subnet.id }
}

output "subnet_ids" {
  description = literal
  value       = { for name, subnet in data.azurerm_subnet.this : name => subnet.id }
}

output "network_security_group_ids" {
  description = literal
  value       = { for name, group in azurerm_network_security_group.this : name => group.id }
}

output "route_table_ids" {
  description = literal
  value       = { for name, table in azurerm_route_table.this : name => table.id }
}

output "network" {
  description = literal
  value       = local.network
}
