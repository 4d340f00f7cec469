# Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.

variable "firewall_policy_id" {
  description = "Resource id of the firewall policy, which exists already."
  type        = string
  default     = "/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub"
  nullable    = false
}
