# The cluster itself, where Terraform manages it. Without ignore_changes, the next apply would turn the custom image off.
resource "azurerm_kusto_cluster" "this" {
  name                = "adxforecast"
  location            = "westeurope"
  resource_group_name = "analytics-prod"

  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }

  lifecycle {
    ignore_changes = [language_extension]
  }
}
