# The forms that netcordon writes in either module; `literal` stands for any literal. Held here a second time, on
# purpose: a template that changes what its blocks mean no longer reads back.

terraform {
  required_version = literal

  required_providers {
    azurerm = literal
  }
}
