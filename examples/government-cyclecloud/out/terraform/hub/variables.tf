# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.

variable "firewall_policy_id" {
  description = "Resource id of the firewall policy, which exists already."
  type        = string
  nullable    = false
}
