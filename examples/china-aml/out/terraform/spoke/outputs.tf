# Written by netcordon for ml-china. Change answers.yaml and generate again rather than edit this file.

output "subnet_ids" {
  description = "Resource ids of the subnets, by name."
  value       = { for name, subnet in data.azurerm_subnet.this : name => subnet.id }
}

output "network_security_group_ids" {
  description = "Resource ids of the NSGs declared here, by name."
  value       = { for name, group in azurerm_network_security_group.this : name => group.id }
}

output "route_table_ids" {
  description = "Resource ids of the route tables declared here, by name."
  value       = { for name, table in azurerm_route_table.this : name => table.id }
}

output "network" {
  description = "The network that the rules were planned for, with what no resource here says."
  value       = local.network
}
