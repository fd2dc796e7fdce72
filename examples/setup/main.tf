# An application for runs of a repository's main branch, and the roles that it needs.
terraform {
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "~> 3.0"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription
  features {}
}

variable "subscription" {
  description = "ID of the subscription that holds the cluster."
  type        = string
}

variable "cluster_group" {
  description = "Resource group of the cluster."
  type        = string
}

variable "cluster" {
  description = "Name of the cluster."
  type        = string
}

variable "subject" {
  description = "Subject of the ID tokens to trust, such as repo:contoso/forecasting:ref:refs/heads/main. Newer repositories have IDs in it."
  type        = string
}

variable "name" {
  description = "Name of the application. Give production and test one each."
  type        = string
  default     = "kusto-sandbox-image"
}

variable "database" {
  description = "Database that verify runs its query in, or null."
  type        = string
  default     = null
}

data "azurerm_subscription" "this" {}

data "azurerm_client_config" "this" {}

data "azurerm_kusto_cluster" "this" {
  name                = var.cluster
  resource_group_name = var.cluster_group
}

resource "azuread_application" "this" {
  display_name = var.name
}

resource "azuread_service_principal" "this" {
  client_id = azuread_application.this.client_id
}

resource "azuread_application_federated_identity_credential" "this" {
  application_id = azuread_application.this.id
  display_name   = "github"
  issuer         = "https://token.actions.githubusercontent.com"
  subject        = var.subject
  audiences      = ["api://AzureADTokenExchange"]
}

# A tenant has each name of a role once.
resource "azurerm_role_definition" "builder" {
  name        = "Kusto sandbox image builder ${var.name} ${var.subscription}"
  description = "Builds, activates and deletes sandbox custom images of a Kusto cluster."
  scope       = data.azurerm_subscription.this.id

  permissions {
    actions = [
      "Microsoft.Kusto/Clusters/read",
      "Microsoft.Kusto/Clusters/SandboxCustomImages/read",
      "Microsoft.Kusto/Clusters/SandboxCustomImages/write",
      "Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action",
      "Microsoft.Kusto/Clusters/SandboxCustomImages/delete",
      "Microsoft.Kusto/Clusters/AddLanguageExtensions/action",
    ]
  }
}

resource "azurerm_role_assignment" "builder" {
  scope              = data.azurerm_kusto_cluster.this.id
  role_definition_id = azurerm_role_definition.builder.role_definition_resource_id
  principal_id       = azuread_service_principal.this.object_id
  principal_type     = "ServicePrincipal"
}

resource "azurerm_role_definition" "reader" {
  name        = "Kusto operation reader ${var.name} ${var.subscription}"
  description = "Reads the results of Kusto operations."
  scope       = data.azurerm_subscription.this.id

  permissions {
    actions = ["Microsoft.Kusto/locations/operationresults/read"]
  }
}

resource "azurerm_role_assignment" "reader" {
  scope              = data.azurerm_subscription.this.id
  role_definition_id = azurerm_role_definition.reader.role_definition_resource_id
  principal_id       = azuread_service_principal.this.object_id
  principal_type     = "ServicePrincipal"
}

resource "azurerm_kusto_database_principal_assignment" "viewer" {
  count               = var.database == null ? 0 : 1
  name                = var.name
  resource_group_name = var.cluster_group
  cluster_name        = var.cluster
  database_name       = var.database
  tenant_id           = data.azurerm_client_config.this.tenant_id
  principal_id        = azuread_application.this.client_id
  principal_type      = "App"
  role                = "Viewer"
}

output "client_id" {
  value = azuread_application.this.client_id
}

output "tenant_id" {
  value = data.azurerm_client_config.this.tenant_id
}
