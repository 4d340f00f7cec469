# The blocks of terraform/hub; its resource is read by hand.

variable "firewall_policy_id" {
  description = literal
  type        = string
  nullable    = false
}

variable "firewall_policy_id" {
  description = literal
  type        = string
  default     = literal
  nullable    = false
}

output "firewall" {
  description = literal
  value       = literal
}
